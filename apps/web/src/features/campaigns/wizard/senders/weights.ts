import type { Weights } from '@siar/contract'
import type { Draft } from '../draft.ts'

export const weightMax = 1000

/** What a sender weighs; source: `Weights` of the contract. */
export function weightOf(weights: Weights, senderId: string): number {
  return weights[senderId] ?? 1
}

/** The same weights with one changed; what weighs 1 need not be named. */
export function withWeight(weights: Weights, senderId: string, weight: number): Weights {
  const { [senderId]: _before, ...others } = weights
  return weight === 1 ? others : { ...others, [senderId]: weight }
}

/** Each sender's share of the people, 0–1, in the order given; all 0 when nobody weighs anything. */
export function sharesOf(weights: Weights, senderIds: readonly string[]): number[] {
  const each = senderIds.map((id) => weightOf(weights, id))
  const sum = each.reduce((total, weight) => total + weight, 0)
  return each.map((weight) => (sum === 0 ? 0 : weight / sum))
}

/** Nobody could be given a sender: they are shared out by weight and all weigh 0. */
export function isWeightless(
  { rotation, weights }: Pick<Draft, 'rotation' | 'weights'>,
  senderIds: readonly string[] | null,
): boolean {
  if (rotation !== 'weighted' || !senderIds || senderIds.length === 0) return false
  return senderIds.every((id) => weightOf(weights, id) === 0)
}
