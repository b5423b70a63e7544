import { AsyncLocalStorage } from 'node:async_hooks'
import type { Egress } from '@siar/channel'
import { assertNever } from '@siar/domain'
import type { SenderId } from '@siar/domain'
import type { Core } from '../../core.ts'
import { EgressWaits } from './egress-waits.ts'
import { defaultLeaseTimes, LeaseKeeper } from './lease-keeper.ts'
import type { LeaseTimes, Schedule } from './lease-keeper.ts'
import { lockLeases } from './leases.repo.ts'
import { buildLiveSender, presentLive, readSettings, wishOf } from './live-sender.ts'
import type { LiveSender } from './live-sender.ts'
import type {
  Channels,
  ForwardEvents,
  Lease,
  OwnedChange,
  OwnedSender,
  SenderRef,
  SessionManager,
} from './owned-sender.ts'
import { createSessionEvents } from './session-events.ts'
import type { SessionEvents } from './session-events.ts'
import { clearCommand, listSendersById, listWantedSenders } from './sessions.repo.ts'
import type { SessionRow } from './sessions.repo.ts'
import type { SenderCredentials } from './sender-credentials.ts'
import { createCallAnswerer } from './sender-desk.ts'
import { createSessionTurns } from './session-turns.ts'
import type { SessionTurns } from './session-turns.ts'
import { shardOf } from './shard.ts'
import { createStatusWriter } from './status-writer.ts'
import { keepTrouble } from './sender-trouble.ts'
import { createWebhookDrain } from './webhook-drain.ts'
import type { WebhookDrain } from './webhook-drain.ts'

export interface SessionManagerOptions {
  readonly core: Core
  /** Never used before: a restarted process is another one. */
  readonly processId: string
  /** `all` or `worker`. */
  readonly role: string
  readonly channels: Channels
  readonly onEvents: ForwardEvents
  /** Halts what uses the sender. At least once for each ban. */
  readonly onSenderBanned: (sender: SenderRef, reason: string | null) => Promise<void>
  /** Lets the simulator's phone scan a code; without it such commands are dropped. */
  readonly scan?: (senderId: string, data: string) => Promise<unknown>
  /** `performance.now` in production. */
  readonly monotonicMs: () => number
  readonly schedule: Schedule
  readonly times?: Partial<LeaseTimes>
  readonly credentials: SenderCredentials
  /** The way out of a sender; a rejection (`EgressWaits` with its reason) keeps its session closed: nothing goes out another way. */
  readonly egressOf: (sender: SenderRef) => Promise<Egress>
  /** Transactions of the beat, on a pool of their own where lanes could use up the shared one. */
  readonly beatInSystem?: Core['inSystem']
}

const openAtOnce = 32
const drainMsMax = 4_000
const resyncMs = 15_000
const reloadMs = 1_000

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** What a session is opened with; all else takes effect without a new one. */
function openedWith({ settings, channel, secretsAt, pairingPhone, pairedAt, egress }: SessionRow): string {
  return JSON.stringify([
    settings[channel] ?? null,
    secretsAt,
    pairedAt === null ? pairingPhone : null,
    egress,
  ])
}

class Manager implements SessionManager {
  readonly processId: string
  private readonly options: SessionManagerOptions
  private readonly keeper: LeaseKeeper
  private readonly events: SessionEvents
  private readonly webhooks: WebhookDrain
  private readonly turns: SessionTurns
  private readonly answerCalls: (live: LiveSender) => Promise<void>
  private readonly live = new Map<string, LiveSender>()
  private readonly changeHandlers = new Set<(change: OwnedChange) => void>()
  private readonly releaseHandlers = new Set<(senderIds: readonly SenderId[]) => Promise<void>>()
  private readonly dirty = new Set<string>()
  private loading: Promise<void> | null = null
  private allDirty = false
  private unsubscribe: () => void = () => undefined
  private cancelResync: () => void = () => undefined
  private isStopped = false
  /** Work begun by an event must not count as part of the transaction the event came from. */
  private readonly outside = AsyncLocalStorage.snapshot()

  constructor(options: SessionManagerOptions) {
    this.options = options
    this.processId = options.processId
    const { core, monotonicMs, schedule, role, processId } = options
    this.keeper = new LeaseKeeper({
      processId,
      role,
      times: { ...defaultLeaseTimes, ...options.times },
      inSystem: options.beatInSystem ?? core.inSystem,
      monotonicMs,
      schedule,
      logger: core.logger,
      onGained: () => this.reload('all'),
      onLost: (leases) => this.closeShards(leases),
      drain: (leases) => this.drain(leases),
    })
    this.events = createSessionEvents({
      core,
      processId,
      writer: createStatusWriter(core, processId),
      onEvents: options.onEvents,
      onSenderBanned: options.onSenderBanned,
      onEnded: (live, retry) => this.endSession(live, retry),
      onUpdated: (live) => this.tell('updated', live),
    })
    this.answerCalls = createCallAnswerer(core, (scope, lease) => lockLeases(scope, processId, [lease]))
    this.turns = createSessionTurns({
      core,
      processId,
      credentials: options.credentials,
      egressOf: options.egressOf,
      schedule,
      isHeld: (lease) => this.keeper.isHeld(lease),
      takeEvents: (live, events) => this.events.take(live, events),
      onOpened: (live) => this.webhooks.drain(live),
      onFailed: (live, error) => this.tellFailed(live, error),
    })
    this.webhooks = createWebhookDrain(core, schedule, (live, run) =>
      core.inSystem(async (scope) => {
        await lockLeases(scope, processId, [live.lease])
        await run(scope)
      }),
    )
  }

