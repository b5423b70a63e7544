import type { SendOutcome } from '@siar/channel'
import type { WorkspaceScope } from '@siar/database'
import { isPendingRecipient } from '@siar/domain'
import type { WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'
import type { Tariff } from '../billing/index.ts'
import { applyFigures, completeRuns, dayOf, FigureDeltas } from '../campaigns/index.ts'
import { LeaseLost } from '../senders/index.ts'
import type { Lease, OwnedSenders } from '../senders/index.ts'
import { applyMoves, applySenderDays, finishAttempts, insertMessages, touchContacts } from './moves.repo.ts'
import type { Move, Moved, OutcomeRow, OutgoingMessage } from './moves.repo.ts'
import { answerEntries } from './ad-entries.repo.ts'
import { Gather } from './gather.ts'
import { releasePeople } from './portfolio-limit.repo.ts'
import { RecentAttempts } from './recent-attempts.ts'
import { adoptReceipts, findAttemptsByChannelId, insertReceipts } from './receipts.repo.ts'
import type { ReceiptRow } from './receipts.repo.ts'
import { moveOfOutcome, withReceipts } from './settle.ts'
import type { InFlight } from './settle.ts'
import { SenderTally, tallyMoves } from './tally.ts'
import { isCharged } from './take-money.ts'
import { reconcilePrices, toldPrices } from './told-price.ts'
import type { PriceBook, ToldPrice } from './told-price.ts'
import { refundAttempts } from './take-money.repo.ts'

export interface Settled {
  readonly flight: InFlight
  readonly outcome: SendOutcome
  /** False: no lane counts it, because the claim failed at its end and may or may not be written. */
  readonly wasTaken?: false
}

interface ReceiptBatch {
  readonly lease: Lease
  readonly receipts: readonly ReceiptRow[]
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export interface WriterHooks {
  /** Outcomes that are written with the recipients that moved, or given up (nothing moved) because their lease is lost. */
  readonly onWritten: (settled: readonly Settled[], moved: readonly Moved[]) => void
  readonly timeZone: () => Promise<string>
  readonly tariff: (scope: WorkspaceScope) => Promise<Tariff>
  /** An instant, on the clock on which recipients are due. */
  readonly dueAt: (at: Date) => Date
  readonly wait: (delayMs: number) => Promise<void>
  /** How long outcomes and receipts gather while others are written. */
  readonly gatherMs: number
}

const outcomesPerTransaction = 2_000
/** So many at once cost little more together: they do not wait for more. */
const enoughAtOnce = 100
const recentAttemptsMax = 10_000
const retryDelayMsMax = 2_000

/**
 * Writes the outcomes and receipts of one workspace, as many as have gathered, in one transaction at a time.
 *
 * One writer a workspace and process keeps the order, so that a receipt that overtakes its outcome is never lost, and
 * makes batches by itself: while one transaction is at work the next batch gathers. A failed transaction is tried again
 * until it holds; what belongs to a lost lease is left to the new owner.
 */
export class WorkspaceWriter {
  readonly #core: Core
  readonly #owned: OwnedSenders
  readonly #workspaceId: WorkspaceId
  readonly #hooks: WriterHooks
  readonly #recent = new RecentAttempts(recentAttemptsMax)
  #outcomes: Settled[] = []
  #batches: ReceiptBatch[] = []
  #running: Promise<void> | null = null
  readonly #gather: Gather

  constructor(core: Core, owned: OwnedSenders, workspaceId: WorkspaceId, hooks: WriterHooks) {
    this.#gather = new Gather(hooks.gatherMs)
    this.#core = core
    this.#owned = owned
    this.#workspaceId = workspaceId
    this.#hooks = hooks
  }

  /** Attempts that are handed out now; their receipts may come before their outcome. */
  expect(flights: readonly InFlight[]): void {
    for (const flight of flights) this.#recent.add(flight)
  }

  settle(settled: Settled): void {
    this.#outcomes.push(settled)
    this.#run()
  }

  /** Resolves when the receipts are stored. @throws LeaseLost, then nothing of them is. */
  receive(lease: Lease, receipts: readonly ReceiptRow[]): Promise<void> {
    if (receipts.length === 0) return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.#batches.push({ lease, receipts, resolve, reject })
      this.#run()
    })
  }

  /** Resolves when everything given so far is written. */
  async idle(): Promise<void> {
    this.#gather.hurry()
    while (this.#running) await this.#running
  }

  #run(): void {
    if (this.#outcomes.length + this.#batches.length >= enoughAtOnce) this.#gather.hurry()
    this.#running ??= this.#loop().finally(() => {
      this.#running = null
      if (this.#outcomes.length > 0 || this.#batches.length > 0) this.#run()
    })
  }

  async #loop(): Promise<void> {
    while (this.#outcomes.length > 0 || this.#batches.length > 0) {
      // Lets those who were just answered put in what comes next: an outcome and its receipts then make one change.
      await new Promise<void>((resolve) => setImmediate(resolve))
      if (this.#outcomes.length + this.#batches.length < enoughAtOnce) await this.#gather.round()
      const settled = this.#outcomes.splice(0, outcomesPerTransaction)
      await this.#write(settled, this.#batches.splice(0))
    }
  }

  async #write(settled: readonly Settled[], batches: readonly ReceiptBatch[]): Promise<void> {
    for (let failures = 0; ; failures += 1) {
      try {
        const moved = await this.#transact(settled, batches)
        this.#hooks.onWritten(settled, moved)
        for (const batch of batches) batch.resolve()
        return
      } catch (error) {
        if (error instanceof LeaseLost) return this.#writeApart(error, settled, batches)
        this.#core.logger.warn(
          { err: error, workspaceId: this.#workspaceId },
          'outcomes could not be written yet',
        )
        await this.#hooks.wait(Math.min(retryDelayMsMax, 50 * 2 ** failures))
      }
    }
  }

  /** Some lease is lost: writes what belongs to the others, shard by shard, and gives up the rest. */
  async #writeApart(error: LeaseLost, settled: readonly Settled[], batches: readonly ReceiptBatch[]) {
    const shards = new Set([
      ...settled.map(({ flight }) => flight.shard),
      ...batches.map(({ lease }) => lease.shard),
    ])
    if (shards.size <= 1) {
      this.#hooks.onWritten(settled, [])
      for (const batch of batches) batch.reject(error)
      return
    }
    for (const shard of shards) {
      await this.#write(
        settled.filter(({ flight }) => flight.shard === shard),
        batches.filter(({ lease }) => lease.shard === shard),
      )
    }
  }

  #mayCost(senderId: string): boolean {
    const sender = this.#owned.findOwned(senderId)
    return sender === null || isCharged(sender)
  }

  async #transact(settled: readonly Settled[], batches: readonly ReceiptBatch[]): Promise<Moved[]> {
    const timeZone = await this.#hooks.timeZone()
    const day = dayOf(timeZone, this.#core.now())
    const leases = [...settled.map(({ flight }) => flight), ...batches.map(({ lease }) => lease)]
    const receipts = batches.flatMap((batch) => batch.receipts)
    return this.#core.inWorkspace(this.#workspaceId, async (scope) => {
      const now = this.#core.now()
      // Started together: they travel together, the lock of the leases first.
      const [, , said] = await Promise.all([
        this.#owned.lockLeases(scope, uniqueLeases(leases)),
        finishAttempts(scope, settled.map(outcomeRow), now),
        gatherReceipts(scope, settled, receipts),
      ])
      // What was expected to be free and is free needs no look at all.
      const told = toldPrices(said).filter(
        ({ attemptId, pricing }) => pricing.billable || !this.#recent.isFree(attemptId),
      )
      const prices = { told, book: { tariff: this.#hooks.tariff, timeZone } }
      const moves = movesOf(settled, said, { now, recent: this.#recent, dueAt: this.#hooks.dueAt })
      const [moved] = await Promise.all([
        applyMoves(scope, moves, now),
        insertMessages(scope, settled.flatMap(messageOf), now),
      ])
      await countMoved(this.#core, scope, moved, moves, {
        day,
        now,
        mayCost: (id) => this.#mayCost(id),
        notTaken: turnedAway(settled),
        prices,
      })
      return moved
    })
  }
}

