import { defaultPacing, hash32, mix32, nextDelayMs } from '@siar/domain'

/** The pauses of one sender as numbers in [0, 1): always the same, so that its schedule can be computed beforehand. */
export function randomOf(senderId: string): () => number {
  const seed = hash32(senderId)
  let drawn = 0
  return () => {
    drawn += 1
    return mix32(seed + Math.imul(drawn, 0x9e3779b9)) / 4294967296
  }
}

/** The pauses of a sender in the order in which it draws them, in milliseconds; the first comes before its first message. */
export function pausesMs(senderId: string, count: number): number[] {
  const random = randomOf(senderId)
  return Array.from({ length: count }, () => nextDelayMs(defaultPacing, random()))
}

export interface Lateness {
  /** Milliseconds behind the ideal schedule, ascending. */
  readonly sorted: readonly number[]
  /** Pauses shorter than the shortest that pacing allows. */
  readonly tooFast: number
}

/** The clock counts in milliseconds, so two of its readings may be one too close. */
const clockMs = 1

/**
 * Compares when messages went with the ideal: the first one after `fromMs` sets a sender's beginning, each further one is due
 * its drawn pause after the ideal instant of the one before.
 *
 * @param sentAtMs By sender, every message from the first on.
 */
export function judge(
  sentAtMs: ReadonlyMap<string, readonly number[]>,
  fromMs: number,
  toMs: number,
): Lateness {
  const late: number[] = []
  let tooFast = 0
  for (const [senderId, instants] of sentAtMs) {
    const pauses = pausesMs(senderId, instants.length + 1)
    let idealMs: number | null = null
    for (const [index, atMs] of instants.entries()) {
      const before = instants[index - 1]
      if (before !== undefined && atMs - before < defaultPacing.delayMsMin - clockMs) tooFast += 1
      if (atMs < fromMs || atMs > toMs) continue
      idealMs = idealMs === null ? atMs : idealMs + (pauses[index] ?? 0)
      late.push(Math.max(0, atMs - idealMs))
    }
  }
  return { sorted: late.sort((left, right) => left - right), tooFast }
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
