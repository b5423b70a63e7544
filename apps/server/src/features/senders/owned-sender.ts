import type { Channel, ChannelCapabilities, Session } from '@siar/channel'
import type { SenderSettings } from '@siar/contract'
import type { AnyScope } from '@siar/database'
import type { ForwardedEvent } from './forwarded-event.ts'
import type { ChannelKind, SenderId, SenderStatus, WorkspaceId } from '@siar/domain'

/** A lease of one shard as this process holds it; every write for its senders is made under it. */
export interface Lease {
  /** 0–255. */
  readonly shard: number
  /** Grows with each change of owner. */
  readonly epoch: number
}

/** Who a session belongs to; what handlers of events are given. */
export interface SenderRef extends Lease {
  readonly senderId: SenderId
  readonly workspaceId: WorkspaceId
  readonly channel: ChannelKind
}

/**
 * A sender whose session lives in this process now. A snapshot: read it again from `ownedSenders()` for each turn.
 *
 * `session.send` answers `not_sent` by itself once the lease's own deadline has passed, so a process that was frozen
 * and wakes sends nothing that had not left already.
 */
export interface OwnedSender extends SenderRef {
  readonly session: Session
  /** What this sender can do: its channel's capabilities, narrowed by its own settings. */
  readonly capabilities: ChannelCapabilities
  readonly settings: SenderSettings
  /** As the session last said; `online` is the only one campaigns may use. */
  readonly status: SenderStatus
  readonly phone: string | null
  readonly useForCampaigns: boolean
  /** The day the number came into use (`2026-11-20`), or null. */
  readonly numberSince: string | null
  readonly pairedAt: Date | null
  /** The guardian lets only replies and service messages through. */
  readonly isHalted: boolean
  /** WhatsApp lets this number only answer until then; null or past when it may begin chats. */
  readonly newChatsLockedUntil: Date | null
  /** What the channel says the number may send in a second; null where it never told. */
  readonly throughputPerSecond: number | null
}

/**
 * Takes the events of one sender. The channel keeps them until the promise resolves and hands them over again after a
 * rejection: handle each at least once, and twice as once. May write under the lease of `sender`; a `LeaseLost` thrown
 * here leaves the events to the next owner.
 */
export type ForwardEvents = (sender: SenderRef, events: readonly ForwardedEvent[]) => Promise<void>

/** `opened`, `closed` and `updated` (status or settings) say which lane to start, end or look at again. */
export interface OwnedChange {
  readonly kind: 'opened' | 'closed' | 'updated'
  readonly senderId: SenderId
}

/** The lease is no longer this process's: leave the work to the new owner, write nothing. */
export class LeaseLost extends Error {
  constructor(lease: Lease) {
    super(`The lease of shard ${lease.shard}, epoch ${lease.epoch}, is lost`)
    this.name = 'LeaseLost'
  }
}

/** What lanes need of the sessions of this process. */
export interface OwnedSenders {
  /**
   * Senders whose lease is held and whose session is wanted, in every status, also while it is being brought back
   * (`send` then answers `not_sent`). Empty once the deadline has passed.
   */
  ownedSenders(): Iterable<OwnedSender>
  /** One of them, or null. Cheap: call it for each turn. */
  findOwned(senderId: string): OwnedSender | null
  /** Called in this process, after the change, never inside a transaction. @returns the way to stop. */
  onChange(handler: (change: OwnedChange) => void): () => void
  /**
   * Before leases are given back (shut-down, or a new process takes its share) the manager hands over the senders it
   * is about to close and waits, at most 4 s, for the promise: finish what is under way, begin nothing new.
   * `findOwned` answers null for them already, their sessions still send. @returns the way to stop.
   */
  onRelease(handler: (senderIds: readonly SenderId[]) => Promise<void>): () => void
  /**
   * Locks the lease row for the rest of the transaction, so that nobody takes the shard over before it ends, and gives
   * the transaction the short timeouts a take-over counts on (idle 4 s, lock 3 s, statement 10 s).
   *
   * Call it first in every transaction that claims, writes an attempt or an outcome. Works in both scopes. Locks of
   * several transactions on one shard do not wait for each other, nor for the beat.
   *
   * @throws LeaseLost when the lease is not held under this epoch any more.
   */
  lockLease(scope: AnyScope, lease: Lease): Promise<void>
  /** Several shards at once, for batches over many senders. @throws LeaseLost when any of them is lost. */
  lockLeases(scope: AnyScope, leases: readonly Lease[]): Promise<void>
  /**
   * Tells what a refusal revealed about the sender itself (`stop_sender`: banned or signed out). Moves its status, ends
   * its session where the status ends it, and runs the hook for bans.
   */
  reportState(
    senderId: string,
    state: 'restricted' | 'logged_out' | 'banned' | 'offline',
    reason: string,
  ): Promise<void>
}

/** Opens and keeps the sessions of the shards this process owns. */
export interface SessionManager extends OwnedSenders {
  readonly processId: string
  /** Beats at once: with no other process alive everything is owned when this resolves and sessions are opening. */
  start(): Promise<void>
  /** Drains the lanes, closes the sessions, gives the leases back. Idempotent. */
  stop(): Promise<void>
  /** Numbers for the health page. */
  stats(): { readonly shards: number; readonly sessions: number; readonly online: number }
}

export type Channels = ReadonlyMap<ChannelKind, Channel>
