import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeAtMs, portfolioWindowMs } from './portfolio.ts'

const now = Date.UTC(2026, 10, 20)
const hour = 3_600_000
const use = {
  peopleMax: 5,
  people: 3,
  returns: [
    { atMs: now + hour, count: 2 },
    { atMs: now + 3 * hour, count: 1 },
  ],
}

test('who finds room goes now, the next as places return, then a window after those who took them', () => {
  const places = Array.from({ length: 7 }, (_, index) => placeAtMs(use, now, index) - now)
  expect(places).toEqual([0, 0, hour, hour, 3 * hour, portfolioWindowMs, portfolioWindowMs])
})

test('after a limit was lowered nobody goes before so many places have returned that it holds again', () => {
  expect(placeAtMs({ ...use, peopleMax: 1 }, now, 0)).toBe(now + 3 * hour)
})

test('without a limit everybody goes now, with one of nobody nobody ever does', () => {
  expect(placeAtMs({ ...use, peopleMax: null }, now, 99)).toBe(now)
  expect(placeAtMs({ ...use, peopleMax: 0 }, now, 0)).toBe(Infinity)
})

test('people who go at their places never exceed the limit within a window', () => {
  const bucket = fc.record({
    inMs: fc.integer({ min: 1, max: portfolioWindowMs }),
    count: fc.integer({ min: 1, max: 4 }),
  })
  fc.assert(
    fc.property(
      fc.array(bucket, { maxLength: 5 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 40 }),
      (buckets, max, count) => {
        const returns = buckets
          .map(({ inMs, count: many }) => ({ atMs: now + inMs, count: many }))
          .toSorted((a, b) => a.atMs - b.atMs)
        const people = returns.reduce((sum, one) => sum + one.count, 0)
        const given = { peopleMax: max, people, returns }
        const sent = Array.from({ length: count }, (_, index) => placeAtMs(given, now, index))
        for (const at of sent) {
          const own = sent.filter((one) => one <= at && one > at - portfolioWindowMs).length
          const earlier = returns.filter(({ atMs }) => atMs > at).reduce((sum, one) => sum + one.count, 0)
          expect(own + earlier).toBeLessThanOrEqual(max)
        }
      },
    ),
  )
})
