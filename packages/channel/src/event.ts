import type { RefusalAction } from '@siar/domain'

export type ReceiptKind = 'accepted' | 'delivered' | 'read' | 'refused'

/** What a channel says later about a message. May come twice, late and out of order. */
export interface Receipt {
  readonly type: 'receipt'
  /** The channel's own id of the message. */
  readonly channelMessageId: string
  /** Siar's id (`msg_…`), present where the channel echoes it. */
  readonly messageId: string | null
  readonly kind: ReceiptKind
  /** The channel's clock, UTC. */
  readonly at: Date
  /** Only with `refused`. */
  readonly refusal?: { readonly reason: string; readonly action: RefusalAction }
}

export interface IncomingMessage {
  readonly type: 'message'
  readonly channelMessageId: string
  /** E.164 with "+", or the WhatsApp id when the number is hidden. */
  readonly from: string
  readonly fromName: string | null
  readonly text: string
  readonly media: {
    readonly kind: string
    readonly mimeType: string
    readonly fileName: string | null
  } | null
  /** The channel's id of the message this one quotes or answers, when it says so. */
  readonly inReplyTo: string | null
  readonly at: Date
}

export interface PairingCode {
  readonly type: 'pairing'
  readonly kind: 'qr' | 'code'
  /** For `qr` the exact text to draw. */
  readonly data: string
  readonly expiresAt: Date
}

/** `blocked` events and the like arrive as refusals; these are states of the connection. */
export interface SessionState {
  readonly type: 'state'
  readonly state: 'pairing' | 'online' | 'reconnecting' | 'offline' | 'restricted' | 'logged_out' | 'banned'
  /** In plain words, for the log of the sender. */
  readonly reason: string | null
  /** The number the connection belongs to, once known (E.164). */
  readonly phone: string | null
  readonly at: Date
}

/** A person blocked or reported the sender (where the channel tells). */
export interface PersonBlocked {
  readonly type: 'blocked'
  readonly from: string
  readonly kind: 'block' | 'spam_report'
  readonly at: Date
}

export type InboundEvent = Receipt | IncomingMessage | PairingCode | SessionState | PersonBlocked
