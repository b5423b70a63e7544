import type { SendOutcome } from '@siar/channel'
import { assertNever, hashFraction, refusalReasons } from '@siar/domain'
import type { RefusalAction, RefusalReason } from '@siar/domain'
import { takeUpEarlier } from './earlier-frames.ts'
import { actionOf } from './failure-rule.ts'
import type { SendEnd } from './failure-rule.ts'
import { officialIdOf } from './network-message.ts'
import type { NetworkMessage } from './network-message.ts'
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

/** Whether the message can come to the person at all; the official service tells late that it cannot. */
function endByPerson(network: NetworkState, account: Account, to: string): SendEnd {
  const { onWhatsApp } = network.person(to)
  if (account.settings.official) {
    const isReachable = onWhatsApp && !account.blockedBy.has(to)
    return isReachable ? { kind: 'accepted' } : { kind: 'refused_late', reason: 'undeliverable' }
  }
  return onWhatsApp ? { kind: 'accepted' } : { kind: 'refused', reason: 'not_on_whatsapp' }
}

/** The end by rule, else by the sender's failure shares, else by whether the person can be reached. */
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
  return endByPerson(network, account, to)
}

function recordFrame(network: NetworkState, account: Account, message: NetworkMessage, shown: boolean): void {
  network.options.record.append({
    at: network.options.now().toISOString(),
    senderId: account.senderId,
    messageId: message.messageId,
    to: message.to,
    shown,
  })
}

function channelIdOf(network: NetworkState, account: Account, message: NetworkMessage): string {
  const { echoesOurId, official } = account.settings
  if (message.channelMessageId !== undefined) return message.channelMessageId
  if (official) return officialIdOf(message.to, network.newChannelId())
  return echoesOurId ? `SIM-${message.messageId}` : network.newChannelId()
}

/** The frame arrives: it is recorded, and shown unless its id was shown before or the person blocked the sender. */
function arrive(network: NetworkState, account: Account, message: NetworkMessage): SentMessage {
  const { dedupesOurId, official } = account.settings
  const { messageId, to } = message
  takeUpEarlier(network, account)
  const known = dedupesOurId ? account.seen.find(messageId) : undefined
  if (known !== undefined) {
    network.tally.repeated += 1
    recordFrame(network, account, message, false)
    return { messageId, to, channelMessageId: known }
  }
  const channelMessageId = channelIdOf(network, account, message)
  const isBlocked = account.blockedBy.has(to)
  const sent = { messageId, to, channelMessageId, ...(message.pricing ? { pricing: message.pricing } : {}) }
  if (dedupesOurId) account.seen.add(messageId, channelMessageId)
  recordFrame(network, account, message, !isBlocked)
  account.windows.answered(to, network.nowMs())
  if (official) account.outbox.push(receiptOf(network, account, sent, 'accepted'))
  if (!isBlocked) letPersonReact(network, account, sent, network.person(to))
  return sent
}

function settleUnknown(network: NetworkState, account: Account, message: NetworkMessage): void {
  const sent = arrive(network, account, message)
  if (!account.settings.official) account.outbox.push(receiptOf(network, account, sent, 'accepted'))
}

function refuseLate(
  network: NetworkState,
  account: Account,
  message: NetworkMessage,
  refusal: { readonly reason: string; readonly action: RefusalAction },
): SendOutcome {
  const channelMessageId = channelIdOf(network, account, message)
  recordFrame(network, account, message, false)
  const receipt = receiptOf(network, account, { ...message, channelMessageId }, 'refused')
  account.outbox.push({ ...receipt, refusal })
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
  message: NetworkMessage,
): SendOutcome | null {
  const stopped = stateRefusal(account, message.to)
  if (stopped) return stopped
  if (message.refusal) return refuseLate(network, account, message, message.refusal)
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
      return refuseLate(network, account, message, {
        reason: end.reason,
        action: refusalReasons[end.reason].action,
      })
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
