import type { SystemScope } from '@siar/database'
import type { Logger } from 'pino'
import { beatLeases, releaseLeases, removeProcess } from './leases.repo.ts'
import type { BeatAnswer } from './leases.repo.ts'
import type { Lease } from './owned-sender.ts'

/** As `setTimeout`; answers the way to call it off. */
export type Schedule = (run: () => void, delayMs: number) => () => void

export interface LeaseTimes {
  readonly leaseMs: number
  readonly beatMs: number
  /** How long before the lease ends this process stops by its own clock. */
  readonly marginMs: number
}

/** Source: architecture.md §3. */
export const defaultLeaseTimes: LeaseTimes = { leaseMs: 6_000, beatMs: 1_500, marginMs: 1_000 }

export interface LeaseKeeperOptions {
  readonly processId: string
  readonly role: string
  readonly times: LeaseTimes
  /** Better not the pool of the lanes: a beat that waits for a connection loses leases. */
  readonly inSystem: <T>(run: (scope: SystemScope) => Promise<T>) => Promise<T>
  /** Only moves forward, also while the process is stopped; ms. */
  readonly monotonicMs: () => number
  readonly schedule: Schedule
  readonly logger: Logger
  readonly onGained: (leases: readonly Lease[]) => void
  /** The leases are gone: end everything under them at once, without a word to the database. */
  readonly onLost: (leases: readonly Lease[]) => void
  /** Resolves when nothing is under way under these leases any more; they are given back then. */
  readonly drain: (leases: readonly Lease[]) => Promise<void>
}

/** Holds the leases of this process and nothing else: beats, notices losses, gives back what is over the fair share. */
export class LeaseKeeper {
  private readonly leases = new Map<number, Lease>()
  private readonly leaving = new Set<number>()
  private deadlineMs = -Infinity
  private cancelBeat: () => void = () => undefined
  private cancelDeadline: () => void = () => undefined
  private isStopped = false
  private releasing: Promise<void> = Promise.resolve()
  private beating: Promise<void> = Promise.resolve()
  private readonly options: LeaseKeeperOptions

  constructor(options: LeaseKeeperOptions) {
    this.options = options
  }

  /** The lease of a shard that may be used now, or null. */
  find(shard: number): Lease | null {
    if (this.options.monotonicMs() >= this.deadlineMs || this.leaving.has(shard)) return null
    return this.leases.get(shard) ?? null
  }

  /** True while work begun under the lease may go on, also while it is on its way back. */
  isHeld(lease: Lease): boolean {
    if (this.options.monotonicMs() >= this.deadlineMs) return false
    return this.leases.get(lease.shard)?.epoch === lease.epoch
  }

  held(): Lease[] {
    return this.options.monotonicMs() >= this.deadlineMs ? [] : [...this.leases.values()]
  }

  /** Beats now; later beats follow by themselves until `stop`. @throws the database's error of this first beat. */
  async start(): Promise<void> {
    await this.beat()
    this.beatLater(this.options.times.beatMs)
  }

  /** Drains, gives everything back and leaves the list of the living. */
  async stop(): Promise<void> {
    if (this.isStopped) return
    this.isStopped = true
    this.cancelBeat()
    await this.beating
    await this.releasing
    await this.release(this.held())
    this.cancelDeadline()
    await this.options.inSystem((scope) => removeProcess(scope, this.options.processId))
  }

  /** One beat; beats never overlap. */
  async beat(): Promise<void> {
    const { processId, role, times, monotonicMs, inSystem } = this.options
    const startedAtMs = monotonicMs()
    if (startedAtMs >= this.deadlineMs) this.dropAll()
    const held = this.held()
    const answer = await inSystem((scope) =>
      beatLeases(scope, { processId, role, leaseMs: times.leaseMs, held }),
    )
    const deadlineMs = startedAtMs + times.leaseMs - times.marginMs
    if (monotonicMs() >= deadlineMs) return this.dropAll()
    this.deadlineMs = deadlineMs
    this.watchDeadline()
    this.take(held, answer)
  }

  private take(held: readonly Lease[], { renewed, taken, fairShare }: BeatAnswer): void {
    const kept = new Set(renewed.map((lease) => lease.shard))
    const lost = held.filter((lease) => !kept.has(lease.shard) && this.leases.has(lease.shard))
    for (const lease of lost) this.forget(lease)
    if (lost.length > 0) this.options.onLost(lost)
    for (const lease of taken) this.leases.set(lease.shard, lease)
    if (taken.length > 0) this.options.onGained(taken)
    const excess = [...this.leases.values()]
      .filter((lease) => !this.leaving.has(lease.shard))
      .slice(fairShare)
    if (excess.length > 0) this.releaseLater(excess)
  }

  private forget(lease: Lease): void {
    if (this.leases.get(lease.shard)?.epoch === lease.epoch) this.leases.delete(lease.shard)
    this.leaving.delete(lease.shard)
  }

  private releaseLater(leases: readonly Lease[]): void {
    for (const lease of leases) this.leaving.add(lease.shard)
    this.releasing = this.releasing.then(() =>
      this.release(leases).catch((error: unknown) => {
        this.options.logger.warn({ err: error }, 'leases could not be given back; they will expire')
      }),
    )
  }

  private async release(leases: readonly Lease[]): Promise<void> {
    for (const lease of leases) this.leaving.add(lease.shard)
    await this.options.drain(leases)
    for (const lease of leases) this.forget(lease)
    await this.options.inSystem((scope) => releaseLeases(scope, this.options.processId, leases))
  }

  private beatLater(delayMs: number): void {
    this.cancelBeat = this.options.schedule(() => {
      this.beating = this.beatOnTime()
    }, delayMs)
  }

  private async beatOnTime(): Promise<void> {
    const { times, monotonicMs, logger } = this.options
    const startedAtMs = monotonicMs()
    let nextMs = times.beatMs
    try {
      await this.beat()
    } catch (error) {
      logger.warn({ err: error }, 'a beat of the leases failed')
      nextMs = times.beatMs / 5
    }
    if (!this.isStopped) this.beatLater(Math.max(0, startedAtMs + nextMs - monotonicMs()))
  }

  private watchDeadline(): void {
    this.cancelDeadline()
    const { schedule, monotonicMs } = this.options
    this.cancelDeadline = schedule(() => {
      if (monotonicMs() >= this.deadlineMs) this.dropAll()
      else this.watchDeadline()
    }, this.deadlineMs - monotonicMs())
  }

  private dropAll(): void {
    const lost = [...this.leases.values()]
    this.leases.clear()
    this.leaving.clear()
    this.deadlineMs = -Infinity
    if (lost.length === 0) return
    this.options.logger.warn({ shards: lost.length }, 'leases were not renewed in time; sessions are stopped')
    this.options.onLost(lost)
  }
}
