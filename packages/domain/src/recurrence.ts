import { RRuleTemporal } from 'rrule-temporal'
import { parseRecurrence } from './recurrence-rule.ts'
import type { Recurrence, RecurrenceProblem } from './recurrence-rule.ts'
import { parseLocalTime } from './schedule.ts'
import { instantOfLocalMs, localMsOf } from './zone-clock.ts'

/** From the wall clock `at` in `timeZone` on, again and again by an RFC 5545 rule. The recurring `Schedule` of the contract fits. */
export type Series = { readonly at: string; readonly timeZone: string; readonly rule: string }

const dayMs = 86_400_000
/** Leap days are at most eight years apart. */
const horizonMs = 3_653 * dayMs
/** What the search may cost: 27 years of days, three years of every hour. */
const periodsMax = 10_000
const candidatesMax = 30_000

/**
 * The next occurrences of a series strictly after an instant, in order, at most `count` of them and none beyond ten years.
 *
 * The rule is unfolded on the wall clock and each time is looked up on the zone's clock afterwards, so the wall clock stays the
 * same when summer time begins and ends: an hour that is skipped means as long after, one that comes twice the first, and two
 * wall clocks that mean one instant are one occurrence. The first time counts only if the rule matches it; `COUNT` counts
 * matches from there. A rule that cannot be read, or is too expensive to follow, has no occurrences. Pure, bounded in time.
 *
 * @param afterMs Milliseconds since 1970; so are the results.
 * @throws RangeError on an unknown zone.
 */
export function occurrencesOf(series: Series, afterMs: number, count: number): number[] {
  const startMs = parseLocalTime(series.at)
  const parsed = parseRecurrence(series.rule)
  if (startMs === null || !parsed.ok || count < 1) return []
  const found: number[] = []
  try {
    unfold(parsed.recurrence, { startMs, zone: series.timeZone, afterMs, count }, found)
  } catch (error) {
    if (!isExhausted(error)) throw error
  }
  return found
}

/** The next occurrence strictly after an instant; null when the series has ended, or pauses for over ten years. */
export function nextOccurrenceMs(series: Series, afterMs: number): number | null {
  return occurrencesOf(series, afterMs, 1)[0] ?? null
}

/** What stands in the way of a series; null when it can be followed and fires at least once. */
export function findRecurrenceProblem(series: Series): RecurrenceProblem | null {
  const parsed = parseRecurrence(series.rule)
  if (!parsed.ok) return parsed.problem
  return nextOccurrenceMs(series, -Infinity) === null ? 'never' : null
}

type Wanted = {
  readonly startMs: number
  readonly zone: string
  readonly afterMs: number
  readonly count: number
}

function unfold(recurrence: Recurrence, wanted: Wanted, found: number[]): void {
  const { startMs, zone, afterMs, count } = wanted
  const { end } = recurrence
  const afterLocalMs = Number.isFinite(afterMs) ? localMsOf(zone, afterMs) : startMs
  const fromMs = anchorOf(recurrence, startMs, afterLocalMs - dayMs)
  const untilMs = Math.max(startMs, afterLocalMs) + horizonMs
  let matches = 0
  rruleOf(recurrence, fromMs, untilMs).all(({ epochMilliseconds: localMs }) => {
    matches += 1
    if (recurrence.count !== null && matches > recurrence.count) return false
    if (end?.kind === 'local' && localMs > end.localMs) return false
    const atMs = instantOfLocalMs(zone, localMs)
    if (end?.kind === 'instant' && atMs > end.atMs) return false
    if (atMs > Math.max(afterMs, found.at(-1) ?? -Infinity)) found.push(atMs)
    return found.length < count
  })
}

/** A later first time of the same series, near `nearMs`: whole steps on, where neither weekday nor count depends on the first. */
function anchorOf({ frequency, interval, count }: Recurrence, startMs: number, nearMs: number): number {
  if (count !== null || (frequency !== 'DAILY' && frequency !== 'WEEKLY')) return startMs
  const stepMs = interval * (frequency === 'DAILY' ? dayMs : 7 * dayMs)
  return startMs + Math.max(0, Math.floor((nearMs - startMs) / stepMs)) * stepMs
}

function rruleOf({ pattern }: Recurrence, fromMs: number, untilMs: number): RRuleTemporal {
  const rruleString = `DTSTART:${basicUtc(fromMs)}\nRRULE:${pattern};UNTIL=${basicUtc(untilMs)}`
  return new RRuleTemporal({
    rruleString,
    maxIterations: periodsMax,
    maxCandidateEvaluations: candidatesMax,
    cache: false,
  })
}

/** `20261121T090000Z` */
function basicUtc(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '')
}

function isExhausted(error: unknown): boolean {
  return error instanceof Error && /Maximum (iterations|candidate)/i.test(error.message)
}

export { parseRecurrence, recurrenceCountMax } from './recurrence-rule.ts'
export type { Recurrence, RecurrenceEnd, RecurrenceProblem } from './recurrence-rule.ts'
