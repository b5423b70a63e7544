import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foreseeMoves } from './capped-moves.ts'
import type { MovingSender } from './capped-moves.ts'
import { defaultPacing } from './pacing.ts'

const zone = 'Asia/Jakarta'
const start = Date.UTC(2026, 10, 20, 2)

const sender = (
  senderId: string,
  count: number,
  dailyCap: number | null,
  change: Partial<MovingSender> = {},
): MovingSender => ({
  senderId,
  count,
  staying: 0,
  charged: false,
  takes: true,
  waiting: 0,
  skipsLimits: false,
  use: { pacing: { ...defaultPacing, dailyCap }, sentThisHour: 0, sentToday: 0, numberSinceAtMs: null },
  ...change,
})
const foreseen = (...senders: MovingSender[]) => Object.fromEntries(foreseeMoves(senders, zone, start))

test('people of a capped sender go by one with room, day after day, until both are done', () => {
  expect(foreseen(sender('a', 100, 10), sender('b', 100, 1000))).toEqual({ a: 10, b: 190 })
  expect(foreseen(sender('a', 100, 10), sender('b', 100, 90))).toEqual({ a: 20, b: 180 })
  expect(foreseen(sender('a', 100, 10), sender('b', 0, null), sender('c', 0, null))).toEqual({
    a: 10,
    b: 45,
    c: 45,
  })
})

test('talks stay, nobody goes from a free sender to a charged one or to one that takes nobody', () => {
  expect(foreseen(sender('a', 100, 10, { staying: 100 }), sender('b', 0, null))).toEqual({ a: 100, b: 0 })
  expect(foreseen(sender('a', 100, 10), sender('b', 0, null, { charged: true }))).toEqual({ a: 100, b: 0 })
  expect(foreseen(sender('a', 100, 10, { charged: true }), sender('b', 0, null))).toEqual({ a: 10, b: 90 })
  expect(foreseen(sender('a', 100, 10), sender('b', 0, null, { takes: false }))).toEqual({ a: 100, b: 0 })
})

test('what a sender has sent today, and what waits for it, takes its room away', () => {
  const busy = {
    pacing: { ...defaultPacing, dailyCap: 50 },
    sentThisHour: 0,
    sentToday: 20,
    numberSinceAtMs: null,
  }
  expect(foreseen(sender('a', 40, 10), sender('b', 0, 50, { use: busy, waiting: 25 }))).toEqual({
    a: 20,
    b: 20,
  })
})

test('loses and invents nobody', () => {
  const any = fc.record({
    count: fc.integer({ min: 0, max: 500 }),
    staying: fc.integer({ min: 0, max: 500 }),
    cap: fc.option(fc.integer({ min: 0, max: 50 })),
    charged: fc.boolean(),
    takes: fc.boolean(),
    waiting: fc.integer({ min: 0, max: 100 }),
  })
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 5 }), (given) => {
      const senders = given.map(({ count, cap, ...change }, index) => sender(`s${index}`, count, cap, change))
      const found = foreseeMoves(senders, zone, start)
      const sum = (counts: Iterable<number>) => [...counts].reduce((total, count) => total + count, 0)
      expect(sum(found.values())).toBe(sum(senders.map(({ count }) => count)))
      for (const { senderId, count, staying } of senders) {
        expect(found.get(senderId)).toBeGreaterThanOrEqual(Math.min(count, staying))
      }
    }),
    { numRuns: 60 },
  )
})
