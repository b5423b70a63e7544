import { expect, test } from 'vitest'
import { minutesOf, quietMinutes, quietParts } from './quiet-hours.ts'

test('quiet time over midnight is drawn as the two ends of the day', () => {
  expect(quietParts('21:00', '06:00')).toEqual([
    { start: 0, width: 0.25 },
    { start: 0.875, width: 0.125 },
  ])
  expect(quietMinutes('21:00', '06:00')).toBe(9 * 60)
})

test('quiet time within a day is one part', () => {
  expect(quietParts('12:00', '18:00')).toEqual([{ start: 0.5, width: 0.25 }])
})

test('until midnight leaves no empty second part', () => {
  expect(quietParts('18:00', '00:00')).toEqual([{ start: 0.75, width: 0.25 }])
})

test('equal or unreadable times are no quiet time', () => {
  expect(quietParts('21:00', '21:00')).toEqual([])
  expect(quietParts('', '07:00')).toEqual([])
  expect(minutesOf('24:00')).toBeNull()
})
