import type { OutboundTemplate } from '@siar/channel'
import { isFreeTextAllowed, judgeExistence, pairEveryMs } from '@siar/domain'
import type { ChannelKind, ExistenceVerdict, PairTimes, PreparedGate, SkipReason } from '@siar/domain'
import type { ApprovedTexts, RenderContact, WorkspaceFacts } from '../campaigns/index.ts'
import { toGateRecipient } from './lane-gate.ts'
import type { PortfolioBook } from './portfolio-limit.ts'
import { windowsOf } from './take-money.ts'
import type { TakeMoney } from './take-money.ts'
import type { Dispatch, DueRow, Hold } from './take.repo.ts'
import { runFor } from './workspace-context.ts'
import type { LaneRun } from './workspace-context.ts'

/** A claimed recipient with its text, ready for an attempt. */
export interface Ready {
  readonly row: DueRow
  readonly run: LaneRun
  readonly text: string
  /** What it goes as where the channel takes no free text from the sender to this person; null for free text. */
  readonly template: OutboundTemplate | null
  readonly dispatch: Dispatch
}

export interface JudgedBatch {
  readonly ready: readonly Ready[]
  readonly holds: readonly Hold[]
  /** People whose number has to be looked up first. */
  readonly toLookUp: readonly DueRow[]
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
  /** Whether the sender looks numbers of strangers up. */
  readonly checksOf: (senderId: string) => boolean
  readonly unaskableOf: (senderId: string) => ReadonlyMap<string, number> | null
  /** Who just got a message of a sender; null where its channel does not mind. */
  readonly pairsOf: (senderId: string) => PairTimes | null
  readonly nowMs: number
  readonly channelOf: (senderId: string) => ChannelKind
  /** What may go to people whose window is closed. */
  readonly approved: ApprovedTexts
  /** How many people of a business may be written to outside of their window. */
  readonly portfolios: PortfolioBook
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
  const toLookUp: DueRow[] = []
  const sentTo = new Map<string, number>()
  const given = new Map<string, number>()
  const spent = new Map<string, number>()
  /** Addresses that get a message of the batch, by sender. */
  const paired = new Set<string>()
  const quotaLeft = input.money.quota?.left ?? Infinity
  for (const row of input.rows) {
    const used = given.get(row.sender_id) ?? 0
    if (used >= input.roomOf(row.sender_id) || ready.length >= quotaLeft) continue
    const run = input.runs.get(row.run_id)
    if (!run) continue
    const pair = `${row.sender_id}/${row.address}`
    const taken = {
      messages: sentTo.get(row.contact_id) ?? 0,
      micros: spent.get(row.run_id) ?? 0,
      isPaired: paired.has(pair),
    }
    const judged = judge(input, row, runFor(run, row.variant), taken)
    if (judged === 'look_up') {
      toLookUp.push(row)
      continue
    }
    if ('kind' in judged) {
      holds.push(judged)
      continue
    }
    ready.push(judged)
    given.set(row.sender_id, used + 1)
    paired.add(pair)
    spent.set(row.run_id, taken.micros + (judged.dispatch.costMicros ?? 0))
    if (run.purpose === 'marketing') sentTo.set(row.contact_id, (sentTo.get(row.contact_id) ?? 0) + 1)
  }
  return { ready, holds, toLookUp }
}

interface Taken {
  /** Marketing messages this contact gets in the batch. */
  readonly messages: number
  /** What the batch costs the run so far. */
  readonly micros: number
  /** Somebody of the same address gets a message of the same sender. */
  readonly isPaired: boolean
}

/** From when on the person may get one more of this sender; null when at once. */
function notBefore({ pairsOf, nowMs }: JudgeInput, row: DueRow, { isPaired }: Taken): number | null {
  const pairs = pairsOf(row.sender_id)
  if (pairs === null) return null
  return isPaired ? nowMs + pairEveryMs : pairs.freeAtMs(row.address, nowMs)
}

