/**
 * The clock on which recipients are due and lanes pace. It follows the clock of the machine, and goes on where that one is
 * set back: whoever was due stays due, and no pause grows by an hour. Set forward, it jumps along; pauses then count from
 * there, so nothing is made good in a burst. Quiet hours, caps and what people read go by the clock of the machine.
 */
export class DueClock {
  readonly #now: () => Date
  #lastMs = -Infinity
  #aheadMs = 0

  constructor(now: () => Date) {
    this.#now = now
  }

  now(): Date {
    const wallMs = this.#now().getTime()
    this.#aheadMs += Math.max(0, this.#lastMs - wallMs)
    this.#lastMs = wallMs
    return new Date(wallMs + this.#aheadMs)
  }

  /** An instant of the machine's clock, on this one. */
  from(at: Date): Date {
    return new Date(at.getTime() + this.now().getTime() - this.#lastMs)
  }
}
