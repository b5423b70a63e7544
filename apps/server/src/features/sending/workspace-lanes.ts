import type { ExistenceVerdict, WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'
import { attemptIdAt, dayOf } from '../campaigns/index.ts'
import type { WorkspaceFacts } from '../campaigns/index.ts'
import type { Lease, OwnedSender, OwnedSenders, Schedule } from '../senders/index.ts'
import { Coalescer } from '../../coalescer.ts'
import { DueClock } from './due-clock.ts'
import { keepExistence } from './existence.repo.ts'
import { existenceOf, renderText } from './judge-batch.ts'
import type { Moved } from './moves.repo.ts'
import { ProgressTeller } from './progress-teller.ts'
import type { ReceiptRow } from './receipts.repo.ts'
import { recoverSender } from './recover.ts'
import { listSendersToRecover } from './recover.repo.ts'
import type { InFlight } from './settle.ts'
import { countAttemptsSince, listAddressesSince, listSentToday, listWork, peekDue } from './take.repo.ts'
import type { Want, WrittenTo, Work } from './take.repo.ts'
import { Taker } from './taker.ts'
import type { TakeRequest, TakeResult } from './taker.ts'
import { pauseOn } from './wait.ts'
import { createWorkspaceContext, runFor } from './workspace-context.ts'
import type { WorkspaceContext } from './workspace-context.ts'
import { WorkspaceWriter } from './workspace-writer.ts'
import type { Settled } from './workspace-writer.ts'

export interface WorkspaceLanesHooks {
  /** Outcomes that are written, or given up because their lease is lost. */
  readonly onWritten: (settled: readonly Settled[], moved: readonly Moved[]) => void
  readonly schedule: Schedule
  readonly gatherMs: number
}

const hourMs = 3_600_000

/** What a sender has sent in the present hour and day of its workspace. */
export interface SentSoFar {
  readonly timeZone: string
  readonly sent: { readonly thisHour: number; readonly today: number }
}

/** Who would be next. */
export interface Peeked {
  readonly to: string
  readonly textLength: number
  readonly existence: ExistenceVerdict
}

const askNothing = { asksKnown: false, asksWindow: false } as const

/** What the lanes of one workspace in this process share: claims and outcomes are made together. */
export class WorkspaceLanes {
  readonly #core: Core
  readonly #owned: OwnedSenders
  readonly workspaceId: WorkspaceId
  /** The clock of all its lanes. */
  readonly due: DueClock
  readonly #context: WorkspaceContext
  readonly #taker: Taker
  readonly #writer: WorkspaceWriter
  readonly #progress: ProgressTeller
  readonly #work: Coalescer<string, readonly Work[]>
  readonly #recovery: Coalescer<OwnedSender, boolean>
  readonly #sent: Coalescer<string, SentSoFar>
  readonly #peek: Coalescer<readonly Want[], Peeked | null>

  constructor(core: Core, owned: OwnedSenders, workspaceId: WorkspaceId, hooks: WorkspaceLanesHooks) {
    this.#core = core
    this.#owned = owned
    this.workspaceId = workspaceId
    this.#context = createWorkspaceContext(core, workspaceId)
    this.due = new DueClock(core.now)
    this.#progress = new ProgressTeller(core, workspaceId)
    this.#taker = new Taker(core, owned, workspaceId, this.#context, {
      due: this.due,
      gatherMs: hooks.gatherMs,
      onProgress: (ids) => this.#progress.touch(ids),
      onUncertain: (flights) => this.#takeBack(flights),
    })
    this.#writer = new WorkspaceWriter(core, owned, workspaceId, {
      onWritten: (settled, moved) => {
        this.#progress.touch(moved.map(({ campaignId }) => campaignId))
        hooks.onWritten(settled, moved)
      },
      timeZone: async () => (await this.#context.facts()).timeZone,
      tariff: (scope) => this.#context.tariff(scope),
      dueAt: (at) => this.due.from(at),
      wait: (delayMs) => pauseOn(hooks.schedule, delayMs),
      gatherMs: hooks.gatherMs,
    })
    this.#work = new Coalescer((senderIds) => this.#listWork(senderIds))
    this.#recovery = new Coalescer((senders) => this.#needRecovery(senders))
    this.#sent = new Coalescer((senderIds) => this.#readSent(senderIds))
    this.#peek = new Coalescer((wants) => this.#peekNext(wants))
  }

  async take(request: TakeRequest): Promise<TakeResult> {
    const result = await this.#taker.take(request)
    this.#writer.expect(result.outgoing.map(({ flight }) => flight))
    return result
  }

  settle(settled: Settled): void {
    this.#writer.settle(settled)
  }

  /** Resolves when the receipts are stored and counted. @throws LeaseLost. */
  receive(lease: Lease, receipts: readonly ReceiptRow[]): Promise<void> {
    return this.#writer.receive(lease, receipts)
  }

  facts(): Promise<WorkspaceFacts> {
    return this.#context.facts()
  }

  /** Whether any of these runs asks for a pace of its own. */
  asksForPace(runIds: readonly string[]): Promise<boolean> {
    return this.#context.asksForPace(runIds)
  }

  /** The rules of the workspace changed. */
  refresh(): void {
    this.#context.refresh()
  }

  findWork(senderId: string): Promise<readonly Work[]> {
    return this.#work.ask(senderId)
  }

  /** Who would be next in a lane, for showing typing; takes nothing. */
  peek({ senderId, capabilities }: OwnedSender, runIds: readonly string[]): Promise<Peeked | null> {
    const [runId] = runIds
    return this.#peek.ask(
      runId
        ? [
            {
              senderId,
              runId,
              max: 1,
              ...askNothing,
              asksExistence: capabilities.checksExistence,
              after: null,
            },
          ]
        : [],
    )
  }

  /** Applies the crash rules to what an earlier owner of the sender has left. @throws LeaseLost. */
  async recover(sender: OwnedSender): Promise<void> {
    if (await this.#recovery.ask(sender)) await recoverSender(this.#core, this.#owned, this.#context, sender)
  }

  /** What a sender has sent in the present hour and day, for the caps of a lane that starts. */
  readSent(senderId: string): Promise<SentSoFar> {
    return this.#sent.ask(senderId)
  }

  /** Whom a sender has written to in the last moments, also through another process. */
  listJustWrittenTo(senderId: string, sinceMs: number): Promise<WrittenTo[]> {
    return this.#core.inWorkspace(this.workspaceId, (scope) =>
      listAddressesSince(scope, senderId, attemptIdAt(this.#core.now(), -sinceMs)),
    )
  }

  /** Keeps what a look-up said of a number. */
  keepExistence(phone: string, exists: boolean): Promise<void> {
    return this.#core.inWorkspace(this.workspaceId, (scope) =>
      keepExistence(scope, phone, exists, this.#core.now()),
    )
  }

  /** Resolves when everything given so far is written. */
  idle(): Promise<void> {
    return this.#writer.idle()
  }

  close(): void {
    this.#progress.close()
  }

  /** Whatever was written of these claims is undone: nothing left the machine. What was not written stays as it is. */
  #takeBack(flights: readonly InFlight[]): void {
    const outcome = { kind: 'not_sent', reason: 'not_connected', retryAfterMs: 0 } as const
    for (const flight of flights) this.#writer.settle({ flight, outcome, wasTaken: false })
  }

  async #needRecovery(senders: readonly OwnedSender[]): Promise<boolean[]> {
    const open = await this.#core.inWorkspace(this.workspaceId, (scope) =>
      listSendersToRecover(scope, senders),
    )
    return senders.map(({ senderId }) => open.has(senderId))
  }

  async #readSent(senderIds: readonly string[]): Promise<SentSoFar[]> {
    return this.#core.inWorkspace(this.workspaceId, async (scope) => {
      const { timeZone } = await this.#context.facts(scope)
      const now = this.#core.now()
      const hour = await countAttemptsSince(scope, senderIds, attemptIdAt(now, -(now.getTime() % hourMs)))
      const day = await listSentToday(scope, senderIds, dayOf(timeZone, now))
      return senderIds.map((senderId) => {
        const thisHour = hour.get(senderId) ?? 0
        return { timeZone, sent: { thisHour, today: Math.max(day.get(senderId) ?? 0, thisHour) } }
      })
    })
  }

  async #listWork(senderIds: readonly string[]): Promise<(readonly Work[])[]> {
    const work = await this.#core.inWorkspace(this.workspaceId, (scope) =>
      listWork(scope, [...new Set(senderIds)]),
    )
    const bySender = Map.groupBy(work, (one) => one.senderId)
    return senderIds.map((senderId) => bySender.get(senderId) ?? [])
  }

  async #peekNext(groups: readonly (readonly Want[])[]): Promise<(Peeked | null)[]> {
    return this.#core.inWorkspace(this.workspaceId, async (scope) => {
      const rows = await peekDue(scope, groups.flat(), this.due.now())
      const runs = await this.#context.runs(scope, [...new Set(rows.map((row) => row.run_id))])
      const bySender = new Map(rows.map((row) => [row.sender_id, row]))
      return groups.map(([want]) => {
        const row = want ? bySender.get(want.senderId) : undefined
        const run = row ? runs.get(row.run_id) : undefined
        const text = row && run ? renderText(row, runFor(run, row.variant)) : null
        if (!row || text === null) return null
        const checks = { checksOf: () => want?.asksExistence === true, nowMs: this.#core.now().getTime() }
        return { to: row.address, textLength: text.length, existence: existenceOf(checks, row) }
      })
    })
  }
}
