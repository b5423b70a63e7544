import { freeEntryMs, serviceWindowMs } from './pricing.ts'
import type { OpenWindows } from './pricing.ts'
import type { ChannelKind } from './sender.ts'

/** What is known of the talk of one person with one sender. Instants in milliseconds since 1970; null when never. */
export type Talk = {
  readonly lastIncomingAtMs: number | null
  /** A click-to-WhatsApp entry that nobody has answered yet. */
  readonly adEntryAtMs: number | null
  readonly freeEntryUntilMs: number | null
}

/** The windows that talk leaves open. */
export function windowsOfTalk({ lastIncomingAtMs, freeEntryUntilMs }: Talk): OpenWindows {
  return {
    serviceUntilMs: lastIncomingAtMs === null ? null : lastIncomingAtMs + serviceWindowMs,
    freeEntryUntilMs,
  }
}

/**
 * What an answer makes of an entry by an advertisement: within 24 hours it opens 72 hours in which everything is free; afterwards the entry
 * is spent. An older free time goes on where it lasts longer. Source: channels.md §1.
 */
export function answerEntry(talk: Talk, answeredAtMs: number): Talk {
  const { adEntryAtMs, freeEntryUntilMs } = talk
  if (adEntryAtMs === null) return talk
  const isInTime = answeredAtMs < adEntryAtMs + serviceWindowMs
  const untilMs = isInTime ? answeredAtMs + freeEntryMs : null
  return {
    ...talk,
    adEntryAtMs: null,
    freeEntryUntilMs: untilMs === null ? freeEntryUntilMs : Math.max(untilMs, freeEntryUntilMs ?? -Infinity),
  }
}

/** Whether a channel takes text that nobody approved only from a person who wrote within 24 hours. */
export function limitsFreeText(channel: ChannelKind): boolean {
  return channel === 'cloud_api'
}

/**
 * Whether text that nobody approved may go to a person now.
 *
 * Only the 24 hours after their own message count: in the 72 hours after an answered advertisement everything is free of charge, but
 * without a message of theirs within 24 hours only an approved template gets through. Pure. Source: channels.md §1; Meta, free entry points.
 */
export function isFreeTextAllowed(channel: ChannelKind, windows: OpenWindows, nowMs: number): boolean {
  return !limitsFreeText(channel) || (windows.serviceUntilMs !== null && windows.serviceUntilMs > nowMs)
}
