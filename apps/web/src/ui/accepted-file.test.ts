import { expect, test } from 'vitest'
import { isAccepted } from './accepted-file.ts'

test('accepts by extension whatever the case, by media type and by kind, and nothing else', () => {
  const csv = { name: 'Kontak.CSV', type: '' }
  const photo = { name: 'a.bin', type: 'image/png' }
  expect(isAccepted(csv, '.csv,.xlsx')).toBe(true)
  expect(isAccepted(photo, '.csv, image/*')).toBe(true)
  expect(isAccepted(photo, 'image/png')).toBe(true)
  expect(isAccepted(photo, '.csv')).toBe(false)
  expect(isAccepted(photo, undefined)).toBe(true)
})