  async start(): Promise<void> {
    this.unsubscribe = this.options.core.bus.subscribe((event) => {
      if (event.kind === 'resync') this.reload('all')
      else if (event.kind === 'sender.changed' && event.id !== undefined) this.reload(event.id)
      else if (event.kind === 'sender.webhook' && event.id !== undefined) this.serve(event.id, 'webhooks')
      else if (event.kind === 'sender.call' && event.id !== undefined) this.serve(event.id, 'calls')
    })
    await this.keeper.start()
    await this.loading
    this.resyncLater()
  }

  async stop(): Promise<void> {
    if (this.isStopped) return
    this.isStopped = true
    this.unsubscribe()
    this.cancelResync()
    await this.loading
    await this.keeper.stop()
  }

  *ownedSenders(): Iterable<OwnedSender> {
    for (const live of this.live.values()) {
      if (this.isUsable(live)) yield presentLive(live)
    }
  }

  findOwned(senderId: string): OwnedSender | null {
    const live = this.live.get(senderId)
    return live && this.isUsable(live) ? presentLive(live) : null
  }

  onChange(handler: (change: OwnedChange) => void): () => void {
    this.changeHandlers.add(handler)
    return () => void this.changeHandlers.delete(handler)
  }

  onRelease(handler: (senderIds: readonly SenderId[]) => Promise<void>): () => void {
    this.releaseHandlers.add(handler)
    return () => void this.releaseHandlers.delete(handler)
  }

  lockLease: SessionManager['lockLease'] = (scope, lease) => lockLeases(scope, this.processId, [lease])

  lockLeases: SessionManager['lockLeases'] = (scope, leases) => lockLeases(scope, this.processId, leases)

  reportState: SessionManager['reportState'] = async (senderId, state, reason) => {
    const live = this.live.get(senderId)
    if (live) await this.events.applyState(live, { state, reason, phone: null, at: this.options.core.now() })
  }

  stats(): { shards: number; sessions: number; online: number } {
    const all = [...this.live.values()]
    return {
      shards: this.keeper.held().length,
      sessions: all.filter((live) => live.session !== null).length,
      online: all.filter((live) => live.status === 'online').length,
    }
  }

  private isUsable(live: LiveSender): boolean {
    return this.keeper.find(live.lease.shard)?.epoch === live.lease.epoch
  }

  private tell(kind: OwnedChange['kind'], live: LiveSender): void {
    for (const handler of [...this.changeHandlers]) handler({ kind, senderId: live.row.id })
  }

  /** Reads senders again and brings sessions in line; calls made meanwhile are served by one more round. */
  private reload(what: string): void {
    if (this.isStopped) return
    if (what === 'all') this.allDirty = true
    else if (this.keeper.find(shardOf(what)) !== null) this.dirty.add(what)
    this.loadWhatWaits()
  }

  private loadWhatWaits(): void {
    if (this.isStopped || this.loading !== null || (!this.allDirty && this.dirty.size === 0)) return
    this.loading = this.outside(() => this.load())
      .catch((error: unknown) => {
        this.options.core.logger.warn({ err: error }, 'senders could not be read; they are read again soon')
        this.options.schedule(() => this.reload('all'), reloadMs)
      })
      .finally(() => {
        this.loading = null
        this.loadWhatWaits()
      })
  }

  private async load(): Promise<void> {
    await Promise.resolve()
    while (this.allDirty || this.dirty.size > 0) {
      const isAll = this.allDirty
      const ids = isAll ? [...this.live.keys()] : [...this.dirty]
      this.allDirty = false
      this.dirty.clear()
      const shards = this.keeper.held().map((lease) => lease.shard)
      const rows = await this.options.core.inSystem((scope) =>
        isAll ? listWantedSenders(scope, shards) : listSendersById(scope, ids),
      )
      const found = new Set<string>(rows.map((row) => row.id))
      for (const id of ids) if (!found.has(id)) this.close(id)
      for (let index = 0; index < rows.length; index += openAtOnce) {
        await Promise.all(rows.slice(index, index + openAtOnce).map((row) => this.align(row)))
        // The beats of the leases must not wait for thousands of sessions.
        await nextTurn()
      }
    }
  }

