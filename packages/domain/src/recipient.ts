import { allowsMove, sourcesOf } from './transitions.ts'
import type { Transitions } from './transitions.ts'

/** The life of one recipient of one run. Source: architecture.md §4. */
export const recipientStatuses = [
  'queued',
  'claimed',
  'dispatching',
  'accepted',
  'delivered',
  'read',
  'replied',
  'refused',
  'unknown',
  'abandoned',
  'skipped',
  'cancelled',
] as const

export type RecipientStatus = (typeof recipientStatuses)[number]

/**
 * Every allowed move. Receipts may skip steps forward; `dispatching → queued` only when nothing left the machine or
 * the refusal means later; `unknown → queued | abandoned` only by a person or where the channel dedupes our id.
 */
export const recipientTransitions: Transitions<RecipientStatus> = {
  queued: ['claimed', 'skipped', 'cancelled'],
  claimed: ['queued', 'dispatching', 'skipped', 'cancelled'],
  dispatching: ['queued', 'accepted', 'delivered', 'read', 'replied', 'refused', 'unknown'],
  accepted: ['delivered', 'read', 'replied', 'refused'],
  delivered: ['read', 'replied'],
  read: ['replied'],
  replied: [],
  refused: ['queued'],
  unknown: ['accepted', 'delivered', 'read', 'refused', 'queued', 'abandoned'],
  abandoned: [],
  skipped: [],
  cancelled: [],
}

export function canMoveRecipient(from: RecipientStatus, to: RecipientStatus): boolean {
  return allowsMove(recipientTransitions, from, to)
}

/** The statuses a conditional update to `to` may start from. */
export function recipientSources(to: RecipientStatus): RecipientStatus[] {
  return sourcesOf(recipientTransitions, to)
}

/** What a channel may later say about a message. */
export const receiptKinds = ['accepted', 'delivered', 'read', 'replied', 'refused'] as const

export type ReceiptKind = (typeof receiptKinds)[number]

const receiptRanks: Readonly<Partial<Record<RecipientStatus, number>>> = {
  dispatching: 0,
  unknown: 0,
  accepted: 1,
  delivered: 2,
  read: 3,
  replied: 4,
}

/** How far along the wire a status is: 0 dispatching or unknown … 4 replied; -1 where receipts do not apply. */
export function receiptRank(status: RecipientStatus): number {
  return receiptRanks[status] ?? -1
}

/**
 * Applies a receipt to a status. Receipts come twice, late and out of order: the result is never behind `status`.
 *
 * @returns The new status, or the same one when the receipt says nothing new or comes too late to count.
 *          A reply settles an `unknown` as `read`: somebody who answers has seen it, and only a sent message is `replied`.
 */
export function applyReceipt(status: RecipientStatus, receipt: ReceiptKind): RecipientStatus {
  const target = status === 'unknown' && receipt === 'replied' ? 'read' : receipt
  return canMoveRecipient(status, target) ? target : status
}

/** The figures of a run. `total = queued + sent + failed + unknown + skipped + cancelled`; the others are parts of sent. */
export const figureStatuses = {
  queued: ['queued', 'claimed', 'dispatching'],
  sent: ['accepted', 'delivered', 'read', 'replied'],
  delivered: ['delivered', 'read', 'replied'],
  read: ['read', 'replied'],
  replied: ['replied'],
  failed: ['refused'],
  unknown: ['unknown', 'abandoned'],
  skipped: ['skipped'],
  cancelled: ['cancelled'],
} as const satisfies Record<string, readonly RecipientStatus[]>

export type Figure = keyof typeof figureStatuses

/**
 * Figures of a run that are no recipient status. `clicked`: people; `cost`: millionths of a US dollar; `ripe` and `missing`:
 * messages that had time to arrive, and those of them that had not arrived by then; the others: people.
 */
export const runFigures = ['clicked', 'cost', 'opt_out', 'block', 'ripe', 'missing'] as const

export type RunFigure = (typeof runFigures)[number]

export type Figures = Readonly<Record<Figure | 'total' | 'clicked', number>>

/** Turns recipients counted by status into the figures people see. Absent statuses count as 0. */
export function figuresOf(
  countByStatus: Readonly<Partial<Record<RecipientStatus | RunFigure, number>>>,
): Figures {
  const count = (statuses: readonly RecipientStatus[]): number =>
    statuses.reduce((sum, status) => sum + (countByStatus[status] ?? 0), 0)
  const entries = Object.entries(figureStatuses).map(
    ([figure, statuses]) => [figure, count(statuses)] as const,
  )
  return {
    ...(Object.fromEntries(entries) as Record<Figure, number>),
    total: count(recipientStatuses),
    clicked: countByStatus.clicked ?? 0,
  }
}

/** Tells whether a status still holds its run open. An `unknown` does not: it waits for a receipt or a person. */
export function isPendingRecipient(status: RecipientStatus): boolean {
  return (figureStatuses.queued as readonly RecipientStatus[]).includes(status)
}
