import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ForecastInput, ForecastSender } from './forecast-input.ts'
import { forecastRun } from './forecast.ts'
import { capRoom, capsOf, defaultPacing, meanDelayMs, pacingPerSecond } from './pacing.ts'
import type { Pacing } from './pacing.ts'
import { defaultQuietHours, quietUntilMs } from './quiet-hours.ts'
import { localDayNumber } from './zone-clock.ts'

const zone = 'Asia/Jakarta'
const start = Date.UTC(2026, 10, 20, 2) // 09:00 in Jakarta
const day = 86_400_000

const sender = (
  senderId: string,
  pacing: Partial<Pacing> = {},
  change: Partial<ForecastSender> = {},
): ForecastSender => ({
  senderId,
  count: 0,
  waiting: 0,
  skipsLimits: false,
  use: { pacing: { ...defaultPacing, ...pacing }, sentThisHour: 0, sentToday: 0, numberSinceAtMs: null },
  ...change,
})

/** Shares people out one after another. */
const evenly = (count: number, senders: readonly ForecastSender[]): ForecastSender[] =>
  senders.map((one, index) => ({
    ...one,
    count: Math.floor((count + senders.length - 1 - index) / senders.length),
  }))

const forecast = (count: number, senders: readonly ForecastSender[], change: Partial<ForecastInput> = {}) =>
  forecastRun({
    startAtMs: start,
    workspaceZone: zone,
    quietHours: defaultQuietHours,
    senders: evenly(count, senders),
    recipientsByZone: [{ zone, count }],
    ...change,
  })

/** The same run one message after another, on a virtual clock, by the rules the lane uses. */
function walk(count: number, { use }: ForecastSender): number {
  let atMs = start
  let sentThisHour = 0
  let sentToday = 0
  let lastAtMs = start
  const moveTo = (nextAtMs: number): void => {
    if (Math.floor(nextAtMs / 3_600_000) !== Math.floor(atMs / 3_600_000)) sentThisHour = 0
    if (localDayNumber(zone, nextAtMs) !== localDayNumber(zone, atMs)) sentToday = 0
    atMs = nextAtMs
  }
  for (let sent = 0; sent < count;) {
    const full = capsOf({ ...use, sentThisHour, sentToday }, zone, atMs).filter((cap) => capRoom(cap) === 0)
    const holds = [
      quietUntilMs(defaultQuietHours, zone, atMs) ?? 0,
      ...full.map(({ freesAtMs }) => freesAtMs),
    ]
    const untilMs = Math.max(...holds)
    if (untilMs > atMs) {
      moveTo(untilMs)
      continue
    }
    sent += 1
    sentThisHour += 1
    sentToday += 1
    lastAtMs = atMs
    moveTo(atMs + meanDelayMs(use.pacing))
  }
  return lastAtMs
}

describe('forecastRun', () => {
  test('counts bare pacing when nothing brakes', () => {
    expect(forecast(101, [sender('a')])).toEqual({
      finishesAtMs: start + 100 * 4500,
      bySender: [{ senderId: 'a', count: 101, finishesAtMs: start + 100 * 4500 }],
      brakes: [],
    })
  })

  test('ends within a few pauses of a walk through every message, whatever brakes', () => {
    const anySender = fc
      .record({
        delayMsMin: fc.integer({ min: 1000, max: 60_000 }),
        hourlyCap: fc.option(fc.integer({ min: 5, max: 200 }), { nil: null }),
        dailyCap: fc.option(fc.integer({ min: 20, max: 500 }), { nil: null }),
        ageDays: fc.option(fc.nat(40), { nil: null }),
      })
      .map(({ ageDays, ...pacing }) => {
        const one = sender('a', { ...pacing, delayMsMax: pacing.delayMsMin + 2000 })
        return {
          ...one,
          use: { ...one.use, numberSinceAtMs: ageDays === null ? null : start - ageDays * day },
        }
      })
    fc.assert(
      fc.property(anySender, fc.integer({ min: 1, max: 1500 }), (one, count) => {
        const expected = walk(count, one)
        const found = forecast(count, [one]).finishesAtMs ?? Infinity
        const days = (expected - start) / day + 1
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(days * 26 * meanDelayMs(one.use.pacing))
      }),
      { numRuns: 60 },
    )
  })

  test('a warming number needs days for what another sends at once', () => {
    const fresh = sender('new')
    const warmingUp = { ...fresh, use: { ...fresh.use, numberSinceAtMs: start } }
    const [slow, quick] = forecast(100, [warmingUp, sender('warm')]).bySender
    expect([slow?.count, quick?.count]).toEqual([50, 50])
    expect((slow?.finishesAtMs ?? 0) - start).toBeGreaterThan(day)
    expect((quick?.finishesAtMs ?? 0) - start).toBeLessThan(day)
    expect(forecast(100, [warmingUp]).brakes).toContain('warm_up')
  })

  test('names what holds it up', () => {
    expect(forecast(1001, [sender('a')]).brakes).toContain('daily_cap')
    expect(forecast(100, [sender('a', { hourlyCap: 10 })]).brakes).toContain('hourly_cap')
    expect(forecast(10, [sender('a')], { startAtMs: start + day / 2 }).brakes).toEqual(['quiet_hours'])
  })

  test('each zone sleeps by its own clock', () => {
    const evening = Date.UTC(2026, 10, 20, 12, 30) // 19:30 in Jakarta, 21:30 in Jayapura
    const recipientsByZone = [
      { zone, count: 10 },
      { zone: 'Asia/Jayapura', count: 10 },
    ]
    const { finishesAtMs } = forecast(20, [sender('a')], { startAtMs: evening, recipientsByZone })
    expect(finishesAtMs).toBeGreaterThanOrEqual(Date.UTC(2026, 10, 20, 22))
    expect(finishesAtMs).toBeLessThan(Date.UTC(2026, 10, 20, 22, 2))
  })

  test('says that there is no end instead of searching for ever', () => {
    expect(forecast(1, []).finishesAtMs).toBeNull()
    expect(forecast(1, [sender('a', { dailyCap: 0 })]).finishesAtMs).toBeNull()
    expect(forecast(10_000_000, [sender('a')]).finishesAtMs).toBeNull()
    expect(forecast(0, []).finishesAtMs).toBe(start)
  })

  test('a simulator without limits is done at once, and a fast number within the hour', () => {
    expect(forecast(1_000_000, [sender('sim', {}, { skipsLimits: true })]).finishesAtMs).toBe(start)
    const fast = sender('api', pacingPerSecond(1000))
    expect(forecast(1_000_000, [fast]).finishesAtMs).toBe(start + 999_999)
  })

  test('more recipients never end earlier', () => {
    fc.assert(
      fc.property(fc.nat(20_000), fc.nat(20_000), (left, right) => {
        const senders = [sender('a', { hourlyCap: 100 }), sender('b')]
        const [few, many] = [Math.min(left, right), Math.max(left, right)]
        expect(forecast(few, senders).finishesAtMs).toBeLessThanOrEqual(
          (forecast(many, senders).finishesAtMs ?? 0) + 10_000,
        )
      }),
    )
  })
})
