import { expect, test } from 'vitest'
import { phoneText } from './phone-text.ts'

test('an Indonesian mobile number is shown in the groups people dictate it in', () => {
  expect(phoneText('+6281281590830')).toBe('+62 812-8159-0830')
  expect(phoneText('+628121234567')).toBe('+62 812-1234-567')
})

test('another number keeps every digit', () => {
  expect(phoneText('+6591234567')).toBe('+65 9123 4567')
  expect(phoneText('+14155550123').replace(/\D/g, '')).toBe('14155550123')
})

test('what is no phone number stays as it is', () => {
  expect(phoneText('lid:12345')).toBe('lid:12345')
})
