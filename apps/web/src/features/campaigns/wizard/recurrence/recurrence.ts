/** Days as RFC 5545 names them, the week beginning on Monday. */
export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof weekdays)[number]

/** Which one of a month; -1 is the last. */
export const places = [1, 2, 3, 4, -1] as const
export type Place = (typeof places)[number]

/** -1 is the last day of a month, however long it is. */
export type MonthDay = { kind: 'day'; day: number } | { kind: 'weekday'; place: Place; weekday: Weekday }

export type Pattern =
  | { unit: 'day' }
  /** At least one, each once, in the order of the week. */
  | { unit: 'week'; weekdays: readonly Weekday[] }
  | { unit: 'month'; on: MonthDay }

export type Ending =
  | { kind: 'never' }
  /** 1 … `timesMax` starts in all. */
  | { kind: 'times'; times: number }
  /** The last day on which it may start, `2026-12-31` on the calendar of the schedule's zone. */
  | { kind: 'day'; day: string }

/** What the wizard can show of a rule that says when a campaign starts again. */
export type Recurrence = {
  /** Every so many days, weeks or months, 1 … `everyMax`. */
  every: number
  pattern: Pattern
  ending: Ending
}

export const everyMax = 99
export const timesMax = 999

/** The day of the week of a calendar day, `2026-11-21`. */
export function weekdayOf(day: string): Weekday {
  const sundayFirst = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekdays[(sundayFirst + 6) % 7] ?? 'MO'
}

/** The same days in the order of the week, each once. */
export function inWeekOrder(days: Iterable<Weekday>): Weekday[] {
  const chosen = new Set(days)
  return weekdays.filter((day) => chosen.has(day))
}
