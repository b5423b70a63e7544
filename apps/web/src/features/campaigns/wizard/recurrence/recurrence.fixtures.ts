import fc from 'fast-check'
import { everyMax, inWeekOrder, places, timesMax, weekdays } from './recurrence.ts'
import type { Ending, MonthDay, Pattern, Recurrence } from './recurrence.ts'

const monthDays: fc.Arbitrary<MonthDay> = fc.oneof(
  fc.record({
    kind: fc.constant('day' as const),
    day: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant(-1)),
  }),
  fc.record({
    kind: fc.constant('weekday' as const),
    place: fc.constantFrom(...places),
    weekday: fc.constantFrom(...weekdays),
  }),
)

const patterns: fc.Arbitrary<Pattern> = fc.oneof(
  fc.constant({ unit: 'day' as const }),
  fc
    .subarray([...weekdays], { minLength: 1 })
    .map((days) => ({ unit: 'week' as const, weekdays: inWeekOrder(days) })),
  monthDays.map((on) => ({ unit: 'month' as const, on })),
)

const days = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

const endings: fc.Arbitrary<Ending> = fc.oneof(
  fc.constant({ kind: 'never' as const }),
  fc.record({ kind: fc.constant('times' as const), times: fc.integer({ min: 1, max: timesMax }) }),
  fc.record({ kind: fc.constant('day' as const), day: days }),
)

/** Everything the wizard's fields can say. */
export const recurrences: fc.Arbitrary<Recurrence> = fc.record({
  every: fc.integer({ min: 1, max: everyMax }),
  pattern: patterns,
  ending: endings,
})

/** The wall clock of a first start, and a zone: some with summer time, some far from UTC. */
export const contexts = fc.record({
  at: fc
    .date({ min: new Date('2026-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 16)),
  timeZone: fc.constantFrom('Asia/Jakarta', 'Asia/Jayapura', 'America/New_York', 'Pacific/Kiritimati', 'UTC'),
})
