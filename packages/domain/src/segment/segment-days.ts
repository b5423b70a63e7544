import { instantOfLocalMs, localDayNumber } from '../zone-clock.ts'
import type { SegmentOperator, SegmentValue } from './segment-rule.ts'

const dayMs = 86_400_000

/** Days since 1970-01-01, from the first on and before the second; null leaves an end open. */
export interface DayRange {
  readonly from: number | null
  readonly until: number | null
}

const dayNumber = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / dayMs)

/**
 * The days a date operator speaks of. The last 7 days are today and the seven before; the next 7 are today and the seven
 * after. `not_in_last_days` gives the range of its opposite.
 *
 * @param value As `problemsOfSegment` lets it through.
 */
export function segmentDayRange(
  operator: SegmentOperator,
  value: SegmentValue | undefined,
  today: number,
): DayRange {
  const [first, last] = Array.isArray(value) ? (value as readonly string[]) : [String(value)]
  const day = dayNumber(first ?? '')
  switch (operator) {
    case 'on':
      return { from: day, until: day + 1 }
    case 'before':
      return { from: null, until: day }
    case 'after':
      return { from: day + 1, until: null }
    case 'between':
      return { from: day, until: dayNumber(last ?? '') + 1 }
    case 'in_last_days':
    case 'not_in_last_days':
      return { from: today - Number(value), until: today + 1 }
    case 'in_next_days':
      return { from: today, until: today + Number(value) + 1 }
    default:
      throw new Error(`${operator} asks about no day`)
  }
}

/** The day of a zone's calendar. */
export const segmentToday = (zone: string, nowMs: number): number => localDayNumber(zone, nowMs)

/** A day as it stands in a date field, `2026-11-20`. */
export const dateOfDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

/** The instant a day begins on a zone's clock. */
export const instantOfDay = (zone: string, day: number): Date => new Date(instantOfLocalMs(zone, day * dayMs))
