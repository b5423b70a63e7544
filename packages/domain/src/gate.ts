import { assertNever } from './assert-never.ts'
import type { CampaignStatus } from './campaign.ts'
import type { DelayReason } from './delay-reason.ts'
import type { GateRecipient, GateShared, GateSnapshot } from './gate-snapshot.ts'
import { capRoom } from './pacing.ts'
import { quietUntilMs } from './quiet-hours.ts'
import type { SkipReason } from './skip-reason.ts'

export type GateDelay = { readonly kind: 'delay'; readonly untilMs: number; readonly reason: DelayReason }
export type GateSkip = { readonly kind: 'skip'; readonly reason: SkipReason }
export type GateVerdict = { readonly kind: 'allow' } | GateDelay | GateSkip

const allow: GateVerdict = { kind: 'allow' }

/** A gate with the shared part of a batch already weighed. */
export type PreparedGate = {
  readonly decide: (recipient: GateRecipient) => GateVerdict
  /** Messages the caps allow from now on; the caller allows no more than that in this batch. Infinity when nothing caps. */
  readonly room: number
}

/**
 * Decides whether one recipient may be sent to now.
 *
 * Pure: the same snapshot always gives the same verdict, so the forecast and the lane share it.
 *
 * @param snapshot Everything the decision needs, read at one instant; instants in milliseconds since 1970, caps in messages.
 * @returns `allow`, `delay` (with the earliest instant worth asking again, always after now) or `skip` (with a reason that is
 *          shown to people). A skip wins over a delay. When several delays bind, the one that holds longest wins, so a
 *          message does not wake up in vain.
 * Source: windows of Cloud API, channels.md §1; health, channels.md §6; night silence, product.md K3.
 */
export function decide(snapshot: GateSnapshot): GateVerdict {
  return prepareGate(snapshot.shared).decide(snapshot.recipient)
}

/** The same decision for a batch: weighs campaign and sender once. The verdicts are those of `decide`. */
export function prepareGate(shared: GateShared): PreparedGate {
  const sharedDelay = longest(campaignDelay(shared), senderDelay(shared), capDelay(shared))
  return {
    decide: (recipient) => {
      const reason = skipReasonOf(shared, recipient)
      if (reason !== null) return { kind: 'skip', reason }
      return longest(sharedDelay, recipientDelay(shared, recipient)) ?? allow
    },
    room: roomOf(shared),
  }
}

function skipReasonOf(shared: GateShared, recipient: GateRecipient): SkipReason | null {
  const { campaign } = shared
  if (campaign.status === 'cancelled') return 'cancelled'
  const unreachable = contactSkip(recipient)
  if (unreachable !== null) return unreachable
  const marketing = campaign.purpose === 'marketing' ? marketingSkip(shared, recipient) : null
  if (marketing !== null) return marketing
  const sendsAtMs = Math.max(shared.nowAtMs, recipient.notBeforeAtMs ?? 0)
  if (campaign.needsOpenWindow && (recipient.windowUntilMs ?? 0) <= sendsAtMs) return 'window_closed'
  if (campaign.quota && campaign.quota.left <= 0 && campaign.quota.renewsAtMs === null) return 'quota'
  return moneySkip(campaign.budgetLeftMicros, recipient.costMicros)
}

/** What is free of charge goes out also when the limit is reached; a price nobody knows cannot be held against a limit. */
function moneySkip(leftMicros: number | null, costMicros: number | null): SkipReason | null {
  if (leftMicros === null || costMicros === 0) return null
  if (costMicros === null) return 'price_unknown'
  return costMicros > leftMicros ? 'budget' : null
}

function contactSkip(recipient: GateRecipient): SkipReason | null {
  if (recipient.erased) return 'contact_erased'
  if (!recipient.hasAddress) return 'no_address'
  if (!recipient.active) return 'contact_inactive'
  return recipient.suppressed ? 'suppressed' : null
}

