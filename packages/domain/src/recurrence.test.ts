import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, test } from 'vitest'
import { findRecurrenceProblem, nextOccurrenceMs, occurrencesOf, parseRecurrence } from './recurrence.ts'
import type { Series } from './recurrence.ts'

const dayMs = 86_400_000
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
const start = -Infinity

const shown = (series: Series, count: number, afterMs = start): (string | null)[] =>
  occurrencesOf(series, afterMs, count).map((atMs) =>
    DateTime.fromMillis(atMs, { zone: series.timeZone }).toFormat("yyyy-MM-dd'T'HH:mm ZZ"),
  )

describe('occurrences', () => {
  test('keep the wall clock when summer time begins and ends', () => {
    const series = { at: '2026-03-27T09:00', timeZone: 'Europe/Berlin', rule: 'FREQ=DAILY' }
    expect(shown(series, 4)).toEqual([
      '2026-03-27T09:00 +01:00',
      '2026-03-28T09:00 +01:00',
      '2026-03-29T09:00 +02:00',
      '2026-03-30T09:00 +02:00',
    ])
    const autumn = { ...series, at: '2026-10-24T09:00' }
    expect(shown(autumn, 3).map((text) => text?.slice(11))).toEqual([
      '09:00 +02:00',
      '09:00 +01:00',
      '09:00 +01:00',
    ])
  })

  test('an hour that is skipped means as long after, on that day only', () => {
    const series = { at: '2026-03-28T02:30', timeZone: 'Europe/Berlin', rule: 'FREQ=DAILY' }
    expect(shown(series, 3)).toEqual([
      '2026-03-28T02:30 +01:00',
      '2026-03-29T03:30 +02:00',
      '2026-03-30T02:30 +02:00',
    ])
  })

  test('an hour that comes twice means the first, once', () => {
    const series = { at: '2026-10-31T01:30', timeZone: 'America/New_York', rule: 'FREQ=DAILY' }
    expect(shown(series, 3)).toEqual([
      '2026-10-31T01:30 -04:00',
      '2026-11-01T01:30 -04:00',
      '2026-11-02T01:30 -05:00',
    ])
  })

  test('two wall clocks that mean one instant are one occurrence', () => {
    const series = { at: '2026-03-29T00:30', timeZone: 'Europe/Berlin', rule: 'FREQ=DAILY;BYHOUR=2,3,4' }
    expect(shown(series, 3)).toEqual([
      '2026-03-29T03:30 +02:00',
      '2026-03-29T04:30 +02:00',
      '2026-03-30T02:30 +02:00',
    ])
  })

  test('COUNT counts from the first time, whenever one asks', () => {
    const series = {
      at: '2026-11-02T09:00',
      timeZone: 'Asia/Jakarta',
      rule: 'FREQ=WEEKLY;BYDAY=MO,TH;COUNT=3',
    }
    const all = occurrencesOf(series, start, 10)
    expect(shown(series, 10).map((text) => text?.slice(0, 10))).toEqual([
      '2026-11-02',
      '2026-11-05',
      '2026-11-09',
    ])
    expect(occurrencesOf(series, all[0] ?? 0, 10)).toEqual(all.slice(1))
    expect(nextOccurrenceMs(series, all[2] ?? 0)).toBeNull()
  })

  test('UNTIL holds to the end of its day in the zone, to its wall clock, or to its instant', () => {
    const last = (until: string) => {
      const rule = `FREQ=DAILY;UNTIL=${until}`
      return shown({ at: '2026-11-20T09:00', timeZone: 'Asia/Jakarta', rule }, 20).at(-1)?.slice(0, 10)
    }
    expect(last('20261123')).toBe('2026-11-23')
    expect(last('20261123T085959')).toBe('2026-11-22')
    expect(last('20261123T090000')).toBe('2026-11-23')
    expect(last('20261123T020000Z')).toBe('2026-11-23')
    expect(last('20261123T015959Z')).toBe('2026-11-22')
  })

  test('the first time counts only if the rule matches it', () => {
    const series = { at: '2026-11-21T09:00', timeZone: 'Asia/Jakarta', rule: 'FREQ=WEEKLY;BYDAY=MO' }
    expect(shown(series, 1)).toEqual(['2026-11-23T09:00 +07:00'])
  })

  test('days that a month does not have are passed over', () => {
    const monthly = { at: '2026-01-31T09:00', timeZone: 'Asia/Jakarta', rule: 'FREQ=MONTHLY' }
    expect(shown(monthly, 3).map((text) => text?.slice(0, 10))).toEqual([
      '2026-01-31',
      '2026-03-31',
      '2026-05-31',
    ])
    const leap = { at: '2026-01-01T09:00', timeZone: 'UTC', rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29' }
    expect(shown(leap, 2).map((text) => text?.slice(0, 10))).toEqual(['2028-02-29', '2032-02-29'])
  })

  test('a series that began long ago goes on in its rhythm', () => {
    const series = {
      at: '1999-01-04T09:00',
      timeZone: 'UTC',
      rule: 'FREQ=WEEKLY;INTERVAL=3;BYDAY=MO;BYHOUR=0,6,12,18',
    }
    const [next] = occurrencesOf(series, Date.UTC(2026, 10, 21), 1)
    const days = ((next ?? 0) - Date.UTC(1999, 0, 4)) / dayMs
    expect(days % 21).toBe(0)
    expect(days).toBeGreaterThan(10_180)
  })

  test('are those that looking at every day one by one finds', () => {
    const rule = fc.record({
      frequency: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY' as const),
      interval: fc.integer({ min: 1, max: 4 }),
      days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1, maxLength: 4 }),
      startDay: fc.integer({ min: 20_000, max: 22_000 }),
      afterDays: fc.integer({ min: -3, max: 800 }),
    })
    fc.assert(
      fc.property(rule, ({ frequency, interval, days, startDay, afterDays }) => {
        const series = {
          at: new Date(startDay * dayMs + 9 * 3_600_000).toISOString().slice(0, 16),
          timeZone: 'UTC',
          rule: `FREQ=${frequency};INTERVAL=${interval};BYDAY=${days.join(',')}`,
        }
        const after = (startDay + afterDays) * dayMs + 9 * 3_600_000
        const matches = (day: number): boolean => {
          if (!days.includes(weekdays[(day + 3) % 7] ?? 'MO')) return false
          if (frequency === 'DAILY') return (day - startDay) % interval === 0
          if (frequency === 'WEEKLY') return (weekOf(day) - weekOf(startDay)) % interval === 0
          return (monthOf(day) - monthOf(startDay)) % interval === 0
        }
        const expected: number[] = []
        for (let day = startDay; day < startDay + 2_000 && expected.length < 4; day += 1) {
          const atMs = day * dayMs + 9 * 3_600_000
          if (matches(day) && atMs > after) expected.push(atMs)
        }
        expect(occurrencesOf(series, after, 4).slice(0, expected.length)).toEqual(expected)
      }),
      { numRuns: 150 },
    )
  })
})

