import type { InboundEvent, SessionListener } from '@siar/channel'
import type { Schedule } from './schedule.ts'

const retryDelaysMs = [50, 200, 1_000, 5_000]
const waitingMax = 200

/** Tells what the session itself finds out, in order, each until it was taken. Only the newest wait while nobody takes. */
export class EventTeller {
  private waiting: InboundEvent[] = []
  private isTelling = false
  private isClosed = false
  private cancelRetry: () => void = () => undefined
  private readonly listener: SessionListener
  private readonly schedule: Schedule

  constructor(listener: SessionListener, schedule: Schedule) {
    this.listener = listener
    this.schedule = schedule
  }

  tell(...events: readonly InboundEvent[]): void {
    if (this.isClosed || events.length === 0) return
    this.waiting = [...this.waiting, ...events].slice(-waitingMax)
    if (this.isTelling) return
    this.isTelling = true
    void this.run(0)
  }

  close(): void {
    this.isClosed = true
    this.waiting = []
    this.cancelRetry()
  }

  private async run(failures: number): Promise<void> {
    await Promise.resolve()
    while (this.waiting.length > 0) {
      const batch = this.waiting
      try {
        await this.listener(batch)
      } catch {
        const delayMs = retryDelaysMs[Math.min(failures, retryDelaysMs.length - 1)] ?? 5_000
        if (!this.isClosed) this.cancelRetry = this.schedule(() => void this.run(failures + 1), delayMs)
        return
      }
      this.waiting = this.waiting.filter((event) => !batch.includes(event))
    }
    this.isTelling = false
  }
}
