import type { ChannelKind } from '@siar/domain'
import type { ChannelCapabilities } from './capabilities.ts'
import type { Directory } from './directory.ts'
import type { InboundEvent } from './event.ts'
import type { OpenRequest } from './open-request.ts'
import type { OutboundMessage } from './outbound.ts'
import type { SendOutcome } from './outcome.ts'
import type { TemplateDesk } from './template-desk.ts'
import type { ChannelWebhook } from './webhook.ts'

/**
 * Receives everything a session reports.
 *
 * The promise is back pressure: an adapter keeps an event until the promise resolves and hands it over again after a
 * rejection, so an event may come twice and never gets lost. Order is kept per person only.
 */
export type SessionListener = (events: readonly InboundEvent[]) => Promise<void>

/** A file a person sent, as it left the channel. */
export interface DownloadedMedia {
  readonly mimeType: string
  readonly fileName: string | null
  readonly data: Uint8Array
}

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
  /** Shows the person that a message of theirs was read; does nothing where the channel knows no such thing. */
  markRead(from: string, channelMessageId: string): Promise<void>
  /**
   * Fetches a file that came in, by the `ref` of its event, at most `bytesMax` bytes.
   *
   * @returns null when it is gone or larger. Rejects with `ChannelUnavailable` when it may be asked for again.
   */
  download(ref: string, bytesMax: number, signal?: AbortSignal): Promise<DownloadedMedia | null>
  /** Look-ups; null where the channel has none. */
  readonly directory: Directory | null
  /** Approved templates; null where the channel has none. */
  readonly templates: TemplateDesk | null
  /** A picture of the session's page (PNG); null where there is no page. */
  readonly screenshot: (() => Promise<Uint8Array>) | null
  /**
   * Takes items that `Channel.webhook` cut out, in the order they came, and resolves when the listener has taken all
   * their events. A rejection means: hand all of them over again. An item it cannot read is passed over, never rejected.
   * Does nothing where `capabilities.webhooks` is false.
   */
  takeWebhooks(items: readonly unknown[]): Promise<void>
  /** Ends the connection and keeps the credentials. Idempotent. */
  close(): Promise<void>
  /** Unlinks the sender for good; credentials are gone afterwards. */
  logOut(): Promise<void>
}

/** One kind of connection to WhatsApp. Consent, pacing and caps live above this port; no adapter can skip them. */
export interface Channel {
  readonly kind: ChannelKind
  readonly capabilities: ChannelCapabilities
  /** How its webhooks are read; null where events come over the session's own connection only. */
  readonly webhook: ChannelWebhook | null
  /**
   * Starts the connection of a sender and returns at once; progress arrives at `listener` as `state` and `pairing`
   * events. A sender without credentials starts pairing.
   */
  open(request: OpenRequest, listener: SessionListener): Promise<Session>
}
