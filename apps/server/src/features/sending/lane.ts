import type { SendOutcome } from '@siar/channel'
import {
  createPairTimes,
  createRateMeter,
  hashFraction,
  nextDelayMs,
  nextSlotAtMs,
  noBrake,
  pairEveryMs,
  slowDown,
  speedShare,
  typingMs,
} from '@siar/domain'
import type { CapUse, Pacing, SpeedBrake, WorkspaceId } from '@siar/domain'
import type { Core } from '../../core.ts'
import { speedRule } from '../campaigns/index.ts'
import { LeaseLost } from '../senders/index.ts'
import type { OwnedSender, OwnedSenders, Schedule } from '../senders/index.ts'
import type { Deadlines } from './deadlines.ts'
import type { LaneState } from './lane-gate.ts'
import { LaneWork } from './lane-work.ts'
import { SendPump } from './send-pump.ts'
import { capsFreeAtMs, pacingOf, perSecondOf, SenderMeter } from './sender-meter.ts'
import type { Settled } from './workspace-writer.ts'
import type { Next, Outgoing, TakeRequest, TakeResult } from './taker.ts'
import type { LaneRun } from './workspace-context.ts'
import type { WorkspaceLanes } from './workspace-lanes.ts'

export interface LaneOptions {
  readonly batchSize: number
  /** Of calls to channels. */
  readonly deadlines: Deadlines
  readonly schedule: Schedule
  /** The pauses of one sender, each in [0, 1); the process's own randomness unless told. */
  readonly randomOf?: (senderId: string) => () => number
}

/** What a lane with a rate claims ahead of it: what is claimed goes out even when the campaign is paused meanwhile. */
const aheadMs = 500
const aheadMax = 500

const idleMs = 60_000
const errorPauseMs = 1_000
const lookUpMsMax = 20_000
const lookUpAgainMs = 60_000
const unaskableMax = 1_000
const lookAtMin = 1
const lookAtMax = 256

/**
 * Sends the messages of one sender: in batches where its channel takes many at once, at a rate where it counts by the second, else one
 * by one with pauses.
 *
 * Sleeps until the next instant that matters (a due recipient, a pacing slot, a cap that frees) or until it is woken;
 * never polls. One lane a sender and process; the lease keeps other processes away.
 */
export class Lane {
  readonly senderId: string
  readonly workspaceId: WorkspaceId
  readonly #core: Core
  readonly #owned: OwnedSenders
  readonly #shared: WorkspaceLanes
  readonly #options: LaneOptions
  readonly #random: () => number
  readonly #pump: SendPump
  readonly #work: LaneWork
  readonly #meter = new SenderMeter()
  /** Who just got a message of this sender; only where the channel minds. */
  readonly #pairs = createPairTimes()
  readonly #stop = new AbortController()
  #wake: (() => void) | null = null
  #isWoken = false
  /** Attempts written whose outcome is not. */
  #outstanding = 0
  #nextSlotAtMs = 0
  #newChatsLockedUntilMs: number | null = null
  #brake: SpeedBrake = noBrake
  #concurrencyMax = 1
  #fullPerSecond: number | null = null
  #lookAt = lookAtMin
  /** Numbers that could not be looked up, with when it is worth trying again. */
  readonly #unaskable = new Map<string, number>()
  /** Fewer messages at hand than this ask for more. */
  #lowMark = 0
  /** Who the last take saw behind the one it gave. */
  #next: Next | null = null
  #isPrepared = false
  #typing: { readonly slotAtMs: number; readonly to: string | null; readonly durationMs: number } | null =
    null
  #onSent: ((outcome: SendOutcome) => void) | null = null

