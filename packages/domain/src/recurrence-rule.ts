import { parseLocalTime } from './schedule.ts'

/** What is wrong with a rule; `recurrence_<problem>` is the error with its text for people. */
export type RecurrenceProblem = 'malformed' | 'too_frequent' | 'not_supported' | 'too_many' | 'never'

export type RecurrenceFrequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'

/** The last moment of a series, inclusive: an instant, or a wall clock in the zone of the schedule. */
export type RecurrenceEnd =
  { readonly kind: 'instant'; readonly atMs: number } | { readonly kind: 'local'; readonly localMs: number }

export type Recurrence = {
  readonly frequency: RecurrenceFrequency
  readonly interval: number
  /** How many times in all, counted from the first; null without a limit. */
  readonly count: number | null
  readonly end: RecurrenceEnd | null
  /** The rule without COUNT and UNTIL. */
  readonly pattern: string
}

export const recurrenceCountMax = 1000
const intervalMax = 400

const tooShort = new Set(['SECONDLY', 'MINUTELY', 'HOURLY'])
const frequencies: ReadonlySet<string> = new Set(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'])
const weekday = '(?:MO|TU|WE|TH|FR|SA|SU)'

/** A list of at most 62 whole numbers from 1 (or 0) to `max`; negative ones count from the end. */
const numbers = (max: number, options: { zero?: boolean; negative?: boolean } = {}) => {
  return (value: string): boolean => {
    const parts = value.split(',')
    return parts.length <= 62 && parts.every((part) => isNumber(part, max, options))
  }
}

function isNumber(text: string, max: number, { zero = false, negative = false }): boolean {
  if (!(negative ? /^[+-]?\d{1,3}$/ : /^\d{1,3}$/).test(text)) return false
  const size = Math.abs(Number(text))
  return size <= max && (size > 0 || zero)
}

const partChecks: Readonly<Record<string, (value: string) => boolean>> = {
  FREQ: (value) => frequencies.has(value),
  INTERVAL: (value) => /^[1-9]\d{0,9}$/.test(value),
  COUNT: (value) => /^[1-9]\d{0,9}$/.test(value),
  UNTIL: (value) => parseEnd(value) !== null,
  BYMONTH: numbers(12),
  BYMONTHDAY: numbers(31, { negative: true }),
  BYYEARDAY: numbers(366, { negative: true }),
  BYWEEKNO: numbers(53, { negative: true }),
  BYDAY: (value) =>
    value.length <= 120 &&
    new RegExp(`^(?:[+-]?\\d{1,2})?${weekday}(?:,(?:[+-]?\\d{1,2})?${weekday})*$`).test(value),
  BYHOUR: numbers(23, { zero: true }),
  BYSETPOS: numbers(31, { negative: true }),
  WKST: (value) => new RegExp(`^${weekday}$`).test(value),
}

const notSupported = new Set([
  'BYMINUTE',
  'BYSECOND',
  'RSCALE',
  'SKIP',
  'DTSTART',
  'RDATE',
  'EXDATE',
  'EXRULE',
  'TZID',
])

/**
 * Reads an RFC 5545 rule without DTSTART, such as `FREQ=MONTHLY;BYDAY=-1FR;COUNT=6`.
 *
 * Answers for texts of any length within a bounded time. Whether the rule ever fires is for `findRecurrenceProblem`.
 * The smallest step is a day; the minute is that of the schedule. Parts that calendar programs read in different ways
 * (BYYEARDAY or BYWEEKNO beside days of the month, a numbered weekday beside them) are refused.
 */
export function parseRecurrence(
  rule: string,
):
  | { readonly ok: true; readonly recurrence: Recurrence }
  | { readonly ok: false; readonly problem: RecurrenceProblem } {
  const parts = partsOf(rule)
  if (typeof parts === 'string') return { ok: false, problem: parts }
  const frequency = parts.get('FREQ') as RecurrenceFrequency | undefined
  if (frequency === undefined) return { ok: false, problem: 'malformed' }
  const interval = Number(parts.get('INTERVAL') ?? 1)
  const count = parts.has('COUNT') ? Number(parts.get('COUNT')) : null
  if (interval > intervalMax || (count ?? 0) > recurrenceCountMax) return { ok: false, problem: 'too_many' }
  if (count !== null && parts.has('UNTIL')) return { ok: false, problem: 'malformed' }
  if (!isClear(frequency, parts)) return { ok: false, problem: 'not_supported' }
  const end = parts.has('UNTIL') ? parseEnd(parts.get('UNTIL') ?? '') : null
  const pattern = [...parts]
    .filter(([name]) => name !== 'COUNT' && name !== 'UNTIL')
    .map(([name, value]) => `${name}=${value}`)
    .join(';')
  return { ok: true, recurrence: { frequency, interval, count, end, pattern } }
}

function partsOf(rule: string): Map<string, string> | RecurrenceProblem {
  const text = rule
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
  if (text.length > 500) return 'malformed'
  if (/[\r\n]|DTSTART|TZID/.test(text)) return 'not_supported'
  const parts = new Map<string, string>()
  for (const part of text.split(';')) {
    const [name = '', value = '', ...rest] = part.split('=')
    if (notSupported.has(name)) return 'not_supported'
    if (name === 'FREQ' && tooShort.has(value)) return 'too_frequent'
    const check = Object.hasOwn(partChecks, name) ? partChecks[name] : undefined
    if (!check?.(value) || rest.length > 0 || parts.has(name)) return 'malformed'
    parts.set(name, value)
  }
  return parts
}

/** Parts that a part cannot stand beside, and the frequencies it may have: RFC 5545, and what calendar programs read alike. */
const companions: readonly {
  readonly part: string
  readonly frequencies: readonly RecurrenceFrequency[]
  readonly without: readonly string[]
}[] = [
  { part: 'BYMONTHDAY', frequencies: ['DAILY', 'MONTHLY', 'YEARLY'], without: ['BYYEARDAY', 'BYWEEKNO'] },
  { part: 'BYYEARDAY', frequencies: ['YEARLY'], without: ['BYDAY', 'BYWEEKNO'] },
  { part: 'BYWEEKNO', frequencies: ['YEARLY'], without: ['BYSETPOS'] },
  { part: 'BYSETPOS', frequencies: ['WEEKLY', 'MONTHLY', 'YEARLY'], without: [] },
]

/** Tells whether all calendar programs would read this combination of parts alike, and RFC 5545 allows it. */
function isClear(frequency: RecurrenceFrequency, parts: ReadonlyMap<string, string>): boolean {
  const has = (name: string): boolean => parts.has(name)
  const fits = companions.every(
    (one) => !has(one.part) || (one.frequencies.includes(frequency) && !one.without.some(has)),
  )
  if (!fits || (has('BYWEEKNO') && !has('BYDAY'))) return false
  if (has('BYSETPOS') && ![...parts.keys()].some((name) => name.startsWith('BY') && name !== 'BYSETPOS'))
    return false
  if (!/\d/.test(parts.get('BYDAY') ?? '')) return true
  return frequency === 'MONTHLY' || (frequency === 'YEARLY' && !has('BYMONTHDAY') && !has('BYWEEKNO'))
}

const endPattern = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/

/** `20261231` is the whole day and `20261231T170000` a wall clock, both in the zone of the schedule; with `Z` it is UTC. */
function parseEnd(text: string): RecurrenceEnd | null {
  const found = endPattern.exec(text)
  if (!found) return null
  const [, year, month, day, hour = '23', minute = '59', second = '59', utc] = found
  const localMs = parseLocalTime(`${year}-${month}-${day}T${hour}:${minute}:${second}`)
  if (localMs === null) return null
  return utc ? { kind: 'instant', atMs: localMs } : { kind: 'local', localMs }
}
