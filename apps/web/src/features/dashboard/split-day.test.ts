import { expect, test } from 'vitest'
import { splitDay } from './split-day.ts'

test('the stacked parts of a day add up to what was sent and what failed', () => {
  const parts = splitDay({ sent: 100, delivered: 90, read: 60, replied: 10, failed: 4 })
  expect(parts).toEqual({ sent: 10, delivered: 30, read: 50, replied: 10, failed: 4 })
})

test('reads that arrive on a later day than their message never make a part negative', () => {
  expect(splitDay({ sent: 0, delivered: 2, read: 5, replied: 6, failed: 0 })).toMatchObject({
    read: 0,
    delivered: 0,
    sent: 0,
  })
})
