import { allowsMove, sourcesOf } from './transitions.ts'
import type { Transitions } from './transitions.ts'

/** The kinds of connection a sender can go through. */
export const channelKinds = [
  'cloud_api',
  'linked_device',
  'web_browser',
  'waha',
  'gateway',
  'simulator',
] as const

export type ChannelKind = (typeof channelKinds)[number]

/** The life of a sender's session. Source: architecture.md §4, product.md S2. */
export const senderStatuses = [
  'new',
  'pairing',
  'online',
  'reconnecting',
  'offline',
  'restricted',
  'logged_out',
  'banned',
  'stopped',
] as const

export type SenderStatus = (typeof senderStatuses)[number]

/**
 * Every allowed move. The ends (`logged_out`, `banned`, `stopped`) can be reached from every live status, and are left
 * only when a person starts the sender again: a logged-out one must pair first. `new → online` is a channel that needs no
 * pairing. A restriction outlives a dropped connection.
 */
export const senderTransitions: Transitions<SenderStatus> = {
  new: ['pairing', 'online', 'offline', 'stopped'],
  pairing: ['online', 'offline', 'logged_out', 'banned', 'stopped'],
  online: ['reconnecting', 'restricted', 'logged_out', 'banned', 'stopped'],
  reconnecting: ['online', 'offline', 'restricted', 'logged_out', 'banned', 'stopped'],
  offline: ['pairing', 'reconnecting', 'logged_out', 'banned', 'stopped'],
  restricted: ['online', 'reconnecting', 'logged_out', 'banned', 'stopped'],
  logged_out: ['pairing', 'stopped'],
  banned: ['pairing', 'reconnecting', 'stopped'],
  stopped: ['pairing', 'reconnecting'],
}

export function canMoveSender(from: SenderStatus, to: SenderStatus): boolean {
  return allowsMove(senderTransitions, from, to)
}

/** The statuses a conditional update to `to` may start from. */
export function senderSources(to: SenderStatus): SenderStatus[] {
  return sourcesOf(senderTransitions, to)
}

/** Tells whether campaigns may go out now. A restricted sender only answers. */
export function canSendCampaigns(status: SenderStatus): boolean {
  return status === 'online'
}

/** Tells whether an answer to a person who wrote may go out now. */
export function canReply(status: SenderStatus): boolean {
  return status === 'online' || status === 'restricted'
}

/** Statuses whose session the owning process should keep alive or bring back by itself. */
export function wantsSession(status: SenderStatus): boolean {
  return status === 'online' || status === 'reconnecting' || status === 'restricted' || status === 'pairing'
}
