import type { HaltReason } from './campaign.ts'
import type { HarmAlarm, HarmCounts } from './guardian.ts'
import { nextDayStartAtMs } from './zone-clock.ts'

/** Over what the figures of an alarm were counted. */
export type HarmSpan = 'today' | 'since_yesterday' | 'run'

/** A halt as it is stored, without words; instants in ISO 8601. `until` null when it depends on something else than time. */
export type HaltFacts = {
  readonly reason: HaltReason
  /** The sender it is about; null when it is the campaign. */
  readonly senderId: string | null
  readonly senderName: string | null
  readonly since: string
  readonly until: string | null
  /** The figures behind it; null when WhatsApp itself said so. */
  readonly alarm: (HarmAlarm & { readonly span: HarmSpan }) | null
}

/** What the guardian has to know of a sender or a run beside the counters; nothing else survives a restart. */
export type GuardianMemory = {
  /**
   * Where counting began anew, when a person let it go on. `counts` is what the counters showed then and is not counted
   * again: of a sender those of `day`, of a run those of the whole run.
   */
  readonly countsFrom: { readonly at: string; readonly day: string; readonly counts: HarmCounts } | null
  /** Days of the workspace (`2026-11-21`) on which it halted, oldest first. They are no part of what is usual. */
  readonly haltedDays: readonly string[]
}

export const noMemory: GuardianMemory = { countsFrom: null, haltedDays: [] }

const dayMs = 86_400_000
const shortestMs = 8 * 3_600_000
/** Halts of the last so many days make the next one longer. */
export const haltsRememberedDays = 30
const daysByRepeat = [1, 3, 7] as const

/**
 * From when a person may let it go on: the next day of the workspace, at least 8 hours away; the third day after a second
 * halt within 30 days, the seventh from then on.
 *
 * @param haltsBefore Halts within the last `haltsRememberedDays`.
 */
export function haltUntilAtMs(zone: string, nowAtMs: number, haltsBefore: number): number {
  const days = daysByRepeat[Math.min(haltsBefore, daysByRepeat.length - 1)] ?? 1
  return Math.max(nowAtMs + shortestMs, nextDayStartAtMs(zone, nowAtMs + (days - 1) * dayMs))
}

/** The days that still count against it, seen from `today`. */
export function recentHaltedDays(haltedDays: readonly string[], today: string): string[] {
  const from = new Date(Date.parse(today) - haltsRememberedDays * dayMs).toISOString().slice(0, 10)
  return haltedDays.filter((day) => day >= from)
}
