import type { PreparedGate } from '@siar/domain'
import type { WorkspaceFacts } from '../campaigns/index.ts'
import { toGateRecipient } from './lane-gate.ts'
import type { TakeMoney } from './take-money.ts'
import type { Dispatch, DueRow, Hold } from './take.repo.ts'
import { runFor } from './workspace-context.ts'
import type { LaneRun } from './workspace-context.ts'

/** A claimed recipient with its text, ready for an attempt. */
export interface Ready {
  readonly row: DueRow
  readonly run: LaneRun
  readonly text: string
  readonly dispatch: Dispatch
}

export interface JudgedBatch {
  readonly ready: readonly Ready[]
  readonly holds: readonly Hold[]
}

export interface JudgeInput {
  readonly rows: readonly DueRow[]
  readonly workspace: WorkspaceFacts
  readonly runs: ReadonlyMap<string, LaneRun>
  readonly gateOf: (row: DueRow) => PreparedGate
  /** How many recipients of a sender may go in this batch. */
  readonly roomOf: (senderId: string) => number
  readonly epochOf: (senderId: string) => number
  readonly newMessageId: () => string
  readonly money: TakeMoney
}

/**
 * Puts claimed recipients through the gate and renders those who pass. Changes nothing.
 *
 * A contact that stands in the batch twice (two campaigns at once) counts its first message against the second, and what the batch
 * costs a run counts against its budget at once.
 */
export function judgeBatch(input: JudgeInput): JudgedBatch {
  const ready: Ready[] = []
  const holds: Hold[] = []
  const sentTo = new Map<string, number>()
  const given = new Map<string, number>()
  const spent = new Map<string, number>()
  const quotaLeft = input.money.quota?.left ?? Infinity
  for (const row of input.rows) {
    const used = given.get(row.sender_id) ?? 0
    if (used >= input.roomOf(row.sender_id) || ready.length >= quotaLeft) continue
    const run = input.runs.get(row.run_id)
    if (!run) continue
    const taken = { messages: sentTo.get(row.contact_id) ?? 0, micros: spent.get(row.run_id) ?? 0 }
    const judged = judge(input, row, runFor(run, row.variant), taken)
    if ('kind' in judged) {
      holds.push(judged)
      continue
    }
    ready.push(judged)
    given.set(row.sender_id, used + 1)
    spent.set(row.run_id, taken.micros + (judged.dispatch.costMicros ?? 0))
    if (run.purpose === 'marketing') sentTo.set(row.contact_id, (sentTo.get(row.contact_id) ?? 0) + 1)
  }
  return { ready, holds }
}

interface Taken {
  /** Marketing messages this contact gets in the batch. */
  readonly messages: number
  /** What the batch costs the run so far. */
  readonly micros: number
}

function judge(input: JudgeInput, row: DueRow, run: LaneRun, taken: Taken): Ready | Hold {
  const cost = input.money.costOf(row)
  const costMicros = cost === null || cost === 0 ? cost : cost + taken.micros
  const recipient = toGateRecipient(row, input.workspace, taken.messages, costMicros)
  const verdict = input.gateOf(row).decide(recipient)
  if (verdict.kind === 'delay')
    return { recipientId: row.id, kind: 'delay', dueAt: new Date(verdict.untilMs) }
  const skip = { recipientId: row.id, kind: 'skip', inDoubt: row.message_id !== null } as const
  if (verdict.kind === 'skip') return { ...skip, reason: verdict.reason }
  const text = renderText(row, run)
  if (text === null) return { ...skip, reason: 'missing_variable' }
  const dispatch: Dispatch = {
    recipientId: row.id,
    runId: row.run_id,
    senderId: row.sender_id,
    messageId: row.message_id ?? input.newMessageId(),
    epoch: input.epochOf(row.sender_id),
    costMicros: cost === 0 ? null : cost,
  }
  return { row, run, text, dispatch }
}

/** The text of one recipient; the same again after a retry, because the seed is the run's and the recipient's. */
export function renderText(
  row: Pick<
    DueRow,
    | 'id'
    | 'sequence'
    | 'full_name'
    | 'first_name'
    | 'last_name'
    | 'email'
    | 'company'
    | 'language'
    | 'custom'
    | 'address'
  >,
  run: LaneRun,
): string | null {
  const contact = {
    fullName: row.full_name,
    firstName: row.first_name,
    lastName: row.last_name,
    phone: row.address.startsWith('+') ? row.address : null,
    email: row.email,
    company: row.company,
    language: row.language,
    custom: row.custom,
  }
  return run.renderer?.render(contact, `${run.seed}/${row.id}`, row.sequence).text ?? null
}
