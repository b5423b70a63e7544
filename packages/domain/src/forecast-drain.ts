import { dailyAllowance, meanDelayMs, nextHourAtMs } from './pacing.ts'
import type { SenderUse } from './pacing.ts'
import { nextQuietStartMs, quietUntilMs } from './quiet-hours.ts'
import type { ForecastBrake, ForecastInput, ForecastSender } from './forecast-input.ts'
import { nextDayStartAtMs } from './zone-clock.ts'

/** How far ahead a forecast looks before it says that there is no end in sight: three years. */
export const forecastHorizonMs = 3 * 366 * 86_400_000

type Pool = { readonly zone: string; left: number }

type Step = { readonly endsAtMs: number; readonly open: readonly Pool[]; readonly openCount: number }

type Drain = {
  atMs: number
  ahead: number
  sentThisHour: number
  sentToday: number
  readonly pools: readonly Pool[]
}

const almostNothing = 1e-6

/**
 * When one sender has sent its part of every zone; null beyond the horizon.
 *
 * @param part Its share of the recipients, 0 … 1, taken evenly from all zones.
 * @param brakes Gets what held it up.
 */
export function drainOf(
  sender: ForecastSender,
  part: number,
  input: ForecastInput,
  brakes: Set<ForecastBrake>,
): number | null {
  if (sender.skipsLimits) return input.startAtMs
  const drain = startOf(sender, part, input)
  const delayMs = meanDelayMs(sender.use.pacing)
  while (drain.atMs - input.startAtMs < forecastHorizonMs) {
    const step = stepOf(drain, sender.use, input)
    const left = leftIn(drain)
    const room = roomOf(drain, sender.use, input.workspaceZone)
    const possible = Math.min(room, step.openCount)
    if (possible >= left - almostNothing) {
      const endsAtMs = drain.atMs + Math.max(0, left - 1) * delayMs
      if (endsAtMs < step.endsAtMs) return Math.round(endsAtMs)
    }
    if (room > 0 && step.openCount < left - almostNothing) brakes.add('quiet_hours')
    const inTime = (step.endsAtMs - drain.atMs) / delayMs
    if (room < Math.min(step.openCount, inTime)) brakes.add(capBrake(drain, sender.use, input.workspaceZone))
    send(drain, step, Math.min(possible, inTime))
    moveTo(drain, step.endsAtMs, input.workspaceZone)
  }
  return null
}

function startOf(sender: ForecastSender, part: number, input: ForecastInput): Drain {
  return {
    atMs: input.startAtMs,
    ahead: sender.waiting,
    sentThisHour: sender.use.sentThisHour,
    sentToday: sender.use.sentToday,
    pools: input.recipientsByZone.map(({ zone, count }) => ({ zone, left: count * part })),
  }
}

const leftIn = (drain: Drain): number => drain.pools.reduce((sum, pool) => sum + pool.left, drain.ahead)

/** The stretch of time from now on in which no cap, day or silence changes. What waits ahead counts as open. */
function stepOf(drain: Drain, use: SenderUse, input: ForecastInput): Step {
  let endsAtMs = nextDayStartAtMs(input.workspaceZone, drain.atMs)
  if (use.pacing.hourlyCap !== null) endsAtMs = Math.min(endsAtMs, nextHourAtMs(drain.atMs))
  const open: Pool[] = []
  let openCount = drain.ahead
  for (const pool of drain.pools) {
    if (pool.left <= 0) continue
    const quietEndsAtMs = input.quietHours && quietUntilMs(input.quietHours, pool.zone, drain.atMs)
    const changesAtMs =
      quietEndsAtMs ?? (input.quietHours && nextQuietStartMs(input.quietHours, pool.zone, drain.atMs))
    endsAtMs = Math.min(endsAtMs, changesAtMs ?? endsAtMs)
    if (quietEndsAtMs !== null) continue
    open.push(pool)
    openCount += pool.left
  }
  return { endsAtMs, open, openCount }
}

function roomOf(drain: Drain, use: SenderUse, zone: string): number {
  const hour = (use.pacing.hourlyCap ?? Infinity) - drain.sentThisHour
  return Math.max(0, Math.min(hour, dailyAllowance(use, zone, drain.atMs) - drain.sentToday))
}

function capBrake(drain: Drain, use: SenderUse, zone: string): ForecastBrake {
  const today = dailyAllowance(use, zone, drain.atMs)
  if ((use.pacing.hourlyCap ?? Infinity) - drain.sentThisHour < today - drain.sentToday) return 'hourly_cap'
  return today < (use.pacing.dailyCap ?? Infinity) ? 'warm_up' : 'daily_cap'
}

function send(drain: Drain, step: Step, count: number): void {
  drain.sentThisHour += count
  drain.sentToday += count
  const ahead = Math.min(drain.ahead, count)
  drain.ahead -= ahead
  const ofPools = step.open.reduce((sum, pool) => sum + pool.left, 0)
  const part = ofPools > 0 ? Math.min(1, (count - ahead) / ofPools) : 0
  for (const pool of step.open) pool.left *= 1 - part
}

function moveTo(drain: Drain, atMs: number, zone: string): void {
  if (nextHourAtMs(drain.atMs) <= atMs) drain.sentThisHour = 0
  if (nextDayStartAtMs(zone, drain.atMs) <= atMs) drain.sentToday = 0
  drain.atMs = atMs
}
