import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, test } from 'vitest'
import { defaultQuietHours, nextQuietStartMs, quietUntilMs, recipientZone } from './quiet-hours.ts'
import { instantOf, isOverdue, parseLocalTime, recipientStartAtMs, runStartAtMs } from './schedule.ts'
import {
  dayStartAtMs,
  isTimeZone,
  localDayNumber,
  localMinuteOfDay,
  nextDayStartAtMs,
  zoneOffsetMs,
} from './zone-clock.ts'
import { zoneOfCountry } from './zone-of-country.ts'

const zones = [
  'Asia/Jakarta',
  'Asia/Jayapura',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Europe/London',
  'UTC',
]
const anyZone = fc.constantFrom(...zones)
const instant = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) })

describe('zone clock', () => {
  test('shows what an independent time library shows', () => {
    fc.assert(
      fc.property(anyZone, instant, (zone, atMs) => {
        const expected = DateTime.fromMillis(atMs, { zone })
        expect(zoneOffsetMs(zone, atMs)).toBe(expected.offset * 60_000)
        expect(localMinuteOfDay(zone, atMs)).toBe(expected.hour * 60 + expected.minute)
        expect(dayStartAtMs(zone, atMs)).toBe(expected.startOf('day').toMillis())
        expect(nextDayStartAtMs(zone, atMs)).toBe(expected.plus({ days: 1 }).startOf('day').toMillis())
      }),
      { numRuns: 300 },
    )
  })

  test('a day begins before, and the next one after, every instant in it', () => {
    fc.assert(
      fc.property(anyZone, instant, (zone, atMs) => {
        expect(dayStartAtMs(zone, atMs)).toBeLessThanOrEqual(atMs)
        expect(nextDayStartAtMs(zone, atMs)).toBeGreaterThan(atMs)
        expect(localDayNumber(zone, nextDayStartAtMs(zone, atMs))).toBe(localDayNumber(zone, atMs) + 1)
      }),
    )
  })

  test('knows zones from other texts', () => {
    expect(zones.every(isTimeZone)).toBe(true)
    for (const text of ['', 'Asia/Nowhere', 'constructor', '62']) expect(isTimeZone(text)).toBe(false)
  })
})

describe('quiet hours', () => {
  test('hold from 21:00 to 07:00 on the clock of the recipient', () => {
    const at = (hour: number, minute = 0) => Date.UTC(2026, 10, 20, hour - 7, minute)
    const until = (atMs: number) => quietUntilMs(defaultQuietHours, 'Asia/Jakarta', atMs)
    expect([until(at(20, 59)), until(at(7)), until(at(12))]).toEqual([null, null, null])
    expect(until(at(21))).toBe(at(31))
    expect(until(at(24))).toBe(at(31))
    expect(until(at(6, 59))).toBe(at(7))
  })

  test('end at the local hour over a change of summer time', () => {
    const night = Date.UTC(2026, 2, 8, 4) // 23:00 in New York, the clock springs forward at 02:00
    expect(quietUntilMs(defaultQuietHours, 'America/New_York', night)).toBe(Date.UTC(2026, 2, 8, 11))
  })

  const minute = fc.integer({ min: 0, max: 1439 })
  test('end in the future, at an instant that is not quiet, and the next start is quiet', () => {
    fc.assert(
      fc.property(minute, minute, anyZone, instant, (fromMinute, toMinute, zone, atMs) => {
        const hours = { fromMinute, toMinute }
        const until = quietUntilMs(hours, zone, atMs)
        if (fromMinute === toMinute)
          expect([until, nextQuietStartMs(hours, zone, atMs)]).toEqual([null, null])
        if (until === null) return
        expect(until).toBeGreaterThan(atMs)
        expect(until - atMs).toBeLessThanOrEqual(25 * 3_600_000)
        expect(quietUntilMs(hours, zone, until)).toBeNull()
      }),
      { numRuns: 500 },
    )
  })

  test('the next night is found from any hour of the day', () => {
    fc.assert(
      fc.property(anyZone, instant, (zone, atMs) => {
        const start = nextQuietStartMs(defaultQuietHours, zone, atMs) ?? 0
        expect(start).toBeGreaterThan(atMs)
        expect(localMinuteOfDay(zone, start)).toBe(defaultQuietHours.fromMinute)
      }),
    )
  })

  test('the clock is the contact’s own, else the one of a country with a single zone, else the workspace’s', () => {
    expect(recipientZone({ zone: 'Asia/Makassar', country: 'SG' }, 'Asia/Jakarta')).toBe('Asia/Makassar')
    expect(recipientZone({ zone: 'nonsense', country: 'SG' }, 'Asia/Jakarta')).toBe('Asia/Singapore')
    expect(recipientZone({ zone: null, country: 'ID' }, 'Asia/Jakarta')).toBe('Asia/Jakarta')
    expect(recipientZone({ country: 'US' }, 'Asia/Jakarta')).toBe('Asia/Jakarta')
    expect(recipientZone({}, 'Asia/Jakarta')).toBe('Asia/Jakarta')
  })

  test('countries with several clocks have no zone of their own', () => {
    for (const country of ['ID', 'US', 'AU', 'BR', 'RU', 'xx', '']) expect(zoneOfCountry(country)).toBeNull()
    for (const country of ['SG', 'MY', 'JP', 'GB', 'TL'])
      expect(isTimeZone(zoneOfCountry(country) ?? '')).toBe(true)
  })
})

