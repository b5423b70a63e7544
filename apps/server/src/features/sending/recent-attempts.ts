import type { InFlight } from './settle.ts'

/** The recipients of the newest attempts of this process, so that most receipts need no look-up. */
export class RecentAttempts {
  readonly #max: number
  readonly #recipientOf = new Map<string, string>()

  constructor(max: number) {
    this.#max = max
  }

  add({ attemptId, recipientId }: InFlight): void {
    this.#recipientOf.set(attemptId, recipientId)
    if (this.#recipientOf.size <= this.#max) return
    const [oldest] = this.#recipientOf.keys()
    if (oldest !== undefined) this.#recipientOf.delete(oldest)
  }

  /** Null when it is not known here: read it from the attempt. */
  find(attemptId: string): string | null {
    return this.#recipientOf.get(attemptId) ?? null
  }
}
