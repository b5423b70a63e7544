import { instantOf } from '@siar/domain'
import type { Ending, MonthDay, Pattern, Recurrence } from './recurrence.ts'

/**
 * Writes the RFC 5545 rule, without DTSTART.
 *
 * @param timeZone The zone of the schedule: a last day ends at midnight there.
 */
export function ruleOf({ every, pattern, ending }: Recurrence, timeZone: string): string {
  const parts = [patternPart(pattern), ...(every === 1 ? [] : [`INTERVAL=${every}`])]
  return [...parts, ...dayParts(pattern), ...endingParts(ending, timeZone)].join(';')
}

function patternPart({ unit }: Pattern): string {
  const names = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY' } as const
  return `FREQ=${names[unit]}`
}

function dayParts(pattern: Pattern): string[] {
  if (pattern.unit === 'day') return []
  return [pattern.unit === 'week' ? `BYDAY=${pattern.weekdays.join(',')}` : monthDayPart(pattern.on)]
}

function monthDayPart(on: MonthDay): string {
  return on.kind === 'day' ? `BYMONTHDAY=${on.day}` : `BYDAY=${on.place}${on.weekday}`
}

function endingParts(ending: Ending, timeZone: string): string[] {
  if (ending.kind === 'never') return []
  if (ending.kind === 'times') return [`COUNT=${ending.times}`]
  const endAtMs = instantOf(`${ending.day}T23:59:59`, timeZone)
  if (endAtMs === null) return []
  return [`UNTIL=${new Date(endAtMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`]
}
