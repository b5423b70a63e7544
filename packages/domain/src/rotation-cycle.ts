import { createRouter } from './routing.ts'
import type { Rotation, RoutingSender } from './routing.ts'

const cycleLengthMax = 20_000
const evenLength = 1_000

/**
 * The rotation as a list of sender ids to repeat over the recipients: what `createRouter` would give them one by one.
 *
 * Weights are kept exactly as long as they make up at most 20,000 turns, and within a thousandth beyond. `least_loaded` levels what is
 * waiting within the first 20,000 recipients.
 *
 * @param recipients How many are expected; only `least_loaded` asks.
 * @returns Empty when no sender is healthy, or all that are weigh 0.
 */
export function rotationCycle<S extends string>(
  senders: readonly RoutingSender<S>[],
  rotation: Rotation,
  recipients: number,
): S[] {
  const usable = senders.filter(({ healthy, weight }) => healthy && (rotation !== 'weighted' || weight > 0))
  if (usable.length === 0) return []
  const router = createRouter(usable, rotation)
  const length = lengthOf(usable, rotation, recipients)
  return Array.from({ length }, () => router.next().senderId).filter((id) => id !== null)
}

function lengthOf(senders: readonly RoutingSender[], rotation: Rotation, recipients: number): number {
  if (rotation === 'round_robin') return senders.length
  if (rotation === 'least_loaded') {
    return Math.max(senders.length, Math.min(cycleLengthMax, Math.ceil(recipients)))
  }
  const total = senders.reduce((sum, { weight }) => sum + weight, 0)
  const turn = total / senders.reduce((divisor, { weight }) => commonDivisor(divisor, weight), 0)
  return Number.isInteger(turn) && turn <= cycleLengthMax ? turn : Math.max(senders.length, evenLength)
}

function commonDivisor(left: number, right: number): number {
  return right === 0 ? left : commonDivisor(right, left % right)
}

/** How often each sender comes up when a cycle is repeated over `count` recipients, beginning at `offset`. */
export function cycleCounts<S extends string>(
  cycle: readonly S[],
  count: number,
  offset = 0,
): ReadonlyMap<S, number> {
  const counts = new Map<S, number>()
  if (cycle.length === 0 || count <= 0) return counts
  const rounds = Math.floor(count / cycle.length)
  const rest = count % cycle.length
  cycle.forEach((senderId, index) => {
    const place = (index - (offset % cycle.length) + cycle.length) % cycle.length
    counts.set(senderId, (counts.get(senderId) ?? 0) + rounds + (place < rest ? 1 : 0))
  })
  return counts
}
