import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPairTimes, pairEveryMs } from './pair-times.ts'
import { createRateMeter } from './rate-meter.ts'

/** Instants at which starts were given, when somebody always waits and the process looks every so often. */
function startsOf(perSecond: number, looks: readonly number[]): number[] {
  const meter = createRateMeter()
  const starts: number[] = []
  let nowMs = 0
  for (const pauseMs of looks) {
    nowMs += pauseMs
    while (meter.take(nowMs, perSecond) === 0) starts.push(nowMs)
  }
  return starts
}

test('a sender that is never idle keeps its rate', () => {
  const looks = Array.from({ length: 2_000 }, () => 5)
  expect(startsOf(1_000, looks).length / 10).toBeCloseTo(1_000, -1)
  expect(startsOf(20, looks).length / 10).toBeCloseTo(20, 0)
})

test('no stretch of time holds more starts than the rate and a quarter of a second made good', () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), pauses, (perSecond, looks) => {
      const starts = startsOf(perSecond, looks)
      for (let from = 0; from < starts.length; from += 7) {
        const to = starts.findLastIndex((atMs) => atMs <= (starts[from] ?? 0) + 1_000)
        expect(to - from + 1).toBeLessThanOrEqual(Math.ceil(perSecond * 1.25) + 1)
      }
    }),
  )
})

test('time in which nobody waited is not saved up', () => {
  const meter = createRateMeter()
  expect(meter.take(0, 10)).toBe(0)
  meter.rest(60_000)
  expect(meter.take(60_000, 10)).toBe(0)
  expect(meter.take(60_000, 10)).toBe(100)
})

test('a rate that is halved holds from the next start on, and a clock that is set back stops nobody for long', () => {
  const meter = createRateMeter()
  meter.take(100_000, 10)
  meter.take(100_100, 5)
  expect(meter.take(100_200, 5)).toBe(100)
  expect(meter.take(1_000, 5)).toBe(0)
})

test('a person is free again after 6 s, whatever happened meanwhile to others', () => {
  const pairs = createPairTimes()
  pairs.note('a', 1_000)
  for (let atMs = 1_000; atMs < 6_999; atMs += 10) pairs.note(`other-${atMs}`, atMs)
  expect(pairs.freeAtMs('a', 6_999)).toBe(1_000 + pairEveryMs)
  expect(pairs.freeAtMs('a', 7_000)).toBeNull()
  expect(pairs.freeAtMs('b', 7_000)).toBeNull()
})
