import type { Rotation } from './routing.ts'

export type ShareTaker = {
  /** Share in weighted rotation. */
  readonly weight: number
  /** Recipients already waiting. */
  readonly waiting: number
  /** Messages it may still send today; Infinity when nothing caps it. */
  readonly roomToday: number
}

/**
 * How many of `total` recipients each sender gets: what `createRouter` would count, without walking through them.
 *
 * First today's room is used, then the rest is spread regardless. Whole numbers whose sum is `total`, or all 0 when nobody can
 * take any. Takes time linear in the senders.
 */
export function shareOut(total: number, takers: readonly ShareTaker[], rotation: Rotation): number[] {
  if (total <= 0 || takers.every((taker) => weightOf(taker, rotation) === 0)) return takers.map(() => 0)
  const roomy = fill(total, takers, (taker, level) => Math.min(room(taker), wanted(taker, level, rotation)))
  const left = total - sum(roomy)
  if (left < 0.5) return rounded(roomy, total)
  const later = takers.map((taker, index) => ({ ...taker, waiting: taker.waiting + (roomy[index] ?? 0) }))
  const rest = fill(left, later, (taker, level) => wanted(taker, level, rotation))
  return rounded(
    roomy.map((count, index) => count + (rest[index] ?? 0)),
    total,
  )
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

const room = (taker: ShareTaker): number => Math.max(0, taker.roomToday)

function weightOf(taker: ShareTaker, rotation: Rotation): number {
  return rotation === 'weighted' ? Math.max(0, taker.weight) : 1
}

function wanted(taker: ShareTaker, level: number, rotation: Rotation): number {
  return rotation === 'least_loaded' ? Math.max(0, level - taker.waiting) : level * weightOf(taker, rotation)
}

/** Raises a common level until what is taken reaches `total`, or everybody is full. */
function fill(
  total: number,
  takers: readonly ShareTaker[],
  taken: (taker: ShareTaker, level: number) => number,
): number[] {
  const at = (level: number): number[] => takers.map((taker) => taken(taker, level))
  let low = 0
  let high = 1
  while (high < 1e15 && sum(at(high)) < total) high *= 2
  for (let round = 0; round < 80; round += 1) {
    const middle = (low + high) / 2
    if (sum(at(middle)) < total) low = middle
    else high = middle
  }
  return at(high)
}

/** Whole numbers next to the given ones, with the given sum: the largest remainders are rounded up. */
function rounded(counts: readonly number[], total: number): number[] {
  const whole = counts.map((count) => Math.floor(count + 1e-6))
  const order = counts
    .map((count, index) => ({ index, remainder: count - (whole[index] ?? 0) }))
    .sort((left, right) => right.remainder - left.remainder)
  const missing = Math.round(total - sum(whole))
  for (const { index } of order.slice(0, Math.max(0, missing))) whole[index] = (whole[index] ?? 0) + 1
  return whole
}
