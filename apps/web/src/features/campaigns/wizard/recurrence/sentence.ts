import type { TFunction } from 'i18next'
import type { Formatter } from '#i18n/format.ts'
import { weekdays } from './recurrence.ts'
import type { MonthDay, Pattern, Recurrence, Weekday } from './recurrence.ts'

type WeekPattern = Extract<Pattern, { unit: 'week' }>
export type Words = { t: TFunction<'campaigns'>; format: Pick<Formatter, 'locale' | 'list' | 'calendarDate'> }

/** How often, without the time: "Every Monday and Thursday". */
export function patternText({ every, pattern }: Recurrence, words: Words): string {
  const { t } = words
  const form = every === 1 ? 'each' : 'nth'
  switch (pattern.unit) {
    case 'day':
      return t(`repeat.day.${form}`, { n: every })
    case 'week':
      return t(`repeat.week.${form}`, { n: every, days: weekdaysText(pattern, form, words) })
    case 'month':
      return monthText(pattern.on, every, words)
  }
}

/** The whole plan: "Every Monday and Thursday at 09:00 (WIB), 10 times". @param time Already written, with its zone. */
export function recurrenceText(recurrence: Recurrence, time: string, words: Words): string {
  const { t, format } = words
  const plan = { pattern: patternText(recurrence, words), time }
  const { ending } = recurrence
  if (ending.kind === 'never') return t('repeat.forever', plan)
  if (ending.kind === 'times') return t('repeat.times', { ...plan, count: ending.times })
  return t('repeat.until', { ...plan, day: format.calendarDate(ending.day) })
}

/** The name of a day in a language: `long` Monday, `short` Mon. */
export function weekdayName(day: Weekday, locale: string, width: 'long' | 'short' = 'long'): string {
  const aMonday = Date.UTC(2026, 0, 5)
  const format = new Intl.DateTimeFormat(locale, { weekday: width, timeZone: 'UTC' })
  return format.format(aMonday + weekdays.indexOf(day) * 86_400_000)
}

function weekdaysText(pattern: WeekPattern, form: 'each' | 'nth', { t, format }: Words): string {
  if (pattern.weekdays.join() === 'MO,TU,WE,TH,FR') return t(`repeat.workdays.${form}`)
  if (pattern.weekdays.length === weekdays.length) return t(`repeat.allDays.${form}`)
  return format.list(pattern.weekdays.map((day) => weekdayName(day, format.locale)))
}

function monthText(on: MonthDay, every: number, { t, format }: Words): string {
  const form = every === 1 ? 'each' : 'nth'
  if (on.kind === 'weekday') {
    const which = t(`repeat.place.${on.place === -1 ? 'last' : on.place}`)
    return t(`repeat.monthWeekday.${form}`, {
      n: every,
      which,
      weekday: weekdayName(on.weekday, format.locale),
    })
  }
  if (on.day === -1) return t(`repeat.monthEnd.${form}`, { n: every })
  const ending = new Intl.PluralRules(format.locale, { type: 'ordinal' }).select(on.day)
  return t(`repeat.monthDay.${form}`, { n: every, day: t(ordinalKeys[ending], { n: on.day }) })
}

const ordinalKeys = {
  one: 'repeat.ordinal.st',
  two: 'repeat.ordinal.nd',
  few: 'repeat.ordinal.rd',
  zero: 'repeat.ordinal.th',
  many: 'repeat.ordinal.th',
  other: 'repeat.ordinal.th',
} as const
