import type { Channel } from '../channel.ts'
import type { KnownPerson } from '../directory.ts'
import type { OpenRequest } from '../open-request.ts'

/** What a person writes. */
export interface KitIncoming {
  readonly text: string
  readonly media?: {
    readonly kind: string
    readonly mimeType: string
    readonly fileName: string
    readonly data: Uint8Array
  }
  readonly button?: { readonly id: string; readonly title: string }
}

/** Whom a sender knows. */
export interface KitAcquaintances {
  readonly groups: readonly {
    readonly id: string
    readonly name: string
    readonly members: readonly KnownPerson[]
  }[]
  readonly addressBook: readonly KnownPerson[]
}

/** How the next call of a sender ends. */
export type KitEnd = 'refused' | 'refused_late' | 'not_sent' | 'unknown_shown' | 'unknown_lost' | 'hangs'

/**
 * What the kit needs of the world behind an adapter: the adapter itself, unchanged, and hands on what it talks to.
 *
 * Every function acts on that world, never on the adapter.
 */
export interface ChannelHarness {
  readonly channel: Channel
  /** How long an event may take before a test gives up; 8 s unless told. */
  readonly patienceMs?: number
  /** A sender with credentials: it comes online by itself. */
  linkedSender(): OpenRequest
  /** A sender without credentials, or null where the channel has no pairing. */
  newSender(): OpenRequest | null
  /** The phone scans what was shown; true when it paired. */
  scan(senderId: string, data: string): Promise<boolean>
  /** A number whose owner receives and reads at once and does nothing else. */
  reader(): string
  /** A number that is not on WhatsApp. */
  absentee(): string
  endNextCall(senderId: string, end: KitEnd): Promise<void>
  /** From now on receipts of this sender come twice and in the wrong order. */
  disturbReceipts(senderId: string): Promise<void>
  /**
   * A person writes to the sender; a channel without buttons or media shows what it can.
   *
   * @returns the channel's id.
   */
  incoming(senderId: string, from: string, message: KitIncoming): Promise<string>
  /** The connection breaks and comes back by itself. */
  breakConnection(senderId: string): Promise<void>
  logOutByPhone(senderId: string): Promise<void>
  ban(senderId: string): Promise<void>
  /** Whom a sender knows in that world, the sender itself left out. */
  knows(senderId: string): KitAcquaintances
  /** How often people saw a message with this id. */
  shownTimes(messageId: string): Promise<number>
  close(): Promise<void>
}
