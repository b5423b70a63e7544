import type { OutboundMessage, SendOutcome } from '@siar/channel'
import { assertNever, hashFraction, refusalReasons } from '@siar/domain'
import type { RefusalReason } from '@siar/domain'
import { takeUpEarlier } from './earlier-frames.ts'
import { actionOf } from './failure-rule.ts'
import type { SendEnd } from './failure-rule.ts'
import type { Account, NetworkState } from './network-state.ts'
import { letPersonReact, receiptOf } from './people.ts'
import type { SentMessage } from './people.ts'

const retryAfterMs = 1_000

function refuse(reason: RefusalReason): SendOutcome {
  return { kind: 'refused', reason, action: refusalReasons[reason].action }
}

/** What the state of the sender itself makes of a call, or null when it may go out. */
function stateRefusal(account: Account, to: string): SendOutcome | null {
  if (account.isBanned) return refuse('sender_banned')
  if (!account.isLinked) return refuse('sender_signed_out')
  if (!account.isOpen || account.state !== 'online') {
    return { kind: 'not_sent', reason: 'not_connected', retryAfterMs }
  }
  if (account.isRestricted && !account.wroteBy.has(to)) return refuse('new_chats_locked')
  return null
}

/** The end by rule, else by the sender's failure shares, else by whether the number exists. */
function chooseEnd(network: NetworkState, account: Account, to: string): SendEnd {
  const byRule = network.rules.take(account.senderId, to)
  if (byRule) return byRule
  account.calls += 1
  const { refused, notSent, unknown } = account.settings.failures
  if (refused + notSent + unknown > 0) {
    const chance = hashFraction(`${network.options.seed}/${account.senderId}/${account.calls}`)
    if (chance < refused) return { kind: 'refused', reason: 'other' }
    if (chance < refused + notSent) return { kind: 'not_sent' }
    if (chance < refused + notSent + unknown) return { kind: 'unknown', shown: account.calls % 2 === 0 }
  }
  if (!network.person(to).onWhatsApp) return { kind: 'refused', reason: 'not_on_whatsapp' }
  return { kind: 'accepted' }
}

function recordFrame(
  network: NetworkState,
  account: Account,
  message: OutboundMessage,
  shown: boolean,
): void {
  network.options.record.append({
    at: network.options.now().toISOString(),
    senderId: account.senderId,
    messageId: message.messageId,
    to: message.to,
    shown,
  })
}

/** The frame arrives: it is recorded, and shown unless its id was shown before or the person blocked the sender. */
function arrive(network: NetworkState, account: Account, message: OutboundMessage): SentMessage {
  const { dedupesOurId, echoesOurId } = account.settings
  const { messageId, to } = message
  takeUpEarlier(network, account)
  const known = dedupesOurId ? account.seen.find(messageId) : undefined
  if (known !== undefined) {
    network.tally.repeated += 1
    recordFrame(network, account, message, false)
    return { messageId, to, channelMessageId: known }
  }
  const channelMessageId = echoesOurId ? `SIM-${messageId}` : network.newChannelId()
  const isBlocked = account.blockedBy.has(to)
  const sent = { messageId, to, channelMessageId }
  if (dedupesOurId) account.seen.add(messageId, channelMessageId)
  recordFrame(network, account, message, !isBlocked)
  if (!isBlocked) letPersonReact(network, account, sent, network.person(to))
  return sent
}

function settleUnknown(network: NetworkState, account: Account, message: OutboundMessage): void {
  const sent = arrive(network, account, message)
  account.outbox.push(receiptOf(network, account, sent, 'accepted'))
}

function refuseLate(
  network: NetworkState,
  account: Account,
  message: OutboundMessage,
  reason: RefusalReason,
): SendOutcome {
  const channelMessageId = account.settings.echoesOurId ? `SIM-${message.messageId}` : network.newChannelId()
  recordFrame(network, account, message, false)
  const receipt = receiptOf(network, account, { ...message, channelMessageId }, 'refused')
  account.outbox.push({ ...receipt, refusal: { reason, action: refusalReasons[reason].action } })
  return { kind: 'accepted', channelMessageId }
}

/**
 * Takes one call as far as the network: what it records and shows, and what it answers.
 *
 * @returns null for a call that is never answered.
 */
export function dispatch(
  network: NetworkState,
  account: Account,
  message: OutboundMessage,
): SendOutcome | null {
  const stopped = stateRefusal(account, message.to)
  if (stopped) return stopped
  const end = chooseEnd(network, account, message.to)
  switch (end.kind) {
    case 'accepted':
      return { kind: 'accepted', channelMessageId: arrive(network, account, message).channelMessageId }
    case 'refused':
      recordFrame(network, account, message, false)
      return {
        kind: 'refused',
        reason: end.reason,
        action: actionOf(end.reason, end.action),
        ...(end.retryAfterMs === undefined ? {} : { retryAfterMs: end.retryAfterMs }),
      }
    case 'refused_late':
      return refuseLate(network, account, message, end.reason)
    case 'not_sent':
      return { kind: 'not_sent', reason: 'not_connected', retryAfterMs: end.retryAfterMs ?? retryAfterMs }
    case 'unknown':
      if (end.shown) settleUnknown(network, account, message)
      return { kind: 'unknown', reason: 'connection_lost' }
    case 'hangs':
      if (end.shown) settleUnknown(network, account, message)
      return null
    default:
      return assertNever(end, 'end of a call')
  }
}
