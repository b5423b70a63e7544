import type { CampaignStatus, ConsentState, Purpose } from './campaign.ts'
import type { CapUse } from './pacing.ts'
import type { QuietHours } from './quiet-hours.ts'
import type { SenderStatus } from './sender.ts'

/** What one campaign says to all its recipients. Instants in milliseconds since 1970. */
export type GateCampaign = {
  readonly status: CampaignStatus
  readonly purpose: Purpose
  /** The start of a campaign that is scheduled; null when it may go at once. */
  readonly startsAtMs: number | null
  /** Null when night silence is switched off. */
  readonly quietHours: QuietHours | null
  /** Marketing messages one person may get in the workspace's window; null for no cap. */
  readonly frequencyCap: number | null
  /** Marketing messages in a row without an answer after which a person is left alone; null for no limit. */
  readonly unansweredLimit: number | null
  /** Messages left in the plan; `renewsAtMs` null when it does not renew by itself. Null for no quota. */
  readonly quota: { readonly left: number; readonly renewsAtMs: number | null } | null
  /** What paid messages of the campaign may still cost, in millionths of a US dollar; null for no limit. */
  readonly budgetLeftMicros: number | null
  /** True when the message may only go inside the customer-service window (free-form text on Cloud API). */
  readonly needsOpenWindow: boolean
}

/** What one sender says to all recipients it serves. */
export type GateSender = {
  readonly status: SenderStatus
  /** True for a simulator that is told to: pacing, caps, warm-up and quiet hours do not hold. Everything else does. */
  readonly skipsLimits: boolean
  readonly guardianHalted: boolean
  /** While WhatsApp lets this number only answer; null when it does not. */
  readonly newChatsLockedUntilMs: number | null
  /** The pacing slot: the earliest instant for the next message. Null when the lane paces by itself. */
  readonly nextSlotAtMs: number | null
  /** From `capsOf`. */
  readonly caps: readonly CapUse[]
}

/** The part of the snapshot that a whole batch shares. */
export type GateShared = {
  readonly nowAtMs: number
  /** How long to wait where the end is not known (a paused campaign, a lost connection); something else wakes the lane first. */
  readonly recheckMs: number
  readonly campaign: GateCampaign
  readonly sender: GateSender
}

/** The part that differs from recipient to recipient. */
export type GateRecipient = {
  readonly hasAddress: boolean
  readonly active: boolean
  readonly erased: boolean
  /** Any alias of the contact is on the suppression list. */
  readonly suppressed: boolean
  /** For the campaign's purpose. */
  readonly consent: ConsentState
  /** From `recipientZone`. */
  readonly zone: string
  /** Not before: a delayed or cooled recipient, or a start at local time; null when due. */
  readonly notBeforeAtMs: number | null
  /** Marketing messages this person got within the frequency cap's window, from any campaign of the workspace. */
  readonly marketingInWindow: number
  /** Marketing messages since this person last wrote. */
  readonly unanswered: number
  /** End of the customer-service window; null when none was ever opened. */
  readonly windowUntilMs: number | null
  /** What the message costs beside those of the batch before it, in millionths of a US dollar; null where no price is known. */
  readonly costMicros: number | null
  /** True when this person and this sender already have a conversation. */
  readonly knownToSender: boolean
}

export type GateSnapshot = { readonly shared: GateShared; readonly recipient: GateRecipient }