  /** Brings one sender's session in line with what its row asks for. */
  private async align(row: SessionRow): Promise<void> {
    try {
      if (row.command !== null) await this.carryOut(row, row.command)
      const live = this.live.get(row.id)
      if (!row.wanted || row.command?.kind === 'log_out') return this.close(row.id)
      if (live === undefined) return await this.begin(row)
      this.webhooks.drain(live)
      const wish = wishOf(row)
      if (wish === live.wish) return
      live.wish = wish
      const before = openedWith(live.row)
      live.row = { ...row, pairedAt: row.pairedAt ?? live.row.pairedAt }
      const isChanged = before !== openedWith(live.row)
      live.settings = readSettings(row.settings)
      this.tell('updated', live)
      if (isChanged) await this.turns.open(live)
    } catch (error) {
      this.options.core.logger.error(
        { err: error, senderId: row.id },
        'a session could not be brought in line',
      )
    }
  }

  private async carryOut(row: SessionRow, command: NonNullable<SessionRow['command']>): Promise<void> {
    const live = this.live.get(row.id)
    switch (command.kind) {
      case 'scan':
        await this.options.scan?.(row.id, command.data)
        break
      case 'log_out':
        await this.unlink(live)
        break
      case 'connect':
        if (live && (live.session === null || live.status !== row.status)) await this.turns.open(live)
        break
      default:
        assertNever(command, 'command')
    }
    await this.options.core.inSystem((scope) => clearCommand(scope, row.id, command))
  }

  /** Nothing the session says about its own end counts: a person may ask for a new one meanwhile. */
  private async unlink(live: LiveSender | undefined): Promise<void> {
    if (live === undefined) return
    const { session } = live
    live.session = null
    this.close(live.row.id)
    try {
      await session?.logOut()
    } finally {
      await session?.close()
    }
  }

  private async begin(row: SessionRow): Promise<void> {
    const lease = this.keeper.find(row.shard)
    const channel = this.options.channels.get(row.channel)
    if (lease === null || channel === undefined || this.isStopped) return
    const live = buildLiveSender(row, lease, channel, () => this.keeper.isHeld(lease))
    this.live.set(row.id, live)
    this.tell('opened', live)
    await this.turns.begin(live)
  }

  /** A sender that is being paired stays so; why no code appears is told all the same. */
  private async tellFailed(live: LiveSender, error: unknown): Promise<void> {
    const { core, processId } = this.options
    if (live.isClosed) return
    if (!(error instanceof EgressWaits)) {
      core.logger.warn({ err: error, senderId: live.row.id }, 'a session could not be opened')
      return keepTrouble(core, processId, live, 'open_failed')
    }
    const { reason } = error
    if (live.status === 'pairing') return keepTrouble(core, processId, live, reason)
    const told = { state: 'reconnecting', reason, phone: null, at: core.now() } as const
    await this.events.applyState(live, told).catch((failure: unknown) => {
      core.logger.warn({ err: failure, senderId: live.row.id }, 'a waiting sender was not noted')
    })
  }

  private endSession(live: LiveSender, retry: boolean): void {
    if (retry) this.turns.reopenLater(live)
    else this.close(live.row.id)
  }

  private close(senderId: string): void {
    const live = this.live.get(senderId)
    if (live === undefined) return
    this.live.delete(senderId)
    this.turns.end(live)
    this.tell('closed', live)
  }

  private serve(senderId: string, what: 'webhooks' | 'calls'): void {
    const live = this.live.get(senderId)
    if (!live) return
    this.outside(() => (what === 'webhooks' ? this.webhooks.drain(live) : void this.answerCalls(live)))
  }

  private inShards(leases: readonly Lease[]): LiveSender[] {
    const epochs = new Map(leases.map((lease) => [lease.shard, lease.epoch]))
    return [...this.live.values()].filter(({ lease }) => epochs.get(lease.shard) === lease.epoch)
  }

  private closeShards(leases: readonly Lease[]): void {
    for (const live of this.inShards(leases)) this.close(live.row.id)
  }

  private async drain(leases: readonly Lease[]): Promise<void> {
    const leaving = this.inShards(leases)
    if (leaving.length === 0) return
    const ids = leaving.map((live) => live.row.id)
    for (const live of leaving) this.tell('updated', live)
    const drained = [...this.releaseHandlers].map((handler) => handler(ids).catch(() => undefined))
    let cancel: () => void = () => undefined
    const tooLong = new Promise<void>((resolve) => {
      cancel = this.options.schedule(resolve, drainMsMax)
    })
    await Promise.race([Promise.all(drained), tooLong])
    cancel()
    await Promise.all(
      leaving.map(async (live) => {
        await this.turns.closeQuietly(live)
        this.close(live.row.id)
      }),
    )
  }

  private resyncLater(): void {
    this.cancelResync = this.options.schedule(() => {
      this.reload('all')
      this.resyncLater()
    }, resyncMs)
  }
}

/** Starts nothing by itself; `start` beats and opens. One for each process. */
export function createSessionManager(options: SessionManagerOptions): SessionManager {
  return new Manager(options)
}
