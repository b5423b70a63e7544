/** Spreads starts evenly over time, up to a rate that may change from one to the next. */
export type RateMeter = {
  /** Takes one start. @returns 0 when it may go now, else how many milliseconds it is too early; then nothing was taken. */
  readonly take: (nowMs: number, perSecond: number) => number
  /** Nobody waits: what is not used from here on is not made good. */
  readonly rest: (nowMs: number) => void
}

/** A process that stalls while somebody waits makes good this much time, and no more. */
const catchUpMsMax = 250

/**
 * A meter without a burst: after a rest one goes at once and the next a whole interval later. Only time in which somebody waited and the
 * process was busy is made good, at most a quarter of a second of it.
 */
export function createRateMeter(): RateMeter {
  let freeAtMs: number | null = null
  return {
    take: (nowMs, perSecond) => {
      const intervalMs = 1000 / perSecond
      let atMs = freeAtMs ?? nowMs
      // A clock that is set back must not keep everybody waiting.
      if (atMs - nowMs > intervalMs + catchUpMsMax) atMs = nowMs
      if (atMs > nowMs) return atMs - nowMs
      freeAtMs = Math.max(atMs, nowMs - catchUpMsMax) + intervalMs
      return 0
    },
    rest: (nowMs) => {
      freeAtMs = Math.max(freeAtMs ?? nowMs, nowMs)
    },
  }
}
