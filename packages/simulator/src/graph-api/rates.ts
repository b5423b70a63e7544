/** Takes one now, or says that it is too early. */
export interface Allowance {
  take(nowMs: number): boolean
}

/** Up to `perSecond` a second, and as many at once. */
export function createThroughput(perSecond: number): Allowance {
  let left = perSecond
  let atMs = -Infinity
  return {
    take: (nowMs) => {
      if (atMs !== -Infinity) left = Math.min(perSecond, left + ((nowMs - atMs) / 1_000) * perSecond)
      atMs = nowMs
      if (left < 1) return false
      left -= 1
      return true
    },
  }
}

/** One to the same person in 6 s; up to 45 at once are borrowed from the time after. Source: Meta, pair rate limits. */
const pairEveryMs = 6_000
const pairBurst = 45

/** Forgets pairs after the time in which the longest burst is paid back, so that memory follows the rate. */
export class PairRates {
  private newer = new Map<string, number>()
  private older = new Map<string, number>()
  private turnAtMs = -Infinity

  /** `free` says from when on the pair owes nothing: each message moves it by 6 s. */
  take(to: string, nowMs: number): boolean {
    this.turn(nowMs)
    const freeAtMs = Math.max(this.newer.get(to) ?? this.older.get(to) ?? 0, nowMs)
    if (freeAtMs - nowMs > (pairBurst - 1) * pairEveryMs) return false
    this.newer.set(to, freeAtMs + pairEveryMs)
    return true
  }

  private turn(nowMs: number): void {
    if (nowMs - this.turnAtMs < pairBurst * pairEveryMs) return
    this.older = this.newer
    this.newer = new Map()
    this.turnAtMs = nowMs
  }
}

const dayMs = 24 * 60 * 60_000

/** The different people a portfolio wrote to outside of windows within 24 moving hours. */
export class UniquePeople {
  private readonly lastAtMs = new Map<string, number>()
  max: number

  constructor(max: number) {
    this.max = max
  }

  /** As Meta names it: `TIER_250`, `TIER_2K`, `TIER_UNLIMITED`. */
  get tier(): string {
    if (this.max === Infinity) return 'TIER_UNLIMITED'
    return this.max >= 1_000 && this.max % 1_000 === 0 ? `TIER_${this.max / 1_000}K` : `TIER_${this.max}`
  }

  take(person: string, nowMs: number): boolean {
    if (this.max === Infinity) return true
    for (const [known, atMs] of this.lastAtMs) {
      if (nowMs - atMs < dayMs) break
      this.lastAtMs.delete(known)
    }
    if (!this.lastAtMs.has(person) && this.lastAtMs.size >= this.max) return false
    this.lastAtMs.delete(person)
    this.lastAtMs.set(person, nowMs)
    return true
  }
}