function judge(input: JudgeInput, row: DueRow, run: LaneRun, taken: Taken): Ready | Hold | 'look_up' {
  const cost = input.money.costOf(row)
  const costMicros = cost === null || cost === 0 ? cost : cost + taken.micros
  const recipient = toGateRecipient(row, input.workspace, {
    taken: taken.messages,
    costMicros,
    notBeforeAtMs: notBefore(input, row, taken),
    windowUntilMs: windowsOf(row).serviceUntilMs,
  })
  const verdict = input.gateOf(row).decide(recipient)
  if (verdict.kind === 'delay')
    return { recipientId: row.id, kind: 'delay', dueAt: new Date(verdict.untilMs) }
  const skip = { recipientId: row.id, kind: 'skip', inDoubt: row.message_id !== null } as const
  if (verdict.kind === 'skip') return { ...skip, reason: verdict.reason }
  const existence = existenceOf(input, row)
  if (existence === 'absent') return { ...skip, reason: 'not_on_whatsapp' }
  const message = messageFor(input, row, run)
  if (message.kind === 'skip') return { ...skip, reason: message.reason }
  if (existence === 'ask') {
    const untilMs = input.unaskableOf(row.sender_id)?.get(row.address) ?? -Infinity
    if (untilMs <= input.nowMs) return 'look_up'
    return { recipientId: row.id, kind: 'delay', dueAt: new Date(untilMs) }
  }
  const messageId = row.message_id ?? input.newMessageId()
  const placeAtMs = input.portfolios.take(row, messageId, input.nowMs)
  if (placeAtMs !== null)
    return { recipientId: row.id, kind: 'delay', dueAt: new Date(placeAtMs), reason: 'portfolio_limit' }
  const dispatch: Dispatch = {
    recipientId: row.id,
    runId: row.run_id,
    senderId: row.sender_id,
    messageId,
    epoch: input.epochOf(row.sender_id),
    costMicros: cost === 0 ? null : cost,
  }
  return { row, run, text: message.text, template: message.template, dispatch }
}

/** Whether the number of a row is known to be on WhatsApp, as far as its sender minds. */
export function existenceOf(
  { checksOf, nowMs }: Pick<JudgeInput, 'checksOf' | 'nowMs'>,
  { sender_id, address, is_stranger, on_whatsapp, on_whatsapp_at }: DueRow,
): ExistenceVerdict {
  if (!checksOf(sender_id)) return 'go'
  const known =
    on_whatsapp === null || on_whatsapp_at === null
      ? null
      : { exists: on_whatsapp, atMs: on_whatsapp_at.getTime() }
  return judgeExistence(address, is_stranger, known, nowMs)
}

type Message =
  | { readonly kind: 'message'; readonly text: string; readonly template: OutboundTemplate | null }
  | { readonly kind: 'skip'; readonly reason: SkipReason }

/** Free text where the channel takes it, else the approved template. */
function messageFor({ approved, channelOf, nowMs }: JudgeInput, row: DueRow, run: LaneRun): Message {
  if (!isFreeTextAllowed(channelOf(row.sender_id), windowsOf(row), nowMs)) {
    const message = approved.render(row.sender_id, run.content, {
      ...contactOf(row),
      optOutLink: run.optOut(row.contact_id),
    })
    if (message === null) return { kind: 'skip', reason: 'window_closed' }
    return message.kind === 'skip' ? message : { ...message, kind: 'message' }
  }
  const text = renderText(row, run)
  return text === null
    ? { kind: 'skip', reason: 'missing_variable' }
    : { kind: 'message', text, template: null }
}

type Person = Pick<
  DueRow,
  | 'contact_id'
  | 'full_name'
  | 'first_name'
  | 'last_name'
  | 'email'
  | 'company'
  | 'language'
  | 'custom'
  | 'address'
>

/** The text of one recipient; the same again after a retry, because the seed is the run's and the recipient's. */
export function renderText(row: Person & Pick<DueRow, 'id' | 'sequence'>, run: LaneRun): string | null {
  return run.renderer?.render(contactOf(row), `${run.seed}/${row.id}`, row.sequence).text ?? null
}

function contactOf(row: Person): RenderContact {
  return {
    id: row.contact_id,
    fullName: row.full_name,
    firstName: row.first_name,
    lastName: row.last_name,
    phone: row.address.startsWith('+') ? row.address : null,
    email: row.email,
    company: row.company,
    language: row.language,
    custom: row.custom,
  }
}
