import { setMaxListeners } from 'node:events'

/**
 * Signals that end calls which take too long. Calls that begin within the same moment share one, so that a thousand messages a
 * second do not cost a thousand timers, each kept until its end.
 */
export class Deadlines {
  readonly #timeoutMs: number
  readonly #shareMs: number
  #current: AbortSignal | null = null
  #sharedUntilMs = -Infinity

  /** @param timeoutMs What a call is given; the moment in which calls share a signal, a sixtieth of it, comes on top. */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs
    this.#shareMs = timeoutMs / 60
  }

  /** @returns a signal that ends not before the time is over; never the signal of a call that has begun much earlier. */
  signal(): AbortSignal {
    const nowMs = performance.now()
    if (this.#current === null || nowMs >= this.#sharedUntilMs) {
      this.#current = AbortSignal.timeout(Math.ceil(this.#timeoutMs + this.#shareMs))
      setMaxListeners(0, this.#current)
      this.#sharedUntilMs = nowMs + this.#shareMs
    }
    return this.#current
  }
}