const weekOf = (day: number): number => Math.floor((day + 3) / 7)
const monthOf = (day: number): number => {
  const date = new Date(day * dayMs)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

describe('rules that cannot be followed', () => {
  const problemOf = (rule: string, at = '2026-11-21T09:00') =>
    findRecurrenceProblem({ at, timeZone: 'Asia/Jakarta', rule })

  test.each([
    ['', 'malformed'],
    ['every monday', 'malformed'],
    ['FREQ=', 'malformed'],
    ['FREQ=FORTNIGHTLY', 'malformed'],
    ['INTERVAL=2', 'malformed'],
    ['FREQ=DAILY;FREQ=WEEKLY', 'malformed'],
    ['FREQ=DAILY;BYMONTH=13', 'malformed'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'malformed'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'malformed'],
    ['FREQ=DAILY;INTERVAL=0', 'malformed'],
    ['FREQ=DAILY;COUNT=0', 'malformed'],
    ['FREQ=DAILY;COUNT=2;UNTIL=20271231', 'malformed'],
    ['FREQ=DAILY;UNTIL=20261332', 'malformed'],
    ['FREQ=WEEKLY;BYDAY=XX', 'malformed'],
    ['FREQ=DAILY;__proto__=1', 'malformed'],
    ['FREQ=DAILY;'.repeat(40), 'malformed'],
    ['FREQ=SECONDLY', 'too_frequent'],
    ['FREQ=MINUTELY;INTERVAL=30', 'too_frequent'],
    ['FREQ=HOURLY', 'too_frequent'],
    ['FREQ=DAILY;BYMINUTE=0,30', 'not_supported'],
    ['FREQ=DAILY;BYSECOND=0', 'not_supported'],
    ['FREQ=DAILY\nDTSTART:20200101T000000Z', 'not_supported'],
    ['DTSTART:20200101T000000Z;FREQ=DAILY', 'not_supported'],
    ['FREQ=DAILY;RSCALE=HEBREW', 'not_supported'],
    ['FREQ=WEEKLY;BYDAY=2MO', 'not_supported'],
    ['FREQ=DAILY;BYSETPOS=1', 'not_supported'],
    ['FREQ=DAILY;COUNT=1001', 'too_many'],
    ['FREQ=DAILY;COUNT=4000000000', 'too_many'],
    ['FREQ=DAILY;INTERVAL=1000000', 'too_many'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'never'],
    ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'never'],
    ['FREQ=WEEKLY;BYDAY=MO;BYSETPOS=7', 'never'],
    ['FREQ=DAILY;BYHOUR=8,9;BYSETPOS=2', 'not_supported'],
    ['FREQ=WEEKLY;BYDAY=MO;BYHOUR=8,9,10,11,12,13,14,15;BYSETPOS=31', 'never'],
    ['FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=31', 'never'],
    ['FREQ=MONTHLY;BYHOUR=20;BYSETPOS=3', 'never'],
    ['FREQ=DAILY;UNTIL=20200101', 'never'],
  ])('%s is refused: %s', (rule, problem) => {
    expect(problemOf(rule)).toBe(problem)
  })

  test.each([
    'FREQ=DAILY',
    'freq=weekly;byday=mo,th',
    'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SA;WKST=SU',
    'FREQ=MONTHLY;BYDAY=-1FR',
    'FREQ=MONTHLY;BYMONTHDAY=1,15,-1',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    'FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=17',
    'FREQ=YEARLY;BYYEARDAY=-1',
    'FREQ=DAILY;BYHOUR=9,15;COUNT=1000',
  ])('%s is accepted', (rule) => {
    expect(problemOf(rule)).toBeNull()
  })

  test('whatever is written, an answer comes and nothing is thrown', () => {
    const part = fc.constantFrom(
      'FREQ=DAILY',
      'FREQ=WEEKLY',
      'FREQ=MONTHLY',
      'FREQ=YEARLY',
      'COUNT=5',
      'UNTIL=20300101',
      'BYMONTH=2,6',
      'BYMONTHDAY=30,-31',
      'BYDAY=MO',
      'BYDAY=5SU,-5MO',
      'BYHOUR=0,23',
      'BYSETPOS=-3',
      'BYYEARDAY=366',
      'BYWEEKNO=53',
      'WKST=TH',
      'INTERVAL=400',
      '=',
      '%00',
    )
    const rules = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 6 }).map((parts) => parts.join(';')),
    )
    fc.assert(
      fc.property(rules, (rule) => {
        const problem = problemOf(rule)
        const parsed = parseRecurrence(rule)
        const found = occurrencesOf({ at: '2026-11-21T09:00', timeZone: 'Asia/Jakarta', rule }, 0, 2)
        expect(found.length > 0).toBe(problem === null)
        if (!parsed.ok) expect(problem).toBe(parsed.problem)
      }),
      { numRuns: 150 },
    )
  }, 60_000)
})
