import type { SendOutcome } from '@siar/channel'
import { coolDownMs, recipientAfterRefusal } from '@siar/domain'
import type { RefusalAction } from '@siar/domain'
import type { Move } from './moves.repo.ts'
import type { ReceiptRow } from './receipts.repo.ts'

/** Tries after which a message that is refused "for later" again and again counts as failed. */
export const attemptsMax = 12

/** Tries of an ambiguous message under one id, and the pause in which receipts may settle it first. */
const resendsMax = 6
const settleMs = 5_000
const retryLaterMs = 60_000
const senderStoppedMs = 5 * 60_000
const personDelayBaseMs = 4_000

/** A message on its way, from the written attempt to the written outcome. */
export interface InFlight {
  readonly attemptId: string
  readonly recipientId: string
  readonly contactId: string
  readonly senderId: string
  readonly runId: string
  readonly shard: number
  readonly epoch: number
  readonly text: string
  readonly mediaId: string | null
  /** What it is expected to cost, in millionths of a US dollar; null when free. */
  readonly costMicros?: number | null
  /** Tries of this recipient, this one included. */
  readonly attempts: number
  /** Why an earlier try ended, where that decides about this one. */
  readonly lastReason?: string | null
  /** It goes again under the id of an earlier try: receipts of that try count. */
  readonly isResent: boolean
  readonly dedupesOurId: boolean
  readonly echoesOurId: boolean
}

const still: Omit<Move, 'attemptId' | 'recipientId' | 'target'> = {
  reason: null,
  dueAt: null,
  sameId: false,
  acceptedAt: null,
  deliveredAt: null,
  readAt: null,
}

/** Where an outcome takes its recipient. Pure. */
export function moveOfOutcome(flight: InFlight, outcome: SendOutcome, now: Date): Move {
  const { attemptId, recipientId } = flight
  switch (outcome.kind) {
    case 'accepted':
      return { ...still, attemptId, recipientId, target: 'accepted', acceptedAt: now }
    case 'unknown':
      return moveOfUnknown(flight, outcome.reason, now)
    case 'not_sent':
      return later(flight, outcome.reason, outcome.retryAfterMs, now)
    case 'refused':
      return moveOfRefusal(flight, outcome, now)
    default:
      return outcome satisfies never
  }
}

type Refused = Extract<SendOutcome, { kind: 'refused' }>

function moveOfRefusal(flight: InFlight, outcome: Refused, now: Date): Move {
  const { attemptId, recipientId } = flight
  const { action, reason } = outcome
  const target = recipientAfterRefusal(action)
  if (target === 'unknown') return moveOfUnknown(flight, reason, now)
  const isRepeated = action === 'upload_again' && flight.lastReason === reason
  if (target === 'refused' || isRepeated)
    return { ...still, attemptId, recipientId, target: 'refused', reason }
  const move = later(flight, reason, outcome.retryAfterMs ?? retryDelayMs(action, flight.attempts), now)
  return action === 'upload_again' ? { ...move, reason } : move
}

/** Only where the channel shows an id once may an ambiguous message go again, under that id. */
function moveOfUnknown(flight: InFlight, reason: string, now: Date): Move {
  const { attemptId, recipientId } = flight
  if (!flight.dedupesOurId || flight.attempts >= resendsMax) {
    return { ...still, attemptId, recipientId, target: 'unknown', reason }
  }
  return {
    ...still,
    attemptId,
    recipientId,
    target: 'queued',
    sameId: true,
    dueAt: new Date(now.getTime() + settleMs),
  }
}

/** A message that an earlier try may have brought keeps its id, and is never called failed: somebody may have it. */
function later(flight: InFlight, reason: string, delayMs: number, now: Date): Move {
  const { attemptId, recipientId, isResent } = flight
  const move = { ...still, attemptId, recipientId, reason }
  if (flight.attempts >= attemptsMax) return { ...move, target: isResent ? 'unknown' : 'refused' }
  const dueAt = new Date(now.getTime() + delayMs)
  return { ...move, reason: null, target: 'queued', sameId: isResent, dueAt }
}

/** How long a recipient waits after a refusal that means later. Source: channels.md §0.4, §1. */
export function retryDelayMs(action: RefusalAction, attempts: number): number {
  switch (action) {
    case 'cool_recipient':
      return coolDownMs
    case 'delay_recipient':
      return Math.min(coolDownMs, personDelayBaseMs * 4 ** Math.max(0, attempts - 1))
    case 'upload_again':
      return 1_000
    case 'stop_sender':
    case 'stop_account':
    case 'stop_campaign':
    case 'stop_campaign_on_sender':
    case 'stop_new_chats':
      return senderStoppedMs
    case 'retry_later':
    case 'slow_sender':
    case 'settle':
    case 'drop_recipient':
    case 'opt_out':
    case 'needs_template':
    case 'our_fault':
      return retryLaterMs
    default:
      return action satisfies never
  }
}

const steps = ['accepted', 'delivered', 'read'] as const

type Said = Pick<ReceiptRow, 'kind' | 'at' | 'reason'>

/**
 * Adds what receipts say to a move, or makes one of them alone. They come twice, late and out of order: the furthest
 * counts, and a receipt of any progress says more than an unknown end or a wish to try again. A refusal counts unless
 * the person has the message.
 */
export function withReceipts(
  attempt: Pick<Move, 'attemptId' | 'recipientId'>,
  outcome: Move | null,
  receipts: readonly Said[],
): Move {
  const from: Move = outcome ?? { ...still, ...attempt, target: 'accepted' }
  const readAt = earliest(receipts, ['read'])
  const deliveredAt = earliest(receipts, ['delivered', 'read'])
  const acceptedAt = earliest(receipts, steps)
  const times = {
    acceptedAt: from.acceptedAt ?? acceptedAt,
    deliveredAt: from.deliveredAt ?? deliveredAt,
    readAt: from.readAt ?? readAt,
  }
  const settled = { ...from, ...times, reason: null, dueAt: null, sameId: false }
  if (readAt) return { ...settled, target: 'read' }
  if (deliveredAt) return { ...settled, target: 'delivered' }
  const refusal = receipts.find(({ kind }) => kind === 'refused')
  if (refusal) return { ...settled, target: 'refused', reason: refusal.reason }
  return acceptedAt ? { ...settled, target: 'accepted' } : from
}

/** The first instant at which one of these kinds was said; null when none was. */
function earliest(receipts: readonly Said[], kinds: readonly Said['kind'][]): Date | null {
  const instants = receipts.filter(({ kind }) => kinds.includes(kind)).map(({ at }) => at.getTime())
  return instants.length === 0 ? null : new Date(Math.min(...instants))
}
