import type { Schedule } from '@siar/contract'
import { weekdayOf } from '../recurrence/recurrence.ts'
import { ruleOf } from '../recurrence/rule-of.ts'
import { wallClock } from './zones.ts'

export type ScheduleKind = Schedule['kind']

const dayMs = 86_400_000

/**
 * The schedule when another kind is chosen: a time and a zone that were chosen before stay, else tomorrow at 09:00.
 *
 * @param timeZone The zone of the person who plans.
 */
export function scheduleOfKind(
  kind: ScheduleKind,
  before: Schedule,
  timeZone: string,
  nowAtMs: number,
): Schedule {
  if (kind === 'now') return { kind }
  const tomorrow = wallClock(nowAtMs + dayMs, timeZone).slice(0, 10)
  const at = before.kind === 'now' || before.at === '' ? `${tomorrow}T09:00` : before.at
  if (kind === 'recipient_local') return { kind, at }
  const zone = 'timeZone' in before ? before.timeZone : timeZone
  if (kind === 'at') return { kind, at, timeZone: zone }
  const weekly = { unit: 'week', weekdays: [weekdayOf(at.slice(0, 10))] } as const
  const rule = ruleOf({ every: 1, pattern: weekly, ending: { kind: 'never' } }, zone)
  return { kind, at, timeZone: zone, rule }
}
