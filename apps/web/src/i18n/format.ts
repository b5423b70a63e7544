import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from './preferences.ts'

const locales: Record<string, string> = { id: 'id-ID', en: 'en-GB' }

export type Formatter = ReturnType<typeof makeFormatter>

/**
 * Formats numbers, money and instants for one person.
 *
 * @param language `id` or `en`; decides words and separators.
 * @param timeZone IANA zone the instants are shown in.
 * Money is minor units plus an ISO 4217 currency; instants are ISO strings, epoch milliseconds or Date.
 */
export function makeFormatter(language: string, timeZone: string) {
  const locale = locales[language] ?? 'id-ID'
  const number = (value: number, options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, options).format(value)
  const instant = (at: InstantLike, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(new Date(at))
  return {
    locale,
    timeZone,
    number: (value: number) => number(value),
    /** 1.2K style, for tight places; the exact figure belongs in a title. */
    compact: (value: number) => number(value, { notation: 'compact', maximumFractionDigits: 1 }),
    /** @param ratio 0..1 */
    percent: (ratio: number, digits = 1) =>
      number(ratio, { style: 'percent', maximumFractionDigits: digits }),
    money: (amountMinor: number, currency: string) => formatMoney(locale, amountMinor, currency),
    date: (at: InstantLike) => instant(at, { day: 'numeric', month: 'short', year: 'numeric' }),
    time: (at: InstantLike) => instant(at, { hour: '2-digit', minute: '2-digit' }),
    timeWithSeconds: (at: InstantLike) =>
      instant(at, { hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    dateTime: (at: InstantLike) =>
      instant(at, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }),
    /** The wall clock of another zone, with the zone's name: for a time that was chosen there. */
    dateTimeIn: (at: InstantLike, zone: string) =>
      instant(at, {
        timeZone: zone,
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        timeZoneName: 'short',
      }),
    /** A calendar day (`2026-11-20`) of somebody else's zone, without its year: it is never moved to the reader's zone. */
    dayMonth: (day: string) => calendarDay(locale, day, { day: 'numeric', month: 'short' }),
    calendarDate: (day: string) =>
      calendarDay(locale, day, { day: 'numeric', month: 'short', year: 'numeric' }),
    full: (at: InstantLike) => instant(at, { dateStyle: 'full', timeStyle: 'long' }),
    relative: (at: InstantLike, nowMs: number) => formatRelative(locale, new Date(at).getTime() - nowMs),
    bytes: (sizeBytes: number) => formatBytes(locale, sizeBytes),
    duration: (ms: number) => formatDuration(locale, ms),
    list: (items: string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items),
  }
}

function calendarDay(locale: string, day: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(new Date(`${day}T00:00:00Z`))
}

export type InstantLike = string | number | Date

/** IDR has no minor unit here: 299000 is Rp 299.000. */
function formatMoney(locale: string, amountMinor: number, currency: string): string {
  const digits = currency === 'IDR' ? 0 : 2
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amountMinor / 10 ** digits)
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
]

function formatRelative(locale: string, deltaMs: number): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const [unit, sizeMs] = steps.find(([, size]) => Math.abs(deltaMs) >= size) ?? (['second', 1000] as const)
  return format.format(Math.trunc(deltaMs / sizeMs), unit)
}

function formatBytes(locale: string, sizeBytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const power = sizeBytes < 1 ? 0 : Math.min(Math.floor(Math.log10(sizeBytes) / 3), units.length - 1)
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(sizeBytes / 1000 ** power)
}

function formatDuration(locale: string, ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const parts: [number, string][] =
    seconds >= 3600
      ? [
          [Math.floor(seconds / 3600), 'hour'],
          [Math.floor((seconds % 3600) / 60), 'minute'],
        ]
      : seconds >= 60
        ? [
            [Math.floor(seconds / 60), 'minute'],
            [seconds % 60, 'second'],
          ]
        : [[seconds, 'second']]
  return parts
    .filter(([value], index) => value > 0 || index === 0)
    .map(([value, unit]) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value),
    )
    .join(' ')
}

/** The formatter of the person who looks, in their language and zone; stable until one of these changes. */
export function useFormat(): Formatter {
  const { i18n } = useTranslation()
  const { timeZone } = usePreferences()
  return useMemo(() => makeFormatter(i18n.language, timeZone), [i18n.language, timeZone])
}
