import { expect, test } from 'vitest'
import { dayStart } from './day-bounds.ts'

test('a day begins at midnight where the person is', () => {
  expect(dayStart('2026-11-20', 'Asia/Jakarta')).toBe('2026-11-19T17:00:00.000Z')
  expect(dayStart('2026-11-20', 'UTC')).toBe('2026-11-20T00:00:00.000Z')
  expect(dayStart('2026-11-20', 'America/New_York')).toBe('2026-11-20T05:00:00.000Z')
})

test('the end of a day is the start of the next, also over a month and a change of clocks', () => {
  expect(dayStart('2026-11-30', 'Asia/Jakarta', 1)).toBe('2026-11-30T17:00:00.000Z')
  expect(dayStart('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z')
  expect(dayStart('2026-03-29', 'Europe/Berlin', 1)).toBe('2026-03-29T22:00:00.000Z')
})

test('half a date is no day', () => {
  expect(dayStart('', 'UTC')).toBeNull()
  expect(dayStart('2026-11', 'UTC')).toBeNull()
})
