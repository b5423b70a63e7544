import { setTimeout as wait } from 'node:timers/promises'

const idleReads = 5

const rssMb = (): number => process.memoryUsage.rss() / 2 ** 20

/** What this process holds while it has nothing to do, in MB. */
export async function readIdleMb(): Promise<number> {
  globalThis.gc?.()
  let lowest = Infinity
  for (let read = 0; read < idleReads; read += 1) {
    await wait(100)
    lowest = Math.min(lowest, rssMb())
  }
  return lowest
}

/** Reads the memory of this process ten times a second; `stop` answers the most that was seen, in MB. */
export function watchMemory(): { stop: () => number } {
  let peak = rssMb()
  const timer = setInterval(() => (peak = Math.max(peak, rssMb())), 100)
  return {
    stop: () => {
      clearInterval(timer)
      return Math.max(peak, rssMb())
    },
  }
}
