import { describe, expect, test } from 'vitest'
import { fillDays, splitDay } from './health-days.ts'

const day = {
  day: '2026-11-19',
  accepted: 100,
  delivered: 90,
  read: 60,
  refused: 4,
  unknown: 1,
  replies: 9,
  optOuts: 1,
  blocks: 0,
}

describe('days of a sender', () => {
  test('quiet days stand as zeros between the busy ones, across a month', () => {
    const days = fillDays([day], '2026-11-20', 20)
    expect(days.map((one) => one.day).at(0)).toBe('2026-11-01')
    expect(days.at(-2)).toEqual(day)
    expect(days.at(-1)).toMatchObject({ day: '2026-11-20', accepted: 0 })
  })

  test('the stacked parts of a day add up to everything that was tried', () => {
    const sum = Object.values(splitDay(day)).reduce((total, part) => total + part, 0)
    expect(sum).toBe(day.accepted + day.refused + day.unknown)
  })
})
