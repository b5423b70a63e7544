interface Sleeper {
  dueAtMs: number
  wake: () => void
}

/** A clock that stands still until a test moves it. */
export interface FakeClock {
  /** Pass this where a service asks for the time. */
  readonly now: () => Date
  readonly nowMs: () => number
  /**
   * Pass this where a service pauses: resolves once the clock has moved that far. With an aborted signal it rejects
   * with the signal's reason.
   */
  readonly wait: (delayMs: number, signal?: AbortSignal) => Promise<void>
  /** Pass this where a service sets timers: runs once the clock has moved that far. @returns the way to call it off. */
  readonly schedule: (run: () => void, delayMs: number) => () => void
  /** How many pauses are open. */
  readonly sleeping: () => number
  /** Moves on, waking each sleeper at its own instant and letting its next steps run before time moves further. */
  advanceBy(ms: number): Promise<void>
  /** As `advanceBy`, to an instant. @throws RangeError when it is in the past. */
  advanceTo(instant: Date | string): Promise<void>
}

/** Lets everything run that is ready now; work that waits for the network or the database is not. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

function sleep(sleepers: Set<Sleeper>, dueAtMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason as Error)
    const sleeper = { dueAtMs, wake: resolve }
    sleepers.add(sleeper)
    signal?.addEventListener('abort', () => sleepers.delete(sleeper) && reject(signal.reason as Error), {
      once: true,
    })
  })
}

/** @param start ISO instant, `2026-01-05T03:00:00Z` (a Monday, 10:00 in Jakarta) unless told. */
export function createFakeClock(start: Date | string = '2026-01-05T03:00:00Z'): FakeClock {
  let currentMs = new Date(start).getTime()
  const sleepers = new Set<Sleeper>()
  const advanceToMs = async (targetMs: number) => {
    if (targetMs < currentMs) throw new RangeError('The clock does not run backwards')
    for (;;) {
      await settle()
      const [next] = [...sleepers].sort((a, b) => a.dueAtMs - b.dueAtMs)
      if (next === undefined || next.dueAtMs > targetMs) break
      currentMs = Math.max(currentMs, next.dueAtMs)
      sleepers.delete(next)
      next.wake()
    }
    currentMs = targetMs
  }
  return {
    now: () => new Date(currentMs),
    nowMs: () => currentMs,
    wait: (delayMs, signal) => sleep(sleepers, currentMs + delayMs, signal),
    schedule: (run, delayMs) => {
      const sleeper = { dueAtMs: currentMs + delayMs, wake: run }
      sleepers.add(sleeper)
      return () => void sleepers.delete(sleeper)
    },
    sleeping: () => sleepers.size,
    advanceBy: (ms) => advanceToMs(currentMs + ms),
    advanceTo: (instant) => advanceToMs(new Date(instant).getTime()),
  }
}