  constructor(
    core: Core,
    owned: OwnedSenders,
    shared: WorkspaceLanes,
    senderId: string,
    options: LaneOptions,
  ) {
    this.senderId = senderId
    this.#work = new LaneWork(hashFraction(senderId))
    this.workspaceId = shared.workspaceId
    this.#core = core
    this.#owned = owned
    this.#shared = shared
    this.#options = options
    this.#random = options.randomOf?.(senderId) ?? core.random
    this.#pump = new SendPump({
      concurrencyMax: () => this.#concurrency(),
      deadlines: options.deadlines,
      logger: core.logger,
      onOutcome: (outgoing, outcome) => this.#onOutcome(outgoing, outcome),
      onStart: (outgoing) => this.#onStart(outgoing),
      rate: {
        meter: createRateMeter(),
        nowMs: () => this.#nowMs(),
        perSecond: () => this.#perSecond(),
        schedule: options.schedule,
      },
    })
  }

  /** Something may have changed for this sender: work, its status, its settings. */
  wake(): void {
    this.#work.markStale()
    this.#next = null
    this.#nudge()
  }

  /** Takes nothing more; what was handed out is finished by the channel and the writer. */
  stop(): void {
    this.#stop.abort()
    this.#nudge()
  }

  /** Messages handed out whose outcome is not written yet. */
  get outstanding(): number {
    return this.#outstanding
  }

  /** The writer has written, or given up, outcomes of this lane. */
  onWritten(settled: readonly Settled[]): void {
    this.#outstanding -= settled.filter(({ wasTaken }) => wasTaken !== false).length
    this.#isWoken = true
    this.#wake?.()
  }

  /** WhatsApp lets this number only answer until then. */
  lockNewChats(untilMs: number): void {
    this.#newChatsLockedUntilMs = Math.max(this.#newChatsLockedUntilMs ?? 0, untilMs)
  }

  /** WhatsApp finds this number too fast: half the speed at once, then step by step back to the whole. */
  slowDown(): void {
    this.#brake = slowDown(this.#brake, this.#nowMs())
  }

  /** Runs until stopped or until the sender is no longer owned. */
  async run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const sender = this.#owned.findOwned(this.senderId)
      if (!sender) return
      let pauseMs = errorPauseMs
      try {
        pauseMs = await this.#turn(sender)
      } catch (error) {
        if (!(error instanceof LeaseLost)) {
          this.#core.logger.error({ err: error, senderId: this.senderId }, 'a lane stumbled and goes on')
        }
      }
      if (pauseMs > 0) await this.#sleep(pauseMs)
    }
  }

  /** On the clock on which people are due; it never goes back. */
  #nowMs(): number {
    return this.#shared.due.now().getTime()
  }

  /** On the clock of the machine: hours, days and locks go by it. */
  #wallMs(): number {
    return this.#core.now().getTime()
  }

  #concurrency(): number {
    const max = this.#owned.findOwned(this.senderId)?.capabilities.concurrencyMax ?? this.#concurrencyMax
    this.#concurrencyMax = max
    if (this.#fullPerSecond !== null) return max
    return Math.max(1, Math.floor(max * speedShare(this.#brake, this.#nowMs())))
  }

  /** Messages a second at present; null where the sender has no rate. */
  #perSecond(): number | null {
    const sender = this.#owned.findOwned(this.senderId)
    if (sender) this.#fullPerSecond = perSecondOf(sender)
    return this.#fullPerSecond && this.#fullPerSecond * speedShare(this.#brake, this.#nowMs())
  }

  /** @returns how long the lane may sleep; 0 to go on at once. */
  async #turn(sender: OwnedSender): Promise<number> {
    if (sender.status !== 'online' || !sender.useForCampaigns) return idleMs
    const { timeZone, status } = await this.#shared.facts()
    if (status === 'suspended') return idleMs
    await this.#prepare(sender)
    const nowMs = this.#nowMs()
    if (this.#work.needsRefresh(nowMs)) this.#work.hear(await this.#shared.findWork(this.senderId), nowMs)
    const runIds = this.#work.dueRuns(nowMs)
    if (runIds.length === 0)
      return Math.min(idleMs, Math.max(1, (this.#work.nextDueAtMs() ?? Infinity) - nowMs))
    const rule = speedRule(sender.channel, sender.settings)
    const caps = rule === 'paced' ? this.#meter.caps(sender, timeZone, this.#wallMs()) : []
    const freeAtMs = capsFreeAtMs(caps)
    if (freeAtMs !== null) return Math.min(idleMs, Math.max(1, freeAtMs - this.#wallMs()))
    const isSlow = sender.capabilities.sends === 'one_by_one' || rule === 'paced'
    if (isSlow || (await this.#shared.asksForPace(runIds))) return this.#paced(sender, runIds, caps)
    const perSecond = this.#perSecond()
    return perSecond === null ? this.#batched(sender, runIds, caps) : this.#atRate(sender, runIds, perSecond)
  }

  async #prepare(sender: OwnedSender): Promise<void> {
    if (this.#isPrepared) return
    await this.#shared.recover(sender)
    const rule = speedRule(sender.channel, sender.settings)
    if (rule === 'per_second') {
      const recent = await this.#shared.listJustWrittenTo(this.senderId, pairEveryMs)
      for (const { address, at } of recent) this.#pairs.note(address, at.getTime())
    }
    if (rule === 'paced') {
      const { timeZone, sent } = await this.#shared.readSent(this.senderId)
      this.#meter.start(timeZone, this.#wallMs(), sent)
      // Whoever had this sender before may just have sent.
      this.#nextSlotAtMs = this.#nowMs() + nextDelayMs(pacingOf(sender, null), this.#random())
    }
    this.#isPrepared = true
  }

  #state({ newChatsLockedUntil }: OwnedSender, caps: readonly CapUse[]): LaneState {
    const lockedUntilMs = Math.max(this.#newChatsLockedUntilMs ?? 0, newChatsLockedUntil?.getTime() ?? 0)
    const newChatsLockedUntilMs = lockedUntilMs > this.#wallMs() ? lockedUntilMs : null
    const hasPairs = this.#fullPerSecond !== null
    return {
      caps,
      nextSlotAtMs: null,
      newChatsLockedUntilMs,
      pairs: hasPairs ? this.#pairs : null,
      unaskable: this.#unaskable,
    }
  }

  async #batched(sender: OwnedSender, runIds: readonly string[], caps: readonly CapUse[]): Promise<number> {
    // What is claimed goes out even when the campaign is paused meanwhile: no more than the channel takes in two rounds.
    const batchSize = Math.min(this.#options.batchSize, 2 * this.#concurrency())
    if (this.#outstanding > batchSize) return idleMs
    const state = this.#state(sender, caps)
    const runs = this.#runs(runIds)
    const result = await this.#take({
      sender,
      state,
      runs,
      lookAt: batchSize,
      allowed: batchSize,
      isPaced: false,
    })
    if (result.outgoing.length === 0 && result.renewsAtMs !== null)
      return this.#untilRenewal(result.renewsAtMs)
    this.#pump.add(result.outgoing, sender.session)
    return 0
  }

  /** Keeps half a second of the rate at hand, so that the channel never waits for the database. */
  async #atRate(sender: OwnedSender, runIds: readonly string[], perSecond: number): Promise<number> {
    const ahead = Math.min(aheadMax, Math.ceil((perSecond * aheadMs) / 1000))
    this.#lowMark = Math.floor(ahead / 2)
    const unwritten = this.#outstanding - this.#pump.waiting
    const wanted = ahead - this.#pump.waiting
    if (this.#pump.waiting > this.#lowMark || unwritten > 2 * this.#concurrency() + aheadMax) return idleMs
    const state = this.#state(sender, [])
    const runs = this.#runs(runIds)
    const request = { sender, state, runs, lookAt: wanted, allowed: wanted, isPaced: false }
    const result = await this.#take(request)
    if (result.outgoing.length === 0 && result.renewsAtMs !== null)
      return this.#untilRenewal(result.renewsAtMs)
    for (const { to } of result.outgoing) this.#pairs.note(to, this.#wallMs())
    this.#pump.add(result.outgoing, sender.session)
    return 0
  }

  #onStart(outgoing: Outgoing): void {
    if (this.#fullPerSecond === null) return
    this.#pairs.note(outgoing.to, this.#wallMs())
    if (this.#pump.waiting <= this.#lowMark) this.#nudge()
  }

  #runs(runIds: readonly string[]): TakeRequest['runs'] {
    return runIds.map((runId) => ({ runId, after: this.#work.cursorOf(runId) }))
  }

  async #take(request: TakeRequest): Promise<TakeResult> {
    const result = await this.#shared.take(request)
    this.#work.tell(result)
    this.#outstanding += result.outgoing.length
    return result
  }

  async #paced(sender: OwnedSender, runIds: readonly string[], caps: readonly CapUse[]): Promise<number> {
    if (this.#outstanding > 0) return idleMs
    const untilSlotMs = this.#nextSlotAtMs - this.#nowMs()
    const untilTypingMs = await this.#type(sender, runIds, untilSlotMs)
    if (untilTypingMs > 0) return untilTypingMs
    if (untilSlotMs > 0) return untilSlotMs
    const state = this.#state(sender, caps)
    const runs = this.#runs(runIds)
    const result = await this.#take({ sender, state, runs, lookAt: this.#lookAt, allowed: 1, isPaced: true })
    const [outgoing] = result.outgoing
    if (!outgoing) {
      if (result.renewsAtMs !== null) return this.#untilRenewal(result.renewsAtMs)
      const [phone] = result.toLookUp
      if (phone !== undefined) return this.#lookUpAtSlot(sender, phone)
      this.#lookAt = Math.min(lookAtMax, this.#lookAt * 2)
      return 0
    }
    this.#lookAt = lookAtMin
    this.#next = result.next
    await this.#sendOne(sender, outgoing)
    return 0
  }

  /** A number that is not there, or cannot be looked up, costs a pause as a message would: look-ups are no faster than messages. */
  async #lookUpAtSlot(sender: OwnedSender, phone: string): Promise<number> {
    this.#work.markStale()
    if ((await this.#lookUp(sender, phone)) === true) return 0
    const pacing = this.#paceOf(sender, null)
    this.#nextSlotAtMs = nextSlotAtMs(pacing, this.#nextSlotAtMs, this.#nowMs(), this.#random())
    return 0
  }

  /** Asks the session whether a number is on WhatsApp, and keeps the answer. @returns null when it cannot tell now. */
  async #lookUp(sender: OwnedSender, phone: string): Promise<boolean | null> {
    try {
      const found = await sender.session.directory?.exists([phone], AbortSignal.timeout(lookUpMsMax))
      const exists = found?.[0]?.exists
      if (exists !== undefined) {
        await this.#shared.keepExistence(phone, exists)
        this.#unaskable.delete(phone)
        return exists
      }
    } catch (error) {
      this.#core.logger.warn({ err: error, senderId: this.senderId }, 'a number could not be looked up')
    }
    if (this.#unaskable.size >= unaskableMax) this.#unaskable.clear()
    this.#unaskable.set(phone, this.#wallMs() + lookUpAgainMs)
    return null
  }

  /** The quota is used up: asks again when it renews, and meanwhile now and then, should what is on the way come back. */
  #untilRenewal(renewsAtMs: number): number {
    return Math.min(idleMs, Math.max(1, renewsAtMs - this.#wallMs()))
  }

  async #sendOne(sender: OwnedSender, outgoing: Outgoing): Promise<void> {
    const { timeZone } = await this.#shared.facts()
    this.#meter.count(timeZone, this.#wallMs())
    const sent = new Promise<SendOutcome>((resolve) => (this.#onSent = resolve))
    this.#pump.add([outgoing], sender.session)
    const pacing = this.#paceOf(sender, outgoing.run.pacing)
    this.#nextSlotAtMs = nextSlotAtMs(pacing, this.#nextSlotAtMs, this.#nowMs(), this.#random())
    await sent
  }

  /** Longer pauses while WhatsApp finds this number too fast. */
  #paceOf(sender: OwnedSender, campaign: LaneRun['pacing']): Pacing {
    const pacing = pacingOf(sender, campaign)
    const share = speedShare(this.#brake, this.#nowMs())
    return {
      ...pacing,
      delayMsMin: pacing.delayMsMin / share,
      delayMsMax: pacing.delayMsMax / share,
    }
  }

  /**
   * Shows typing before the slot, inside the pause, for as long as the text takes.
   *
   * @returns how long to sleep before that begins; 0 when it has begun or there is none.
   */
  async #type(sender: OwnedSender, runIds: readonly string[], untilSlotMs: number): Promise<number> {
    if (sender.capabilities.typing !== true || untilSlotMs <= 0) return 0
    if (this.#typing?.slotAtMs !== this.#nextSlotAtMs) {
      const next = await this.#nextToType(sender, runIds)
      const durationMs = next ? Math.min(untilSlotMs, typingMs(next.textLength)) : 0
      this.#typing = { slotAtMs: this.#nextSlotAtMs, to: next?.to ?? null, durationMs }
    }
    const { to, durationMs } = this.#typing
    if (to === null) return 0
    const untilTypingMs = this.#nextSlotAtMs - this.#nowMs() - durationMs
    if (untilTypingMs > 1) return untilTypingMs
    this.#typing = { ...this.#typing, to: null }
    void sender.session.showTyping(to, durationMs).catch((error: unknown) => {
      this.#core.logger.debug({ err: error, senderId: this.senderId }, 'typing could not be shown')
    })
    return 0
  }

  /** Nobody is shown typing whose number is not known to be on WhatsApp: it is looked up in the pause before. */
  async #nextToType(sender: OwnedSender, runIds: readonly string[]): Promise<Next | null> {
    if (!sender.capabilities.checksExistence) return this.#next ?? this.#shared.peek(sender, runIds)
    const peeked = await this.#shared.peek(sender, runIds)
    if (peeked === null || peeked.existence === 'absent') return null
    if (peeked.existence === 'go' || this.#unaskable.has(peeked.to))
      return peeked.existence === 'go' ? peeked : null
    return (await this.#lookUp(sender, peeked.to)) === true ? peeked : null
  }

  #onOutcome(outgoing: Outgoing, outcome: SendOutcome): void {
    this.#shared.settle({ flight: outgoing.flight, outcome })
    const onSent = this.#onSent
    this.#onSent = null
    onSent?.(outcome)
  }

  #nudge(): void {
    this.#isWoken = true
    this.#wake?.()
  }

  async #sleep(pauseMs: number): Promise<void> {
    if (this.#isWoken || this.#stop.signal.aborted) {
      this.#isWoken = false
      return
    }
    let cancel: () => void = () => undefined
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      cancel = this.#options.schedule(resolve, pauseMs)
    })
    cancel()
    this.#wake = null
    this.#isWoken = false
  }
}
