import type { InFlight } from './settle.ts'

/** The newest attempts of this process with their recipients and costs, so that most receipts need no look-up. */
export class RecentAttempts {
  readonly #max: number
  readonly #recipientOf = new Map<string, { readonly recipientId: string; readonly isFree: boolean }>()

  constructor(max: number) {
    this.#max = max
  }

  add({ attemptId, recipientId, costMicros = null }: InFlight): void {
    this.#recipientOf.set(attemptId, { recipientId, isFree: costMicros === null })
    if (this.#recipientOf.size <= this.#max) return
    const [oldest] = this.#recipientOf.keys()
    if (oldest !== undefined) this.#recipientOf.delete(oldest)
  }

  /** Null when it is not known here: read it from the attempt. */
  find(attemptId: string): string | null {
    return this.#recipientOf.get(attemptId)?.recipientId ?? null
  }

  /** Whether it is known here that nothing is expected to be charged for it. */
  isFree(attemptId: string): boolean {
    return this.#recipientOf.get(attemptId)?.isFree ?? false
  }
}
