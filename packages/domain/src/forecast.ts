import { drainOf } from './forecast-drain.ts'
import type { ForecastBrake, ForecastInput } from './forecast-input.ts'

export type SenderForecast = {
  readonly senderId: string
  /** Messages this sender will send. */
  readonly count: number
  /** When its last one goes; null when that is beyond `forecastHorizonMs`. The start when it sends none. */
  readonly finishesAtMs: number | null
}

export type Forecast = {
  /** When the last message goes; null when there is no end within `forecastHorizonMs`. */
  readonly finishesAtMs: number | null
  readonly bySender: readonly SenderForecast[]
  /** What makes it take longer than bare pacing would. */
  readonly brakes: readonly ForecastBrake[]
}

/**
 * Estimates when a run ends, by the pacing, caps, warm-up and quiet hours that the lane obeys, on a virtual clock.
 *
 * How many each sender sends is what routing has planned. Pauses count with their mean. The clock moves in steps in which nothing
 * changes (to the next hour, day or quiet boundary), so the time taken depends on how long the run lasts, not on how many recipients it
 * has. Retries, replies and campaigns that start later are not known to it.
 */
export function forecastRun(input: ForecastInput): Forecast {
  const total = input.recipientsByZone.reduce((sum, { count }) => sum + count, 0)
  const brakes = new Set<ForecastBrake>()
  const bySender = input.senders.map((sender): SenderForecast => {
    const { senderId, count } = sender
    const finishesAtMs =
      count === 0 ? input.startAtMs : drainOf(sender, count / Math.max(1, total), input, brakes)
    return { senderId, count, finishesAtMs }
  })
  const routed = total === 0 || bySender.some(({ count }) => count > 0)
  return { finishesAtMs: routed ? latest(bySender, input.startAtMs) : null, bySender, brakes: [...brakes] }
}

function latest(senders: readonly SenderForecast[], startAtMs: number): number | null {
  let end = startAtMs
  for (const { finishesAtMs } of senders) {
    if (finishesAtMs === null) return null
    end = Math.max(end, finishesAtMs)
  }
  return end
}
