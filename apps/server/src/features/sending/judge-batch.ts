import type { PreparedGate } from '@siar/domain'
import type { WorkspaceFacts } from '../campaigns/index.ts'
import { toGateRecipient } from './lane-gate.ts'
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
  /** Rows beyond the room of their sender: left as they are. */
  readonly left: number
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
}

/**
 * Puts claimed recipients through the gate and renders those who pass. Changes nothing.
 *
 * A contact that stands in the batch twice (two campaigns at once) counts its first message against the second.
 */
export function judgeBatch(input: JudgeInput): JudgedBatch {
  const ready: Ready[] = []
  const holds: Hold[] = []
  const sentTo = new Map<string, number>()
  const given = new Map<string, number>()
  let left = 0
  for (const row of input.rows) {
    const used = given.get(row.sender_id) ?? 0
    if (used >= input.roomOf(row.sender_id)) {
      left += 1
      continue
    }
    const run = input.runs.get(row.run_id)
    if (!run) continue
    const judged = judge(input, row, runFor(run, row.variant), sentTo.get(row.contact_id) ?? 0)
    if ('kind' in judged) {
      holds.push(judged)
      continue
    }
    ready.push(judged)
    given.set(row.sender_id, used + 1)
    if (run.purpose === 'marketing') sentTo.set(row.contact_id, (sentTo.get(row.contact_id) ?? 0) + 1)
  }
  return { ready, holds, left }
}

function judge(input: JudgeInput, row: DueRow, run: LaneRun, taken: number): Ready | Hold {
  const verdict = input.gateOf(row).decide(toGateRecipient(row, input.workspace, taken))
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
