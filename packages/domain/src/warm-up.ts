import { localDayNumber } from './zone-clock.ts'

/** One step of a ramp: from this day of the number's life on, so many messages a day. */
export type WarmUpStep = { readonly fromDay: number; readonly perDay: number }

export type WarmUpRamp = {
  /** Ascending by `fromDay`, the first at day 0. */
  readonly steps: readonly WarmUpStep[]
  /** From this day on the ramp no longer holds. */
  readonly fullFromDay: number
}

/** Source: channels.md §6. */
export const defaultWarmUpRamp: WarmUpRamp = {
  steps: [
    { fromDay: 0, perDay: 20 },
    { fromDay: 4, perDay: 50 },
    { fromDay: 8, perDay: 100 },
    { fromDay: 15, perDay: 200 },
  ],
  fullFromDay: 31,
}

/** Messages a day for a linked sender once warmed up, unless the workspace says otherwise. Source: product.md §1. */
export const defaultDailyCap = 1000

/** Age of a number in whole days of the workspace's calendar; 0 on its first day. `sinceAtMs` is the number's age, not the pairing's. */
export function numberAgeDays(sinceAtMs: number, nowAtMs: number, zone: string): number {
  return Math.max(0, localDayNumber(zone, nowAtMs) - localDayNumber(zone, sinceAtMs))
}

/** Messages the ramp allows on one day, or null when the number is warm. Never falls as the number grows older. */
export function warmUpAllowance(ageDays: number, ramp: WarmUpRamp = defaultWarmUpRamp): number | null {
  if (ageDays >= ramp.fullFromDay) return null
  return ramp.steps.findLast((step) => step.fromDay <= ageDays)?.perDay ?? ramp.steps[0]?.perDay ?? null
}

/** Where a number stands, for the health card. `stage` counts from 1; `nextDay` is the age at which the next stage begins. */
export type WarmUpStage = {
  readonly stage: number
  readonly stages: number
  readonly perDay: number
  readonly nextDay: number
}

/** The present stage of the ramp, or null when the number is warm. */
export function warmUpStage(ageDays: number, ramp: WarmUpRamp = defaultWarmUpRamp): WarmUpStage | null {
  const perDay = warmUpAllowance(ageDays, ramp)
  if (perDay === null) return null
  const index = Math.max(
    0,
    ramp.steps.findLastIndex((step) => step.fromDay <= ageDays),
  )
  const nextDay = ramp.steps[index + 1]?.fromDay ?? ramp.fullFromDay
  return { stage: index + 1, stages: ramp.steps.length, perDay, nextDay }
}
