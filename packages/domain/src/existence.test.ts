import { expect, test } from 'vitest'
import { judgeExistence } from './existence.ts'

const dayMs = 86_400_000
const phone = '+6281200000001'

test('only strangers with a phone number are looked up', () => {
  expect(judgeExistence(phone, true, null, 0)).toBe('ask')
  expect(judgeExistence(phone, false, null, 0)).toBe('go')
  expect(judgeExistence('ID.13491208655302741918', true, null, 0)).toBe('go')
})

test('an answer holds for a time: 30 days for who is there, 7 for who is not', () => {
  expect(judgeExistence(phone, true, { exists: true, atMs: 0 }, 30 * dayMs - 1)).toBe('go')
  expect(judgeExistence(phone, true, { exists: true, atMs: 0 }, 30 * dayMs)).toBe('ask')
  expect(judgeExistence(phone, true, { exists: false, atMs: 0 }, 7 * dayMs - 1)).toBe('absent')
  expect(judgeExistence(phone, true, { exists: false, atMs: 0 }, 7 * dayMs)).toBe('ask')
})

test('somebody who talked with the shop is written to, whatever an old look-up said', () => {
  expect(judgeExistence(phone, false, { exists: false, atMs: 0 }, 1)).toBe('go')
})
