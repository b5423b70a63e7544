/** Runs something after a delay, as `setTimeout`; answers the way to call it off. */
export type Schedule = (run: () => void, delayMs: number) => () => void

type Listener<Event> = (events: readonly Event[]) => Promise<void>

/** Things on their way to whoever listens; they wait while nobody does, and are handed over until they are taken. */
export interface Outbox<Event> {
  push(...events: Event[]): void
  /** Starts handing over, in batches, each once the one before was taken. What is stale for a new listener is dropped. */
  attach(listener: Listener<Event>): void
  detach(): void
  hasRoom(): boolean
  /** How many wait now. */
  waiting(): number
  /** Resolves when fewer than the limit wait; false when the signal ended first. */
  room(signal?: AbortSignal): Promise<boolean>
}

const batchMax = 1_000
const waitingMax = 5_000
const retryDelaysMs = [50, 200, 1_000, 5_000]

class Pump<Event> implements Outbox<Event> {
  private events: Event[] = []
  private listener: Listener<Event> | null = null
  /** Changes with each listener, so that the answer of an earlier one no longer counts. */
  private turn = 0
  private isPumping = false
  private failures = 0
  private waiters: (() => void)[] = []
  private readonly schedule: Schedule
  private readonly isStale: (event: Event) => boolean

  constructor(schedule: Schedule, isStale: (event: Event) => boolean) {
    this.schedule = schedule
    this.isStale = isStale
  }

  push(...events: Event[]): void {
    for (const event of events) this.events.push(event)
    this.start()
  }

  attach(listener: Listener<Event>): void {
    this.detach()
    this.events = this.events.filter((event) => !this.isStale(event))
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

  waiting(): number {
    return this.events.length
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

  private async pump(listener: Listener<Event>, turn: number): Promise<void> {
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

  private retry(listener: Listener<Event>, turn: number): void {
    const delayMs = retryDelaysMs[Math.min(this.failures, retryDelaysMs.length - 1)] ?? 5_000
    this.failures += 1
    this.schedule(() => void this.pump(listener, turn), delayMs)
  }
}

/** @param isStale What waits but means nothing to a listener that comes later. */
export function createOutbox<Event>(
  schedule: Schedule,
  isStale: (event: Event) => boolean = () => false,
): Outbox<Event> {
  return new Pump(schedule, isStale)
}