/** One lease for each shard and epoch. */
export function uniqueLeases(leases: readonly Lease[]): Lease[] {
  const byKey = new Map<string, Lease>()
  for (const { shard, epoch } of leases) byKey.set(`${shard}/${epoch}`, { shard, epoch })
  return [...byKey.values()]
}

const keyOf = (receipt: Pick<ReceiptRow, 'senderId' | 'channelMessageId'>): string =>
  `${receipt.senderId}/${receipt.channelMessageId}`

interface MoveContext {
  readonly now: Date
  readonly recent: RecentAttempts
  readonly dueAt: WriterHooks['dueAt']
}

/** Where outcomes, and receipts by the attempt they are about, take their recipients. Uses the receipts up. */
function movesOf(
  settled: readonly Settled[],
  byAttempt: Map<string, ReceiptRow[]>,
  { now, recent, dueAt }: MoveContext,
): Move[] {
  const moves: Move[] = settled.map(({ flight, outcome }) => {
    const said = byAttempt.get(flight.attemptId)
    byAttempt.delete(flight.attemptId)
    const wanted = moveOfOutcome(flight, outcome, now)
    const move = wanted.dueAt ? { ...wanted, dueAt: dueAt(wanted.dueAt) } : wanted
    return said ? withReceipts(flight, move, said) : move
  })
  for (const [attemptId, said] of byAttempt) {
    moves.push(withReceipts({ attemptId, recipientId: recent.find(attemptId) }, null, said))
  }
  return moves
}

