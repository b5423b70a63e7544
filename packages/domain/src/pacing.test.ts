import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  capRoom,
  capsOf,
  dailyAllowance,
  defaultPacing,
  meanDelayMs,
  nextDelayMs,
  nextHourAtMs,
} from './pacing.ts'
import { nextSlotAtMs, pacingPerSecond, typingMs } from './pacing.ts'
import type { Pacing } from './pacing.ts'
import { defaultWarmUpRamp, numberAgeDays, warmUpAllowance, warmUpStage } from './warm-up.ts'

const zone = 'Asia/Jakarta'
const day = 86_400_000
const noon = Date.UTC(2026, 10, 20, 5)

const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const anyPacing: fc.Arbitrary<Pacing> = fc
  .tuple(fc.nat(10_000), fc.nat(10_000))
  .map(([delayMsMin, more]) => ({ ...defaultPacing, delayMsMin, delayMsMax: delayMsMin + more }))

describe('pauses', () => {
  test('stay between the shortest and the longest, and reach both ends', () => {
    fc.assert(
      fc.property(anyPacing, unit, (pacing, random) => {
        const delayMs = nextDelayMs(pacing, random)
        expect(delayMs).toBeGreaterThanOrEqual(pacing.delayMsMin)
        expect(delayMs).toBeLessThanOrEqual(pacing.delayMsMax)
      }),
    )
    expect([nextDelayMs(defaultPacing, 0), meanDelayMs(defaultPacing)]).toEqual([3000, 4500])
    expect(nextDelayMs(defaultPacing, 0.999999)).toBeGreaterThan(5999)
  })

  test('a sender is never faster than its pacing, however irregularly its lane wakes', () => {
    fc.assert(
      fc.property(anyPacing, fc.array(fc.tuple(fc.nat(20_000), unit), { minLength: 2 }), (pacing, wakes) => {
        let slotAtMs = noon
        for (const [lateMs, random] of wakes) {
          const sentAtMs = slotAtMs + lateMs
          slotAtMs = nextSlotAtMs(pacing, slotAtMs, sentAtMs, random)
          expect(slotAtMs - sentAtMs).toBeGreaterThanOrEqual(pacing.delayMsMin)
          expect(slotAtMs - sentAtMs).toBeLessThanOrEqual(pacing.delayMsMax)
        }
      }),
    )
  })

  test('a message that leaves a little late does not shift those that follow', () => {
    expect(nextSlotAtMs(defaultPacing, noon, noon + 200, 0.5)).toBe(noon + 4500)
    expect(nextSlotAtMs(defaultPacing, noon, noon + 200, 0)).toBe(noon + 3200)
  })

  test('a lane that slept does not make up for it', () => {
    expect(nextSlotAtMs(defaultPacing, noon, noon + 3_600_000, 0.5)).toBe(noon + 3_600_000 + 3500)
  })

  test('messages per second become a fixed pause', () => {
    expect(nextDelayMs(pacingPerSecond(80), 0.7)).toBe(12.5)
  })

  test('typing grows with the text, within bounds', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (left, right) => {
        fc.pre(left <= right)
        expect(typingMs(left)).toBeLessThanOrEqual(typingMs(right))
        expect(typingMs(left)).toBeGreaterThanOrEqual(800)
        expect(typingMs(right)).toBeLessThanOrEqual(8000)
      }),
    )
  })
})

describe('caps', () => {
  const use = {
    pacing: { ...defaultPacing, hourlyCap: 60 },
    sentThisHour: 60,
    sentToday: 70,
    numberSinceAtMs: noon - 5 * day,
  }

  test('lists hour, day and warm-up with their room and the instant they free again', () => {
    const midnight = Date.UTC(2026, 10, 20, 17)
    const caps = capsOf(use, zone, noon + 1)
    expect(caps).toEqual([
      { kind: 'hourly_cap', limit: 60, used: 60, freesAtMs: noon + 3_600_000 },
      { kind: 'daily_cap', limit: 1000, used: 70, freesAtMs: midnight },
      { kind: 'warm_up', limit: 50, used: 70, freesAtMs: midnight },
    ])
    expect(caps.map(capRoom)).toEqual([0, 930, 0])
  })

  test('a warm number without caps has none', () => {
    const free = { ...use, pacing: pacingPerSecond(80), numberSinceAtMs: noon - 31 * day }
    expect(capsOf(free, zone, noon)).toEqual([])
    expect(dailyAllowance(free, zone, noon)).toBe(Infinity)
    expect(dailyAllowance(use, zone, noon)).toBe(50)
    expect(dailyAllowance({ ...use, numberSinceAtMs: null }, zone, noon)).toBe(1000)
  })

  test('the next hour is always ahead', () => {
    expect(nextHourAtMs(noon)).toBe(noon + 3_600_000)
    expect(nextHourAtMs(noon - 1)).toBe(noon)
  })
})

describe('warm-up', () => {
  test.each([
    [0, 20],
    [3, 20],
    [4, 50],
    [7, 50],
    [8, 100],
    [14, 100],
    [15, 200],
    [30, 200],
    [31, null],
    [400, null],
  ])('on day %i allows %s', (ageDays, allowance) => {
    expect(warmUpAllowance(ageDays)).toBe(allowance)
  })

  test('never allows less as the number grows older', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), (left, right) => {
        fc.pre(left <= right)
        expect(warmUpAllowance(left) ?? Infinity).toBeLessThanOrEqual(warmUpAllowance(right) ?? Infinity)
      }),
    )
  })

  test('counts days of the workspace calendar, and never below the first', () => {
    const lateEvening = Date.UTC(2026, 10, 20, 16, 59)
    expect(numberAgeDays(lateEvening, lateEvening + 60_000, zone)).toBe(1)
    expect(numberAgeDays(noon, noon + 3 * 3_600_000, zone)).toBe(0)
    expect(numberAgeDays(noon, noon - 5 * day, zone)).toBe(0)
  })

  test('tells the stage for the health card', () => {
    expect(warmUpStage(9)).toEqual({ stage: 3, stages: 4, perDay: 100, nextDay: 15 })
    expect(warmUpStage(20)).toEqual({ stage: 4, stages: 4, perDay: 200, nextDay: 31 })
    expect(warmUpStage(31, defaultWarmUpRamp)).toBeNull()
  })
})
