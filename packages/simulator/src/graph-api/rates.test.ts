import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createThroughput, PairRates, UniquePeople } from './rates.ts'

const dayMs = 86_400_000

describe('limits of Meta', () => {
  test('no second takes more than the throughput twice, and no longer time more than its share', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 400 }), (gapsMs) => {
        const throughput = createThroughput(20)
        let nowMs = 0
        let taken = 0
        for (const gapMs of gapsMs) {
          nowMs += gapMs
          if (throughput.take(nowMs)) taken += 1
        }
        expect(taken).toBeLessThanOrEqual(20 + (nowMs / 1_000) * 20)
      }),
    )
  })

  test('one person may get 45 at once, and then one in 6 seconds', () => {
    const pairs = new PairRates()
    const burst = Array.from({ length: 60 }, () => pairs.take('+1', 0)).filter(Boolean)
    expect(burst).toHaveLength(45)
    expect(pairs.take('+2', 0)).toBe(true)
    expect(pairs.take('+1', 5_999)).toBe(false)
    expect(pairs.take('+1', 6_000)).toBe(true)
    expect(pairs.take('+1', 6_001)).toBe(false)
    const later = Array.from({ length: 60 }, () => pairs.take('+1', dayMs)).filter(Boolean)
    expect(later).toHaveLength(45)
  })

  test('a portfolio writes to so many different people in 24 moving hours', () => {
    const people = new UniquePeople(2)
    expect(people.take('+1', 0)).toBe(true)
    expect(people.take('+2', 1_000)).toBe(true)
    expect(people.take('+3', 2_000)).toBe(false)
    expect(people.take('+1', 3_000)).toBe(true)
    expect(people.take('+3', dayMs + 1_000)).toBe(true)
    expect(people.take('+2', dayMs + 1_000)).toBe(false)
  })
})
