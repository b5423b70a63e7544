import { instantOfLocalMs } from './zone-clock.ts'

/** How late a start may be before a person is asked. Source: product.md K3. */
export const overdueAfterMs = 3_600_000

/** When a campaign starts. `localTime` is a wall clock: `2026-11-20T09:00`, seconds optional. */
export type StartTime =
  | { readonly kind: 'now' }
  | { readonly kind: 'at'; readonly localTime: string; readonly zone: string }
  | { readonly kind: 'recipient_local'; readonly localTime: string }

const localTimePattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?$/

/** Reads a wall-clock time, as if it were UTC, in milliseconds; null when it is malformed or no such day exists. */
export function parseLocalTime(text: string): number | null {
  const found = localTimePattern.exec(text)
  if (!found) return null
  const part = (index: number): number => Number(found[index] ?? 0)
  const localMs = Date.UTC(part(1), part(2) - 1, part(3), part(4), part(5), part(6))
  const normal = new Date(localMs).toISOString().slice(0, 19)
  return normal === (found[6] === undefined ? `${text}:00` : text) ? localMs : null
}

/**
 * The instant at which a wall clock in a zone shows a time; null when the text is no time.
 * A time skipped by summer time means as long after the skip; one shown twice means the first.
 *
 * @throws RangeError on an unknown zone.
 */
export function instantOf(localTime: string, zone: string): number | null {
  const localMs = parseLocalTime(localTime)
  return localMs === null ? null : instantOfLocalMs(zone, localMs)
}

/** The zone whose clock is furthest ahead: +14:00. */
const earliestZone = 'Pacific/Kiritimati'

/**
 * When the run itself starts. For `recipient_local` that is when the first zone on earth gets there; each recipient then waits
 * for `recipientStartAtMs`.
 *
 * @returns Milliseconds since 1970, or null when the time cannot be read.
 */
export function runStartAtMs(start: StartTime, nowAtMs: number): number | null {
  if (start.kind === 'now') return nowAtMs
  return instantOf(start.localTime, start.kind === 'at' ? start.zone : earliestZone)
}

/** The zone whose clock is furthest behind: -12:00. */
const latestZone = 'Etc/GMT+12'

/** The instant by which a wall clock has shown a time everywhere on earth; null when the text is no time. */
export function passedEverywhereAtMs(localTime: string): number | null {
  return instantOf(localTime, latestZone)
}

/**
 * The instant before which one recipient is not sent to, or null when the start sets none. A local time that has passed in the
 * recipient's zone when the run starts means at once, not a day later.
 */
export function recipientStartAtMs(start: StartTime, zone: string): number | null {
  return start.kind === 'recipient_local' ? instantOf(start.localTime, zone) : null
}

/** Tells whether a start was missed by so much (an outage, a restore) that a person must be asked. */
export function isOverdue(startsAtMs: number, nowAtMs: number): boolean {
  return nowAtMs - startsAtMs > overdueAfterMs
}
