/**
 * Keeps rounds of work apart, so that what comes meanwhile is done together in the next. A round after a quiet time begins at
 * once: nobody waits where there is nothing to gather.
 */
export class Gather {
  readonly #gatherMs: number
  #lastAtMs = -Infinity
  #go: (() => void) | null = null

  /** @param gatherMs Real time from the beginning of one round to that of the next. */
  constructor(gatherMs: number) {
    this.#gatherMs = gatherMs
  }

  /** Resolves when the next round may begin. */
  async round(): Promise<void> {
    const restMs = this.#lastAtMs + this.#gatherMs - performance.now()
    if (restMs > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, restMs)
        this.#go = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      this.#go = null
    }
    this.#lastAtMs = performance.now()
  }

  /** Begins the round that waits, because there is enough to do or somebody cannot wait. */
  hurry(): void {
    this.#go?.()
  }
}
