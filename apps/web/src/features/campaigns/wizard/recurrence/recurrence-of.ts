import { localMsOf } from '@siar/domain'
import { everyMax, inWeekOrder, places, timesMax, weekdayOf, weekdays } from './recurrence.ts'
import type { Ending, MonthDay, Pattern, Place, Recurrence, Weekday } from './recurrence.ts'

export type RuleContext = {
  /** The wall clock of the first start, `2026-11-21T09:00`: a rule may leave its weekday or day to it. */
  at: string
  timeZone: string
}

const partNames = ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'BYSETPOS', 'COUNT', 'UNTIL', 'WKST'] as const
type PartName = (typeof partNames)[number]
type Parts = Partial<Record<PartName, string>>

/** Reads an RFC 5545 rule; null when it says something the wizard's fields cannot show. */
export function recurrenceOf(rule: string, context: RuleContext): Recurrence | null {
  const parts = partsOf(rule)
  if (!parts || (parts.WKST ?? 'MO') !== 'MO') return null
  const every = wholeNumber(parts.INTERVAL ?? '1', 1, everyMax)
  const pattern = patternOf(parts, context)
  const ending = endingOf(parts, context)
  return every !== null && pattern && ending ? { every, pattern, ending } : null
}

function partsOf(rule: string): Parts | null {
  const parts: Parts = {}
  const text = rule
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
  for (const piece of text.split(';')) {
    const [name, value, ...more] = piece.split('=')
    const known = partNames.find((part) => part === name)
    if (!known || !value || more.length > 0 || parts[known] !== undefined) return null
    parts[known] = value
  }
  return parts
}

function patternOf(parts: Parts, { at }: RuleContext): Pattern | null {
  const { FREQ, BYDAY, BYMONTHDAY, BYSETPOS } = parts
  if (FREQ === 'DAILY') return (BYDAY ?? BYMONTHDAY ?? BYSETPOS) ? null : { unit: 'day' }
  if (FREQ === 'WEEKLY') {
    if (BYMONTHDAY ?? BYSETPOS) return null
    const days = BYDAY === undefined ? [weekdayOf(at.slice(0, 10))] : weekdaysOf(BYDAY)
    return days && { unit: 'week', weekdays: days }
  }
  if (FREQ !== 'MONTHLY') return null
  const on = monthDayOf(parts, at)
  return on && { unit: 'month', on }
}

function weekdaysOf(text: string): Weekday[] | null {
  const days = text.split(',').map(weekdayNamed)
  return days.every((day) => day !== null) ? inWeekOrder(days) : null
}

function weekdayNamed(text: string): Weekday | null {
  return weekdays.find((day) => day === text) ?? null
}

function monthDayOf({ BYDAY, BYMONTHDAY, BYSETPOS }: Parts, at: string): MonthDay | null {
  if (BYDAY !== undefined) return BYMONTHDAY === undefined ? monthWeekdayOf(BYDAY, BYSETPOS) : null
  if (BYSETPOS !== undefined) return null
  const text = BYMONTHDAY ?? String(Number(at.slice(8, 10)))
  const day = text === '-1' ? -1 : wholeNumber(text, 1, 31)
  return day === null ? null : { kind: 'day', day }
}

/** `-1FR`, or `FR` with the place beside it. */
function monthWeekdayOf(text: string, setPosition: string | undefined): MonthDay | null {
  const found = /^([+-]?\d+)?([A-Z]{2})$/.exec(text)
  const weekday = weekdayNamed(found?.[2] ?? '')
  if ((found?.[1] === undefined) === (setPosition === undefined)) return null
  const place = placeNamed(found?.[1] ?? setPosition ?? '')
  return weekday && place ? { kind: 'weekday', place, weekday } : null
}

function placeNamed(text: string): Place | null {
  return places.find((place) => place === Number(text)) ?? null
}

function endingOf({ COUNT, UNTIL }: Parts, context: RuleContext): Ending | null {
  if (COUNT !== undefined && UNTIL !== undefined) return null
  if (COUNT !== undefined) {
    const times = wholeNumber(COUNT, 1, timesMax)
    return times === null ? null : { kind: 'times', times }
  }
  if (UNTIL === undefined) return { kind: 'never' }
  const day = lastDayOf(UNTIL, context)
  return day === null ? null : { kind: 'day', day }
}

const dayMs = 86_400_000

/** The last day whose start is not after `UNTIL`, which is an instant, a wall clock or a day. */
function lastDayOf(until: string, { at, timeZone }: RuleContext): string | null {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(until)
  if (!found) return null
  const [, year, month, day, hour = '23', minute = '59', second = '59', zulu] = found
  const writtenMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (Number.isNaN(writtenMs)) return null
  const localMs = zulu === 'Z' ? localMsOf(timeZone, writtenMs) : writtenMs
  const local = new Date(localMs).toISOString()
  const isBeforeStart = local.slice(11, 16) < at.slice(11, 16)
  return isBeforeStart ? new Date(localMs - dayMs).toISOString().slice(0, 10) : local.slice(0, 10)
}

function wholeNumber(text: string, least: number, most: number): number | null {
  const value = /^\+?\d+$/.test(text) ? Number(text) : Number.NaN
  return value >= least && value <= most ? value : null
}
