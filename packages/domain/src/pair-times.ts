/** When people last got a message of one sender, as far as it still matters. */
export type PairTimes = {
  readonly note: (address: string, atMs: number) => void
  /** From when on the person may get the next one; null when at once. */
  readonly freeAtMs: (address: string, nowMs: number) => number | null
}

/** One message to the same person in this time. Source: channels.md §1. */
export const pairEveryMs = 6_000

/** Forgets by itself: holds the people of twice the interval at most. */
export function createPairTimes(): PairTimes {
  let newer = new Map<string, number>()
  let older = new Map<string, number>()
  let turnedAtMs = -Infinity
  return {
    note: (address, atMs) => {
      if (Math.abs(atMs - turnedAtMs) >= pairEveryMs) {
        older = newer
        newer = new Map()
        turnedAtMs = atMs
      }
      newer.set(address, atMs)
    },
    freeAtMs: (address, nowMs) => {
      const atMs = newer.get(address) ?? older.get(address)
      if (atMs === undefined || atMs > nowMs + pairEveryMs) return null
      const freeAtMs = atMs + pairEveryMs
      return freeAtMs > nowMs ? freeAtMs : null
    },
  }
}
