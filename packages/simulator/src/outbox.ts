import type { InboundEvent, SessionListener } from '@siar/channel'
import type { Schedule } from './timer-wheel.ts'

/** Events of one sender on their way to whoever listens; they wait while nobody does. */
export interface Outbox {
  push(...events: InboundEvent[]): void
  /** Starts handing over, in batches, each once the one before was taken. States of an earlier session are dropped. */
  attach(listener: SessionListener): void
  detach(): void
  hasRoom(): boolean
  /** Resolves when fewer than the limit wait; false when the signal ended first. */
  room(signal?: AbortSignal): Promise<boolean>
}

const batchMax = 1_000
const waitingMax = 5_000
const retryDelaysMs = [50, 200, 1_000, 5_000]

class Pump implements Outbox {
  private events: InboundEvent[] = []
  private listener: SessionListener | null = null
  /** Changes with each listener, so that the answer of an earlier one no longer counts. */
  private turn = 0
  private isPumping = false
  private failures = 0
  private waiters: (() => void)[] = []
  private readonly schedule: Schedule

  constructor(schedule: Schedule) {
    this.schedule = schedule
  }

  push(...events: InboundEvent[]): void {
    for (const event of events) this.events.push(event)
    this.start()
  }

  attach(listener: SessionListener): void {
    this.detach()
    this.events = this.events.filter((event) => event.type !== 'state' && event.type !== 'pairing')
    this.listener = listener
    this.start()
  }

  detach(): void {
    this.turn += 1
    this.listener = null
    this.isPumping = false
    this.failures = 0
  }

  hasRoom(): boolean {
    return this.events.length < waitingMax
  }

  async room(signal?: AbortSignal): Promise<boolean> {
    while (!this.hasRoom()) {
      if (signal?.aborted === true) return false
      await new Promise<void>((resolve) => {
        this.waiters.push(resolve)
        signal?.addEventListener('abort', () => resolve(), { once: true })
      })
    }
    return true
  }

  private start(): void {
    if (this.isPumping || this.listener === null || this.events.length === 0) return
    this.isPumping = true
    void this.pump(this.listener, this.turn)
  }

  private async pump(listener: SessionListener, turn: number): Promise<void> {
    await Promise.resolve()
    while (turn === this.turn && this.events.length > 0) {
      const batch = this.events.slice(0, batchMax)
      try {
        await listener(batch)
      } catch {
        if (turn === this.turn) this.retry(listener, turn)
        return
      }
      if (turn !== this.turn) return
      this.failures = 0
      this.events.splice(0, batch.length)
      for (const wake of this.waiters.splice(0, batch.length)) wake()
    }
    if (turn === this.turn) this.isPumping = false
  }

  private retry(listener: SessionListener, turn: number): void {
    const delayMs = retryDelaysMs[Math.min(this.failures, retryDelaysMs.length - 1)] ?? 5_000
    this.failures += 1
    this.schedule(() => void this.pump(listener, turn), delayMs)
  }
}

export function createOutbox(schedule: Schedule): Outbox {
  return new Pump(schedule)
}
