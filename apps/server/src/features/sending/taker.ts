import type { OutboundTemplate } from '@siar/channel'
import type { WorkspaceScope } from '@siar/database'
import { limitsFreeText } from '@siar/domain'
import type { CapUse, PreparedGate, WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'
import { applyFigures, completeRuns, FigureDeltas } from '../campaigns/index.ts'
import type { ApprovedTexts, WorkspaceFacts } from '../campaigns/index.ts'
import type { OwnedSender, OwnedSenders } from '../senders/index.ts'
import type { DueClock } from './due-clock.ts'
import { Gather } from './gather.ts'
import { judgeBatch } from './judge-batch.ts'
import type { JudgedBatch, Ready } from './judge-batch.ts'
import { gateFor } from './lane-gate.ts'
import type { LaneState } from './lane-gate.ts'
import { lockPortfolios, openPortfolioBook, PlaceLines } from './portfolio-limit.ts'
import type { PortfolioBook } from './portfolio-limit.ts'
import { notePeople } from './portfolio-limit.repo.ts'
import type { InFlight } from './settle.ts'
import { isCharged, openMoney } from './take-money.ts'
import type { TakeMoney } from './take-money.ts'
import { claimDue, listNext, writeAttempts, writeHolds } from './take.repo.ts'
import type { DueRow, Hold, NextRow, NextWant, TakeCursor, Want } from './take.repo.ts'
import { uniqueLeases } from './workspace-writer.ts'
import { runFor } from './workspace-context.ts'
import type { LaneRun, WorkspaceContext } from './workspace-context.ts'

/** What one lane asks for in one turn. */
export interface TakeRequest {
  readonly sender: OwnedSender
  readonly state: LaneState
  /** Runs to take from, those first whose turn it is. */
  readonly runs: readonly { readonly runId: string; readonly after: TakeCursor | null }[]
  /** Recipients to look at, over all runs. */
  readonly lookAt: number
  /** Recipients that may go out; at most `lookAt`. */
  readonly allowed: number
  /** It can wait a moment for the other lanes of the workspace, and asks who comes next. */
  readonly isPaced: boolean
}

/** A message whose attempt is written: hand it to the channel. */
export interface Outgoing {
  readonly flight: InFlight
  readonly to: string
  readonly run: LaneRun
  /** Goes instead of the text; null for free text. */
  readonly template: OutboundTemplate | null
}

export interface SeenRun {
  readonly count: number
  /** Everybody up to here was sent to, delayed or skipped; null when the first one was left for want of room. */
  readonly doneUpTo: TakeCursor | null
}

export interface TakeResult {
  readonly outgoing: readonly Outgoing[]
  /** Rows that were looked at, per run: fewer than asked for means that the run has no more that are due. */
  readonly seenByRun: ReadonlyMap<string, SeenRun>
  readonly askedByRun: ReadonlyMap<string, number>
  /** Numbers to look up before anything is sent to them; their recipients were left as they are. */
  readonly toLookUp: readonly string[]
  /** Recipients the gate held back or skipped. */
  readonly held: number
  /** When the workspace's quota, used up now, renews; null while there is some left. */
  readonly renewsAtMs: number | null
  /** Who probably comes next, for showing typing. Not claimed. */
  readonly next: Next | null
}

export interface Next {
  readonly to: string
  /** Of the text that goes before it, for what is typed takes about as long. */
  readonly textLength: number
}

interface Waiting {
  readonly request: TakeRequest
  readonly resolve: (result: TakeResult) => void
  readonly reject: (error: unknown) => void
}

export interface TakerHooks {
  /** The clock on which recipients are due. */
  readonly due: DueClock
  /** How long the requests of paced lanes gather. */
  readonly gatherMs: number
  readonly onProgress: (campaignIds: readonly string[]) => void
  /** The transaction failed at its end: these attempts may be written all the same, and nobody will hand them out. */
  readonly onUncertain: (flights: readonly InFlight[]) => void
}

/** What one transaction has read to judge its recipients by. */
interface Batch {
  readonly requests: readonly TakeRequest[]
  readonly rows: readonly DueRow[]
  readonly workspace: WorkspaceFacts
  readonly runs: ReadonlyMap<string, LaneRun>
  readonly money: TakeMoney
  readonly approved: ApprovedTexts
  readonly portfolios: PortfolioBook
  readonly now: Date
}

const lookAtPerTransaction = 2_000
/** So many lanes at once cost little more together: they do not wait for more. */
const enoughAtOnce = 100

const isPaced = ({ request }: Waiting): boolean => request.isPaced

/**
 * Claims, judges and renders recipients for the lanes of one workspace and writes their attempts, each batch in one
 * transaction. Requests that come while one is at work are served together: a thousand paced lanes cost as many
 * transactions as one.
 */
export class Taker {
  readonly #core: Core
  readonly #owned: OwnedSenders
  readonly #workspaceId: WorkspaceId
  readonly #context: WorkspaceContext
  readonly #hooks: TakerHooks
  readonly #gather: Gather
  readonly #lines = new PlaceLines()
  #waiting: Waiting[] = []
  #running = false

  constructor(
    core: Core,
    owned: OwnedSenders,
    workspaceId: WorkspaceId,
    context: WorkspaceContext,
    hooks: TakerHooks,
  ) {
    this.#core = core
    this.#owned = owned
    this.#workspaceId = workspaceId
    this.#context = context
    this.#hooks = hooks
    this.#gather = new Gather(hooks.gatherMs)
  }

  /** @throws LeaseLost, when the sender is no longer this process's: then nothing was claimed. */
  take(request: TakeRequest): Promise<TakeResult> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject })
      if (!request.isPaced || this.#waiting.length >= enoughAtOnce) this.#gather.hurry()
      if (!this.#running) void this.#loop()
    })
  }

  async #loop(): Promise<void> {
    this.#running = true
    await new Promise<void>((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) {
      const mayWait = this.#waiting.length < enoughAtOnce && this.#waiting.every(isPaced)
      if (mayWait) await this.#gather.round()
      await this.#serve(this.#nextGroup())
    }
    this.#running = false
  }

  #nextGroup(): Waiting[] {
    const group: Waiting[] = []
    let lookAt = 0
    for (const waiting of this.#waiting) {
      if (group.length > 0 && lookAt + waiting.request.lookAt > lookAtPerTransaction) break
      group.push(waiting)
      lookAt += waiting.request.lookAt
    }
    this.#waiting.splice(0, group.length)
    return group
  }

  async #serve(group: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.#transact(group.map(({ request }) => request))
      group.forEach((waiting, index) => waiting.resolve(results[index] as TakeResult))
    } catch (error) {
      if (group.length === 1) return group[0]?.reject(error)
      // One lost lease must not hold up the others.
      for (const waiting of group) await this.#serve([waiting])
    }
  }

  async #transact(requests: readonly TakeRequest[]): Promise<TakeResult[]> {
    const wants = requests.map(wantsOf)
    const skipped = new Set<string>()
    let results: TakeResult[] = []
    const transaction = this.#core.inWorkspace(this.#workspaceId, async (scope) => {
      const now = this.#core.now()
      const senders = new Map(requests.map(({ sender }) => [sender.senderId as string, sender]))
      const money = await openMoney(scope, this.#context, senders, wants.flat(), now)
      const limits = await lockPortfolios(scope, senders, now)
      const workspace = await this.#context.facts(scope)
      const dueNow = this.#hooks.due.now()
      // Started together: they travel together, the lock of the leases first.
      const [, rows, nextRows] = await Promise.all([
        this.#owned.lockLeases(scope, uniqueLeases(requests.map(({ sender }) => sender))),
        claimDue(scope, wants.flat(), { now: dueNow, asksPressure: asksPressure(workspace) }),
        listNext(scope, requests.flatMap(nextWantOf), dueNow),
      ])
      const runs = await this.#context.runs(scope, [...new Set(rows.map((row) => row.run_id))])
      const approved = await this.#context.approved(scope, limitedSenders(requests), rows)
      const portfolios = await openPortfolioBook(scope, limits, rows, { now, dueNow, lines: this.#lines })
      const judged = this.#judge({ requests, rows, workspace, runs, money, approved, portfolios, now })
      const dispatches = judged.ready.map(({ dispatch }) => dispatch)
      await Promise.all([
        writeAttempts(scope, dispatches, now),
        writeHolds(scope, onDueClock(judged.holds, this.#hooks.due), now),
        notePeople(scope, portfolios.noted, now),
        this.#count(scope, judged, rows, skipped),
      ])
      const renewsAtMs = renewalOf(money, judged)
      results = resultsOf(requests, wants, { rows, judged, renewsAtMs, nextRows })
    })
    await transaction.catch((error: unknown) => {
      this.#hooks.onUncertain(results.flatMap(({ outgoing }) => outgoing.map(({ flight }) => flight)))
      throw error
    })
    this.#hooks.onProgress([...skipped])
    return results
  }

  #judge(batch: Batch): JudgedBatch {
    const { requests, rows, workspace, runs, money, approved, portfolios, now } = batch
    const bySender = new Map(requests.map((request) => [request.sender.senderId as string, request]))
    const gates = new Map<string, PreparedGate>()
    const gateOf = (row: DueRow): PreparedGate => {
      const key = `${row.sender_id}/${row.run_id}/${row.variant ?? ''}`
      let gate = gates.get(key)
      if (!gate) {
        const request = bySender.get(row.sender_id) as TakeRequest
        const run = runFor(runs.get(row.run_id) as LaneRun, row.variant)
        gate = gateFor(
          workspace,
          run,
          request.sender,
          request.state,
          now.getTime(),
          { left: money.leftOf(row.run_id), quota: money.quota },
          limitsFreeText(request.sender.channel) && !approved.has(row.sender_id, run.content),
        )
        gates.set(key, gate)
      }
      return gate
    }
    return judgeBatch({
      rows,
      workspace,
      runs,
      gateOf,
      roomOf: (senderId) => roomOf(bySender.get(senderId)),
      epochOf: (senderId) => bySender.get(senderId)?.sender.epoch ?? 0,
      newMessageId: () => this.#core.newId('msg'),
      money,
      unaskableOf: (senderId) => bySender.get(senderId)?.state.unaskable ?? null,
      checksOf: (senderId) => bySender.get(senderId)?.sender.capabilities.checksExistence ?? false,
      pairsOf: (senderId) => bySender.get(senderId)?.state.pairs ?? null,
      nowMs: now.getTime(),
      channelOf: (senderId) => (bySender.get(senderId) as TakeRequest).sender.channel,
      approved,
      portfolios,
    })
  }

  /** Figures of what a claim costs and whom it skips; a run may end by its last recipient being skipped. */
  async #count(scope: WorkspaceScope, judged: JudgedBatch, rows: readonly DueRow[], skipped: Set<string>) {
    const figures = new FigureDeltas()
    for (const { dispatch } of judged.ready) {
      if (dispatch.costMicros !== null) figures.add(dispatch.runId, 'cost', dispatch.costMicros)
    }
    const runOf = new Map(rows.map((row) => [row.id, row.run_id]))
    const ended = new Set<string>()
    for (const hold of judged.holds) {
      if (hold.kind !== 'skip') continue
      const runId = runOf.get(hold.recipientId) as string
      figures.move(runId, 'queued', hold.inDoubt ? 'unknown' : 'skipped', hold.reason)
      ended.add(runId)
    }
    await Promise.all([applyFigures(scope, figures), completeRuns(this.#core, scope, [...ended])])
    if (ended.size === 0) return
    const runs = await this.#context.runs(scope, [...ended])
    for (const runId of ended) skipped.add(runs.get(runId)?.campaignId ?? '')
  }
}

/** When there is something left again of a quota that this batch found or left empty. */
function renewalOf({ quota }: TakeMoney, judged: JudgedBatch): number | null {
  return quota && quota.left <= judged.ready.length ? quota.renewsAtMs : null
}

function onDueClock(holds: readonly Hold[], due: DueClock): Hold[] {
  return holds.map((hold) => (hold.kind === 'delay' ? { ...hold, dueAt: due.from(hold.dueAt) } : hold))
}

/** The room the caps leave, and what the lane asked for. */
function roomOf(request: TakeRequest | undefined): number {
  if (!request) return 0
  const { caps } = request.state
  const free = (cap: CapUse): number => Math.max(0, cap.limit - cap.used)
  return Math.min(request.allowed, ...caps.map(free))
}

/** Runs a batch is taken from at most; the others have their turn in the next. */
const runsPerTake = 10

/** Shares what a lane looks at evenly among the runs whose turn it is. */
function wantsOf({ sender, state, runs, lookAt }: TakeRequest): Want[] {
  const asksKnown = state.newChatsLockedUntilMs !== null
  const asksWindow = isCharged(sender)
  const served = runs.slice(0, Math.min(lookAt, runsPerTake))
  const each = Math.ceil(lookAt / Math.max(1, served.length))
  const { senderId } = sender
  const asksExistence = sender.capabilities.checksExistence
  const asks = { asksKnown, asksWindow, asksExistence }
  return served.map(({ runId, after }) => ({ senderId, runId, max: each, ...asks, after }))
}

/** Whom a paced lane would serve after what it asks for now. */
function nextWantOf({ sender, runs, isPaced }: TakeRequest): NextWant[] {
  const [first, second] = runs
  const next = second ?? first
  if (!isPaced || !sender.capabilities.typing || !next) return []
  const { runId, after } = next
  return [{ senderId: sender.senderId, runId, after, passes: second ? 0 : 1 }]
}

/** Senders that take text nobody approved only in an open window. */
const limitedSenders = (requests: readonly TakeRequest[]): string[] =>
  requests.filter(({ sender }) => limitsFreeText(sender.channel)).map(({ sender }) => sender.senderId)

/** Whether the workspace limits how often somebody is written to. */
function asksPressure({ settings }: WorkspaceFacts): boolean {
  const { perDay, perWeek, afterUnanswered } = settings.frequencyCap
  return perDay > 0 || perWeek > 0 || afterUnanswered > 0
}

interface Taken {
  readonly rows: readonly DueRow[]
  readonly judged: JudgedBatch
  readonly renewsAtMs: number | null
  readonly nextRows: readonly NextRow[]
}

/** What each lane gets of a batch; takes time linear in requests and rows. */
function resultsOf(
  requests: readonly TakeRequest[],
  wants: readonly (readonly Want[])[],
  { rows, judged, renewsAtMs, nextRows }: Taken,
): TakeResult[] {
  const rowsOf = Map.groupBy(rows, (row) => row.sender_id)
  const readyOf = Map.groupBy(judged.ready, ({ dispatch }) => dispatch.senderId)
  const nextOf = new Map(nextRows.map((row) => [row.senderId, row.address]))
  const held = new Set(judged.holds.map((hold: Hold) => hold.recipientId))
  return requests.map(({ sender }, index) => {
    const own = rowsOf.get(sender.senderId) ?? []
    const ready = readyOf.get(sender.senderId) ?? []
    const sent = new Set(ready.map(({ row }) => row.id))
    const isDone = (id: string): boolean => sent.has(id) || held.has(id)
    return {
      outgoing: ready.map((one) => toOutgoing(one, sender)),
      seenByRun: new Map(
        [...Map.groupBy(own, (row) => row.run_id)].map(([runId, seen]) => [runId, seenRun(seen, isDone)]),
      ),
      askedByRun: new Map((wants[index] ?? []).map((want) => [want.runId, want.max])),
      toLookUp: judged.toLookUp.flatMap((row) => (row.sender_id === sender.senderId ? row.address : [])),
      held: own.filter((row) => held.has(row.id)).length,
      renewsAtMs,
      next: toNext(nextOf.get(sender.senderId), ready),
    }
  })
}

function toNext(to: string | undefined, [ready]: readonly Ready[]): Next | null {
  return to !== undefined && ready ? { to, textLength: ready.text.length } : null
}

function seenRun(rows: DueRow[], isDone: (id: string) => boolean): SeenRun {
  const inOrder = rows.sort(
    (left, right) => left.due_at.getTime() - right.due_at.getTime() || left.sequence - right.sequence,
  )
  const firstLeft = inOrder.findIndex((row) => !isDone(row.id))
  const last = firstLeft === -1 ? inOrder.at(-1) : inOrder[firstLeft - 1]
  return { count: rows.length, doneUpTo: last ? { dueAt: last.due_at, sequence: last.sequence } : null }
}

function toOutgoing({ row, run, text, template, dispatch }: Ready, sender: OwnedSender): Outgoing {
  const flight: InFlight = {
    attemptId: dispatch.messageId,
    recipientId: row.id,
    contactId: row.contact_id,
    senderId: row.sender_id,
    runId: row.run_id,
    shard: sender.shard,
    epoch: sender.epoch,
    text,
    mediaId: run.content.media?.id ?? null,
    costMicros: dispatch.costMicros,
    attempts: row.attempts + 1,
    lastReason: row.reason,
    isResent: row.message_id !== null,
    dedupesOurId: sender.capabilities.dedupesOurId,
    echoesOurId: sender.capabilities.echoesOurId,
  }
  return { flight, to: row.address, run, template }
}