interface CountContext {
  readonly day: string
  readonly now: Date
  readonly mayCost: (senderId: string) => boolean
  readonly notTaken: ReadonlySet<string>
  readonly prices: { readonly told: readonly ToldPrice[]; readonly book: PriceBook }
}

/** Everything that follows from moves: contacts, costs, the counters of senders and runs, and runs that end with them. */
async function countMoved(
  core: Core,
  scope: WorkspaceScope,
  moved: readonly Moved[],
  moves: readonly Move[],
  { day, now, mayCost, notTaken, prices }: CountContext,
): Promise<void> {
  const figures = new FigureDeltas()
  const senders = new SenderTally()
  tallyMoves(moved, figures, senders)
  const unreached = neverReached(moved, moves, mayCost)
  const [refunds] = await Promise.all([
    refundAttempts(scope, unreached),
    releasePeople(
      scope,
      unreached.filter((attemptId) => notTaken.has(attemptId)),
    ),
  ])
  for (const { runId, micros } of refunds) figures.add(runId, 'cost', -micros)
  await reconcilePrices(scope, prices.told, prices.book, figures)
  const ended = moved.filter(({ from, to }) => isPendingRecipient(from) && to !== 'queued')
  const reached = reachedBy(moved)
  await Promise.all([
    touchContacts(scope, [...new Set(reached.map(({ contactId }) => contactId))].sort(), now),
    answerEntries(
      scope,
      reached.filter(({ senderId }) => mayCost(senderId)),
      now,
    ),
    applySenderDays(scope, day, senders.days),
    applyFigures(scope, figures),
    completeRuns(core, scope, [...new Set(ended.map(({ runId }) => runId))]),
  ])
}

