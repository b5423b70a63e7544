import type { ChannelKind } from '@siar/domain'
import type { InboundEvent } from './event.ts'
import type { SendOutcome } from './outcome.ts'

/** What a channel can do, as data; callers ask before they call, so nothing fails with "not implemented". */
export interface ChannelCapabilities {
  readonly text: true
  readonly media: readonly ('image' | 'document' | 'video' | 'audio')[]
  /** Receipts carry the id that Siar made, so an ambiguous send can be settled. */
  readonly echoesOurId: boolean
  /** A second send with the same id is shown to the person once; only then may a lost attempt be sent again. */
  readonly dedupesOurId: boolean
  readonly typing: boolean
  readonly pairing: readonly ('qr' | 'code')[]
  /** Official or simulated channels accept many messages at once; the others are sent one by one. */
  readonly sends: 'batched' | 'one_by_one'
  /** Sends in flight at once for `batched` channels, 1–1,000. */
  readonly concurrencyMax: number
  readonly checksExistence: boolean
}

export interface OutboundMedia {
  readonly kind: 'image' | 'document' | 'video' | 'audio'
  readonly mimeType: string
  readonly fileName: string
  readonly sizeBytes: number
  /** Reads the whole file; called at most once for each send. */
  readonly read: () => Promise<Uint8Array>
}

export interface OutboundMessage {
  /** Siar's id of this attempt (`msg_…`), stored before the call. */
  readonly messageId: string
  /** E.164 with "+", or a WhatsApp id for people known without a number. */
  readonly to: string
  readonly text: string
  readonly media?: OutboundMedia
}

export interface OpenRequest {
  readonly senderId: string
  /** The sender's own number when it is known (E.164); pairing may reveal it later. */
  readonly phone: string | null
  /** Channel-specific settings, already validated by the channel's own schema. */
  readonly settings: Readonly<Record<string, unknown>>
  /**
   * Asked right before a message or a connection leaves this machine, however long it waited for its turn: false once
   * another process may hold the session. What has not left by then ends as `not_sent`.
   */
  readonly mayAct?: () => boolean
}

/**
 * Receives everything a session reports.
 *
 * The promise is back pressure: an adapter keeps an event until the promise resolves and hands it over again after a
 * rejection, so an event may come twice and never gets lost. Order is kept per person only.
 */
export type SessionListener = (events: readonly InboundEvent[]) => Promise<void>

/** One live connection of one sender. It exists in one process at a time; the caller guarantees that. */
export interface Session {
  readonly senderId: string
  /** The channel's capabilities, narrowed by the settings of this sender. */
  readonly capabilities: ChannelCapabilities
  /**
   * Hands one message to the channel.
   *
   * Never throws for an expected end: a refusal, a lost line or a timeout is an outcome. Rejects only on a bug.
   * @param signal Ends the wait; the outcome is then `unknown` unless nothing left the machine.
   */
  send(message: OutboundMessage, signal?: AbortSignal): Promise<SendOutcome>
  /** Shows "typing…" to the person for about `durationMs`; does nothing where `capabilities.typing` is false. */
  showTyping(to: string, durationMs: number): Promise<void>
  /** Ends the connection and keeps the credentials. Idempotent. */
  close(): Promise<void>
  /** Unlinks the sender for good; credentials are gone afterwards. */
  logOut(): Promise<void>
}

/** One kind of connection to WhatsApp. Consent, pacing and caps live above this port; no adapter can skip them. */
export interface Channel {
  readonly kind: ChannelKind
  readonly capabilities: ChannelCapabilities
  /**
   * Starts the connection of a sender and returns at once; progress arrives at `listener` as `state` and `pairing`
   * events. A sender without credentials starts pairing.
   */
  open(request: OpenRequest, listener: SessionListener): Promise<Session>
}