describe('schedule', () => {
  test('reads a wall clock in a zone', () => {
    expect(instantOf('2026-11-20T09:00', 'Asia/Jakarta')).toBe(Date.UTC(2026, 10, 20, 2))
    expect(instantOf('2026-11-20T09:00:30', 'Asia/Kathmandu')).toBe(Date.UTC(2026, 10, 20, 3, 15, 30))
  })

  test('a skipped time means as long after the skip, a doubled one its first showing', () => {
    expect(instantOf('2026-03-08T02:30', 'America/New_York')).toBe(Date.UTC(2026, 2, 8, 7, 30))
    expect(instantOf('2026-11-01T01:30', 'America/New_York')).toBe(Date.UTC(2026, 10, 1, 5, 30))
  })

  test.each([
    '',
    '2026-02-30T09:00',
    '2026-13-01T09:00',
    '2026-11-20T24:00',
    '2026-11-20',
    '2026-11-20 09:00',
    '2026-11-20T09:60',
  ])('refuses %j', (text) => {
    expect(parseLocalTime(text)).toBeNull()
  })

  test('agrees with an independent time library', () => {
    fc.assert(
      fc.property(anyZone, instant, (zone, atMs) => {
        const local = DateTime.fromMillis(atMs, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss")
        const found = instantOf(local, zone) ?? 0
        expect(DateTime.fromMillis(found, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss")).toBe(local)
      }),
    )
  })

  test('a start at local time opens the run when the first place on earth gets there', () => {
    const start = { kind: 'recipient_local', localTime: '2026-11-20T09:00' } as const
    const opens = runStartAtMs(start, 0) ?? 0
    expect(opens).toBe(Date.UTC(2026, 10, 19, 19))
    for (const zone of zones) expect(recipientStartAtMs(start, zone)).toBeGreaterThanOrEqual(opens)
    expect(runStartAtMs({ kind: 'now' }, 5)).toBe(5)
    expect(recipientStartAtMs({ kind: 'now' }, 'UTC')).toBeNull()
    expect(runStartAtMs({ kind: 'at', localTime: 'soon', zone: 'UTC' }, 5)).toBeNull()
  })

  test('a start missed by more than an hour asks', () => {
    expect(isOverdue(0, 3_600_000)).toBe(false)
    expect(isOverdue(0, 3_600_001)).toBe(true)
    expect(isOverdue(10, 0)).toBe(false)
  })
})
