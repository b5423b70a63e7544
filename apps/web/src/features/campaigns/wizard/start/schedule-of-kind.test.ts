import { Schedule } from '@siar/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scheduleOfKind } from './schedule-of-kind.ts'
import type { ScheduleKind } from './schedule-of-kind.ts'

const nowAtMs = Date.UTC(2026, 10, 20, 3)
const kinds = fc.constantFrom<ScheduleKind>('now', 'at', 'recipient_local', 'recurring')
const choose = (kind: ScheduleKind, before: Schedule) =>
  scheduleOfKind(kind, before, 'Asia/Makassar', nowAtMs)

test('every kind that is chosen begins with a schedule the server takes', () => {
  fc.assert(
    fc.property(fc.array(kinds), (chosen) => {
      const schedule = chosen.reduce<Schedule>((now, kind) => choose(kind, now), { kind: 'now' })
      expect(Schedule.parse(schedule)).toEqual(schedule)
    }),
  )
})

test('begins tomorrow at nine, and keeps a time that was chosen before', () => {
  expect(choose('at', { kind: 'now' })).toEqual({
    kind: 'at',
    at: '2026-11-21T09:00',
    timeZone: 'Asia/Makassar',
  })
  const before: Schedule = { kind: 'at', at: '2026-12-04T16:30', timeZone: 'Asia/Jayapura' }
  expect(choose('recurring', before)).toEqual({ ...before, kind: 'recurring', rule: 'FREQ=WEEKLY;BYDAY=FR' })
  expect(choose('recipient_local', before)).toEqual({ kind: 'recipient_local', at: '2026-12-04T16:30' })
})
