import { instantOfLocalMs, isTimeZone, localMsOf } from './zone-clock.ts'
import { zoneOfCountry } from './zone-of-country.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

/** A nightly silence on the recipient's wall clock, in minutes since midnight, 0 … 1439; may pass midnight. Equal ends: none. */
export type QuietHours = { readonly fromMinute: number; readonly toMinute: number }

/** 21:00-07:00. Source: channels.md §6. */
export const defaultQuietHours: QuietHours = { fromMinute: 21 * 60, toMinute: 7 * 60 }

/**
 * The clock a recipient lives by: the contact's own zone, else the country's when it has only one, else the workspace's.
 * Names that are no zone are passed over.
 *
 * @param contact `country` is an ISO 3166 code, as `parsePhone` gives it.
 */
export function recipientZone(
  contact: { readonly zone?: string | null; readonly country?: string | null },
  workspaceZone: string,
): string {
  if (contact.zone && isTimeZone(contact.zone)) return contact.zone
  return (contact.country && zoneOfCountry(contact.country)) || workspaceZone
}

/**
 * The instant the present silence ends in a zone, or null when nobody has to be quiet.
 *
 * @returns Milliseconds since 1970, always after `atMs`.
 */
export function quietUntilMs(hours: QuietHours, zone: string, atMs: number): number | null {
  const localMs = localMsOf(zone, atMs)
  const midnightMs = Math.floor(localMs / dayMs) * dayMs
  const minute = (localMs - midnightMs) / minuteMs
  if (!isQuietMinute(hours, minute)) return null
  const endsTomorrow = minute >= hours.toMinute
  const endLocalMs = midnightMs + hours.toMinute * minuteMs + (endsTomorrow ? dayMs : 0)
  return Math.max(instantOfLocalMs(zone, endLocalMs), atMs + 1)
}

/** The next instant a silence begins in a zone, strictly after `atMs`; null when there is none. */
export function nextQuietStartMs(hours: QuietHours, zone: string, atMs: number): number | null {
  if (hours.fromMinute === hours.toMinute) return null
  const localMs = localMsOf(zone, atMs)
  const midnightMs = Math.floor(localMs / dayMs) * dayMs
  const startMs = instantOfLocalMs(zone, midnightMs + hours.fromMinute * minuteMs)
  return startMs > atMs ? startMs : instantOfLocalMs(zone, midnightMs + dayMs + hours.fromMinute * minuteMs)
}

function isQuietMinute({ fromMinute, toMinute }: QuietHours, minute: number): boolean {
  if (fromMinute <= toMinute) return minute >= fromMinute && minute < toMinute
  return minute >= fromMinute || minute < toMinute
}
