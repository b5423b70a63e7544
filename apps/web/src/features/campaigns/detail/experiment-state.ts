import type { ExperimentReport } from '@siar/contract'

type Variant = ExperimentReport['variants'][number]

/** The end of the common axis on which variants are drawn: a little past the widest interval, a whole step of 5 %. */
export function axisEnd(variants: readonly Pick<Variant, 'goal'>[]): number {
  const widest = Math.max(0, ...variants.map(({ goal }) => goal?.high ?? 0))
  return Math.min(1, Math.max(0.05, Math.ceil(widest * 20 + 1e-9) / 20))
}

/** Where an interval lies on the axis, as shares of its width. */
export type IntervalPlace = { start: number; width: number; at: number }

export function placeOnAxis(share: NonNullable<Variant['goal']>, end: number): IntervalPlace {
  const onAxis = (value: number) => Math.min(1, Math.max(0, value / end))
  const start = onAxis(share.low)
  return { start, width: Math.max(0, onAxis(share.high) - start), at: onAxis(share.value) }
}

/** Variants a person may still choose for those who wait, the one that is surely better first. */
export function choosable({ winner, waiting, leader, variants }: ExperimentReport): Variant[] {
  if (winner !== null || waiting === 0) return []
  return [...variants].sort((left, right) => Number(right.key === leader) - Number(left.key === leader))
}
