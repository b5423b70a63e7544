import type { Schedule } from '@siar/channel'

/** A clock with timers that moves only when told. */
export interface VirtualTime {
  readonly now: () => Date
  readonly nowMs: () => number
  readonly schedule: Schedule
  /** Timers that wait now. */
  readonly timers: () => number
  /** Runs each timer at its own instant and lets what it began go on before time moves further. */
  advanceBy(ms: number): Promise<void>
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export function createVirtualTime(): VirtualTime {
  let currentMs = Date.parse('2026-11-20T03:00:00Z')
  const timers = new Set<{ dueAtMs: number; run: () => void }>()
  return {
    now: () => new Date(currentMs),
    nowMs: () => currentMs,
    schedule: (run, delayMs) => {
      const timer = { dueAtMs: currentMs + delayMs, run }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    timers: () => timers.size,
    advanceBy: async (ms) => {
      const targetMs = currentMs + ms
      for (;;) {
        await settle()
        const [next] = [...timers].sort((a, b) => a.dueAtMs - b.dueAtMs)
        if (next === undefined || next.dueAtMs > targetMs) break
        timers.delete(next)
        currentMs = Math.max(currentMs, next.dueAtMs)
        next.run()
      }
      currentMs = targetMs
      await settle()
    },
  }
}
