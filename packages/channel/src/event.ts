import type { RefusalAction } from '@siar/domain'
import type { ApprovalStatus, MetaCategory } from './template-desk.ts'

export type ReceiptKind = 'accepted' | 'delivered' | 'read' | 'refused'

/** What the channel says one message is charged as. Source: `pricing` of Cloud API statuses, channels.md §1. */
export interface ReceiptPricing {
  readonly billable: boolean
  readonly kind: 'regular' | 'free_customer_service' | 'free_entry_point'
  /** `marketing`, `utility`, `authentication`, `service` …, in lower case. */
  readonly category: string
}

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
  readonly pricing?: ReceiptPricing
}

export interface IncomingMedia {
  /**
   * `image`, `video`, `audio`, `document`, `sticker`; or what is no file and has no `ref`: `location`, `contacts`,
   * `reaction`, `order`, `unsupported`, with `text` saying what is in it.
   */
  readonly kind: string
  readonly mimeType: string
  readonly fileName: string | null
  /** For `Session.download`; null when the file cannot be fetched. */
  readonly ref: string | null
}

/** The advertisement a person came from. */
export interface Referral {
  readonly kind: 'ad' | 'post'
  readonly sourceId: string | null
  /** Meta's `ctwa_clid`; opens the free entry point when answered within 24 hours. */
  readonly clickId: string | null
}

export interface IncomingMessage {
  readonly type: 'message'
  readonly channelMessageId: string
  /** E.164 with "+", or the WhatsApp id when the number is hidden. */
  readonly from: string
  /** Other addresses of the same person that came along (LID, WhatsApp user id, number). */
  readonly aliases: readonly string[]
  readonly fromName: string | null
  readonly text: string
  readonly media: IncomingMedia | null
  /** The button that was pressed; `text` is then its title. */
  readonly button: { readonly id: string; readonly title: string } | null
  /** The channel's id of the message this one quotes or answers, when it says so. */
  readonly inReplyTo: string | null
  readonly referral: Referral | null
  readonly at: Date
}

/** The owner wrote to a person on the phone itself: a person has taken over. */
export interface OwnMessage {
  readonly type: 'own_message'
  readonly channelMessageId: string
  readonly to: string
  readonly text: string
  readonly at: Date
}

export interface PairingCode {
  readonly type: 'pairing'
  readonly kind: 'qr' | 'code'
  /** For `qr` the exact text to draw; for `code` the characters to type on the phone. */
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

/** A person used WhatsApp's own switch for marketing from this business. */
export interface MarketingChoice {
  readonly type: 'marketing_choice'
  readonly from: string
  readonly choice: 'stop' | 'resume'
  readonly at: Date
}

/** Two addresses turned out to be one person. */
export interface SamePerson {
  readonly type: 'same_person'
  readonly addresses: readonly string[]
  readonly at: Date
}

/** Until when WhatsApp lets the sender only answer; `until` null: it may begin chats again. */
export interface NewChatsLock {
  readonly type: 'new_chats_lock'
  readonly until: Date | null
  readonly at: Date
}

/** What the channel says about the number's standing; null where this event does not tell. */
export interface NumberStanding {
  readonly type: 'standing'
  readonly quality: 'green' | 'yellow' | 'red' | null
  /** Unique people outside of windows in 24 hours, shared by the numbers of one business; `unlimited` as Infinity. */
  readonly messagingLimit: number | null
  readonly messagesPerSecond: number | null
  /** The channel's id of the business whose numbers share `messagingLimit`. */
  readonly portfolio?: string | null
  readonly at: Date
}

/** A template's approval or category changed. */
export interface TemplateChange {
  readonly type: 'template'
  readonly remoteId: string
  readonly name: string
  readonly language: string
  readonly status: ApprovalStatus | null
  readonly category: MetaCategory | null
  readonly reason: string | null
  readonly at: Date
}

/** A line for the sender's own log: console errors, reconnects, warnings of the account. No text of messages, no numbers. */
export interface SessionNote {
  readonly type: 'note'
  /** Stable code, such as `console_error`, `account_warning`. */
  readonly kind: string
  readonly detail: string
  readonly at: Date
}

export type InboundEvent =
  | Receipt
  | IncomingMessage
  | OwnMessage
  | PairingCode
  | SessionState
  | PersonBlocked
  | MarketingChoice
  | SamePerson
  | NewChatsLock
  | NumberStanding
  | TemplateChange
  | SessionNote