function marketingSkip({ campaign }: GateShared, recipient: GateRecipient): SkipReason | null {
  if (recipient.consent === 'withdrawn') return 'consent_withdrawn'
  if (recipient.consent === 'unknown') return 'no_consent'
  if (campaign.frequencyCap !== null && recipient.marketingInWindow >= campaign.frequencyCap)
    return 'frequency_cap'
  if (campaign.unansweredLimit !== null && recipient.unanswered >= campaign.unansweredLimit)
    return 'unanswered'
  return null
}

function campaignDelay({ campaign, nowAtMs, recheckMs }: GateShared): GateDelay | null {
  const status = statusDelay(campaign.status)
  const held = status && delayUntil(nowAtMs + recheckMs, status, nowAtMs)
  const starts = delayUntil(campaign.startsAtMs, 'campaign_not_started', nowAtMs)
  const renewal = campaign.quota && campaign.quota.left <= 0 ? campaign.quota.renewsAtMs : null
  const spent = renewal === null ? null : delayUntil(Math.max(renewal, nowAtMs + recheckMs), 'quota', nowAtMs)
  return longest(held, starts, spent)
}

function statusDelay(status: CampaignStatus): DelayReason | null {
  switch (status) {
    case 'running':
    case 'cancelled':
      return null
    case 'draft':
    case 'scheduled':
    case 'overdue':
      return 'campaign_not_started'
    case 'paused':
    case 'completed':
      return 'campaign_paused'
    case 'halted':
      return 'campaign_halted'
    default:
      return assertNever(status, 'campaign status')
  }
}

function senderDelay({ sender, nowAtMs, recheckMs }: GateShared): GateDelay | null {
  const recheckAtMs = nowAtMs + recheckMs
  if (sender.guardianHalted) return delayUntil(recheckAtMs, 'guardian', nowAtMs)
  if (sender.status === 'online') return null
  return delayUntil(
    recheckAtMs,
    sender.status === 'restricted' ? 'sender_restricted' : 'sender_not_online',
    nowAtMs,
  )
}

function capDelay({ sender, nowAtMs, recheckMs }: GateShared): GateDelay | null {
  if (sender.skipsLimits) return null
  let delay = delayUntil(sender.nextSlotAtMs, 'pacing', nowAtMs)
  for (const cap of sender.caps) {
    if (capRoom(cap) > 0) continue
    const freesAtMs = cap.freesAtMs > nowAtMs ? cap.freesAtMs : nowAtMs + recheckMs
    delay = longest(delay, delayUntil(freesAtMs, cap.kind, nowAtMs))
  }
  return delay
}

function recipientDelay(
  { campaign, sender, nowAtMs }: GateShared,
  recipient: GateRecipient,
): GateDelay | null {
  const later = delayUntil(recipient.notBeforeAtMs, 'recipient_later', nowAtMs)
  const locked = recipient.knownToSender
    ? null
    : delayUntil(sender.newChatsLockedUntilMs, 'new_chats_locked', nowAtMs)
  if (campaign.quietHours === null || sender.skipsLimits) return longest(later, locked)
  const quiet = delayUntil(quietUntilMs(campaign.quietHours, recipient.zone, nowAtMs), 'quiet_hours', nowAtMs)
  return longest(later, locked, quiet)
}

function delayUntil(untilMs: number | null, reason: DelayReason, nowAtMs: number): GateDelay | null {
  return untilMs === null || untilMs <= nowAtMs ? null : { kind: 'delay', untilMs, reason }
}

function longest(...delays: readonly (GateDelay | null)[]): GateDelay | null {
  let winner: GateDelay | null = null
  for (const delay of delays) if (delay && (!winner || delay.untilMs > winner.untilMs)) winner = delay
  return winner
}

function roomOf({ campaign, sender }: GateShared): number {
  let room = campaign.quota?.left ?? Infinity
  if (sender.skipsLimits) return Math.max(0, room)
  for (const cap of sender.caps) room = Math.min(room, capRoom(cap))
  return Math.max(0, room)
}
