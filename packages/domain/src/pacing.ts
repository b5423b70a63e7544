import { nextDayStartAtMs } from './zone-clock.ts'
import { defaultWarmUpRamp, numberAgeDays, warmUpAllowance } from './warm-up.ts'
import type { WarmUpRamp } from './warm-up.ts'

const hourMs = 3_600_000

/** How fast one sender may go. */
export type Pacing = {
  /** Shortest and longest pause between two messages; 0 ≤ min ≤ max. */
  readonly delayMsMin: number
  readonly delayMsMax: number
  /** Messages an hour (a clock hour) and a day (the workspace's day); null for no cap. */
  readonly hourlyCap: number | null
  readonly dailyCap: number | null
}

/** 3-6 s, 1,000 a day: a linked sender that is warm. Source: product.md K4, §1. */
export const defaultPacing: Pacing = { delayMsMin: 3000, delayMsMax: 6000, hourlyCap: null, dailyCap: 1000 }

/** Pacing of a channel that is counted in messages per second. */
export function pacingPerSecond(messagesPerSecond: number): Pacing {
  const delayMs = 1000 / messagesPerSecond
  return { delayMsMin: delayMs, delayMsMax: delayMs, hourlyCap: null, dailyCap: null }
}

/**
 * The pause before the next message, in milliseconds, evenly spread over min … max.
 *
 * @param random A number in [0, 1).
 */
export function nextDelayMs(pacing: Pacing, random: number): number {
  const longest = Math.max(pacing.delayMsMin, pacing.delayMsMax)
  return pacing.delayMsMin + random * (longest - pacing.delayMsMin)
}

/** The mean of `nextDelayMs`, for forecasts. */
export function meanDelayMs(pacing: Pacing): number {
  return nextDelayMs(pacing, 0.5)
}

const catchUpMsMax = 1000

/**
 * When the next message may go, on the schedule that began with the slot of the last one.
 *
 * A message that left a little late does not shift all that follow: the pause counts from its slot, as long as the shortest
 * pause since it really left is kept. Idle time is not saved up: at most a second is made good, so a lane that slept never
 * bursts.
 *
 * @param slotAtMs When the last message was to go. @param sentAtMs When it did. @param random A number in [0, 1).
 */
export function nextSlotAtMs(pacing: Pacing, slotAtMs: number, sentAtMs: number, random: number): number {
  const countsFromMs = Math.min(sentAtMs, Math.max(slotAtMs, sentAtMs - catchUpMsMax))
  return Math.max(countsFromMs + nextDelayMs(pacing, random), sentAtMs + pacing.delayMsMin)
}

const typingMsPerCharacter = 35
const typingMsMin = 800
const typingMsMax = 8000

/** How long "typing…" is shown before a text of this length, in milliseconds: in proportion, within 0.8-8 s. */
export function typingMs(textLength: number): number {
  return Math.min(typingMsMax, Math.max(typingMsMin, textLength * typingMsPerCharacter))
}

/** A limit in a window of time. `freesAtMs` is when the window ends and `used` starts again from 0. */
export type CapUse = {
  readonly kind: 'hourly_cap' | 'daily_cap' | 'warm_up'
  readonly limit: number
  readonly used: number
  readonly freesAtMs: number
}

/** Messages a cap still allows in its window. */
export function capRoom(cap: CapUse): number {
  return Math.max(0, cap.limit - cap.used)
}

export type SenderUse = {
  readonly pacing: Pacing
  /** Messages sent since the present clock hour (UTC) and the present workspace day began. */
  readonly sentThisHour: number
  readonly sentToday: number
  /** When the number came into use, as its owner declared; null when warm-up is switched off. */
  readonly numberSinceAtMs: number | null
  readonly ramp?: WarmUpRamp
}

/** The caps that bind a sender at an instant, for the gate. The zone is the workspace's. */
export function capsOf(use: SenderUse, zone: string, nowAtMs: number): CapUse[] {
  const caps: CapUse[] = []
  const { hourlyCap, dailyCap } = use.pacing
  if (hourlyCap !== null) {
    caps.push({
      kind: 'hourly_cap',
      limit: hourlyCap,
      used: use.sentThisHour,
      freesAtMs: nextHourAtMs(nowAtMs),
    })
  }
  const dayEndsAtMs = nextDayStartAtMs(zone, nowAtMs)
  if (dailyCap !== null) {
    caps.push({ kind: 'daily_cap', limit: dailyCap, used: use.sentToday, freesAtMs: dayEndsAtMs })
  }
  const allowance = allowanceOf(use, zone, nowAtMs)
  if (allowance !== null) {
    caps.push({ kind: 'warm_up', limit: allowance, used: use.sentToday, freesAtMs: dayEndsAtMs })
  }
  return caps
}

function allowanceOf(use: SenderUse, zone: string, nowAtMs: number): number | null {
  if (use.numberSinceAtMs === null) return null
  return warmUpAllowance(numberAgeDays(use.numberSinceAtMs, nowAtMs, zone), use.ramp ?? defaultWarmUpRamp)
}

/** Messages a sender may send on the day of an instant: the tighter of daily cap and warm-up; Infinity when neither binds. */
export function dailyAllowance(use: SenderUse, zone: string, atMs: number): number {
  return Math.min(use.pacing.dailyCap ?? Infinity, allowanceOf(use, zone, atMs) ?? Infinity)
}

/** The instant the next clock hour begins; hourly caps are free again. */
export function nextHourAtMs(atMs: number): number {
  return (Math.floor(atMs / hourMs) + 1) * hourMs
}