/** Attempts on charged senders that end without a message, or give up their id to go again under another. */
function neverReached(
  moved: readonly Moved[],
  moves: readonly Move[],
  mayCost: (senderId: string) => boolean,
): string[] {
  const kept = new Set(moves.filter(({ sameId }) => sameId).map(({ attemptId }) => attemptId))
  return moved
    .filter(
      ({ attemptId, from, to }) =>
        from !== to && (to === 'refused' || (to === 'queued' && !kept.has(attemptId))),
    )
    .filter(({ senderId }) => mayCost(senderId))
    .map(({ attemptId }) => attemptId)
}

/** Attempts the channel did not take: what it took and refused later may count there all the same. */
function turnedAway(settled: readonly Settled[]): ReadonlySet<string> {
  const refused = settled.filter(({ outcome }) => outcome.kind === 'refused' || outcome.kind === 'not_sent')
  return new Set(refused.map(({ flight }) => flight.attemptId))
}

/** Moves by which somebody was written to. */
function reachedBy(moved: readonly Moved[]): Moved[] {
  return moved.filter(
    ({ from, to }) => (isPendingRecipient(from) || from === 'unknown') && to !== 'queued' && to !== 'refused',
  )
}

/** New receipts by the attempt they are about; those of attempts nobody knows yet stay stored and wait. */
async function gatherReceipts(
  scope: WorkspaceScope,
  settled: readonly Settled[],
  receipts: readonly ReceiptRow[],
): Promise<Map<string, ReceiptRow[]>> {
  const unnamed = receipts.filter(({ attemptId }) => attemptId === null)
  const found = unnamed.length === 0 ? [] : await findAttemptsByChannelId(scope, unnamed)
  const attemptOf = new Map(found.map((row) => [keyOf(row), row.attemptId]))
  const known = receipts.map((receipt) => ({
    ...receipt,
    attemptId: receipt.attemptId ?? attemptOf.get(keyOf(receipt)) ?? null,
  }))
  const [inserted, adopted] = await Promise.all([
    insertReceipts(scope, known),
    adoptReceipts(scope, settled.flatMap(mayHaveEarlyReceipts)),
  ])
  const fresh = new Set(inserted.map((row) => `${keyOf(row)}/${row.kind}`))
  const byAttempt = new Map<string, ReceiptRow[]>()
  const add = (receipt: ReceiptRow): void => {
    if (receipt.attemptId === null) return
    const said = byAttempt.get(receipt.attemptId)
    if (said) said.push(receipt)
    else byAttempt.set(receipt.attemptId, [receipt])
  }
  for (const receipt of known) if (fresh.has(`${keyOf(receipt)}/${receipt.kind}`)) add(receipt)
  for (const receipt of adopted) add(receipt)
  return byAttempt
}

/** Attempts whose receipts may have been stored without being counted: no echo of our id, or a second try under one id. */
function mayHaveEarlyReceipts({ flight, outcome }: Settled) {
  if (outcome.kind !== 'accepted' || (flight.echoesOurId && !flight.isResent)) return []
  const { attemptId, senderId } = flight
  return [{ attemptId, senderId, channelMessageId: outcome.channelMessageId }]
}

function outcomeRow({ flight, outcome }: Settled): OutcomeRow {
  return {
    attemptId: flight.attemptId,
    outcome: outcome.kind,
    reason: outcome.kind === 'accepted' ? null : outcome.reason,
    channelMessageId: outcome.kind === 'accepted' ? outcome.channelMessageId : null,
  }
}

/** What may have reached the person is kept as a message. */
function messageOf({ flight, outcome }: Settled): OutgoingMessage[] {
  if (outcome.kind !== 'accepted' && outcome.kind !== 'unknown') return []
  const { attemptId, contactId, senderId, recipientId, text, mediaId } = flight
  const channelMessageId = outcome.kind === 'accepted' ? outcome.channelMessageId : null
  return [{ id: attemptId, contactId, senderId, recipientId, text, mediaId, channelMessageId }]
}
