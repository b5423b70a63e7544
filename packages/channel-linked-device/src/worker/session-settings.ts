import type { Egress, PairingWish } from '@siar/channel'
import type { BackoffLimits } from '../backoff.ts'
import type { PermitBuffer } from '../permit.ts'

/** Another server than WhatsApp's, for tests: said out loud by whoever builds the channel, never by a sender's settings. */
export interface StandIn {
  /** `ws://127.0.0.1:…/ws/chat`. */
  readonly url: string
  /** The key its certificates end in; WhatsApp's own is not trusted then. 32 bytes. */
  readonly rootPublicKey: Uint8Array
  /** What its host of files is trusted by. */
  readonly mediaCertificatePem: string
}

/** What every session of a channel is run with. */
export interface RunSettings {
  readonly standIn: StandIn | null
  readonly backoff: BackoffLimits
  /** How long the server may take for its word on a message. */
  readonly ackTimeoutMs: number
  /** How long a log-in may take; a server that says nothing is given up then. */
  readonly loginTimeoutMs: number
  /** How often a quiet connection is checked. */
  readonly keepAliveMs: number
}

/** One session as it is handed to its thread. */
export interface SessionOrder {
  readonly senderId: string
  readonly egress: Egress
  readonly pairing: PairingWish
  readonly permit: PermitBuffer
}
