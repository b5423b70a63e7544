import { findHarmOfReason, receiptRank } from '@siar/domain'
import type { RecipientStatus } from '@siar/domain'
import type { FigureDeltas } from '../campaigns/index.ts'
import type { Moved, SenderDayDelta } from './moves.repo.ts'

const emptyDay = (): SenderDayDelta => ({
  accepted: 0,
  delivered: 0,
  read: 0,
  refused: 0,
  unknown: 0,
  replies: 0,
  optOuts: 0,
  blocks: 0,
  turnedAway: 0,
  wrongNumbers: 0,
})

/** Counts of senders for one transaction. */
export class SenderTally {
  readonly days = new Map<string, SenderDayDelta>()

  add(senderId: string, count: keyof SenderDayDelta): void {
    let day = this.days.get(senderId)
    if (!day) this.days.set(senderId, (day = emptyDay()))
    day[count] += 1
  }

  /** What one move of a recipient means for its sender; a step that was skipped counts too. */
  move(senderId: string, from: RecipientStatus, to: RecipientStatus, reason: string | null = null): void {
    if (from === to) return
    if (to === 'refused') return this.#refuse(senderId, reason)
    if (to === 'unknown') return this.add(senderId, 'unknown')
    const before = Math.max(0, receiptRank(from))
    const after = receiptRank(to)
    if (before < 1 && after >= 1) this.add(senderId, 'accepted')
    if (before < 2 && after >= 2) this.add(senderId, 'delivered')
    if (before < 3 && after >= 3) this.add(senderId, 'read')
  }

  #refuse(senderId: string, reason: string | null): void {
    this.add(senderId, 'refused')
    const harm = findHarmOfReason(reason)
    if (harm === 'refused') this.add(senderId, 'turnedAway')
    if (harm === 'wrong_number') this.add(senderId, 'wrongNumbers')
  }
}

/** Turns moves into changes of figures and sender counts. */
export function tallyMoves(moved: readonly Moved[], figures: FigureDeltas, senders: SenderTally): void {
  for (const { runId, senderId, from, to, reason } of moved) {
    if (from === to) continue
    figures.move(runId, from, to, reason)
    senders.move(senderId, from, to, reason)
  }
}
