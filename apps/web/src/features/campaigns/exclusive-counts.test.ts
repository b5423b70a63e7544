import type { CampaignFigures } from '@siar/contract'
import { describe, expect, test } from 'vitest'
import { doneRatio, exclusiveCounts, ratioOf } from './exclusive-counts.ts'

const figures: CampaignFigures = {
  total: 120,
  queued: 20,
  skipped: 15,
  sent: 75,
  delivered: 60,
  read: 40,
  replied: 8,
  clicked: 3,
  failed: 4,
  unknown: 1,
  cancelled: 5,
}

describe('figures of a campaign', () => {
  test('the stacked parts add up to everybody, each counted once', () => {
    const counts = exclusiveCounts(figures)
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(figures.total)
    expect(counts).toMatchObject({ replied: 8, read: 32, delivered: 20, sent: 15, skipped: 20 })
  })

  test('receipts that overtake each other never make a part negative', () => {
    expect(exclusiveCounts({ ...figures, delivered: 30 })).toMatchObject({ delivered: 0, sent: 45 })
  })

  test('people who were never to be sent to do not count as work', () => {
    expect(doneRatio(figures)).toBeCloseTo(85 / 105)
    expect(doneRatio({ ...figures, total: 15 })).toBeNull()
  })

  test('nothing is a share of nobody', () => {
    expect(ratioOf(0, 0)).toBeNull()
    expect(ratioOf(1, 4)).toBe(0.25)
  })
})
