import type { SenderUse } from './pacing.ts'
import type { QuietHours } from './quiet-hours.ts'

export type ForecastSender = {
  readonly senderId: string
  /** People of the run who have this sender, as routing shares them out. */
  readonly count: number
  /** `sentThisHour` and `sentToday` as of the start. */
  readonly use: SenderUse
  /** Messages of other campaigns that go first. */
  readonly waiting: number
  /** True where pacing, caps, warm-up and quiet hours do not hold (a simulator): its messages count as sent at once. */
  readonly skipsLimits: boolean
}

export type ForecastBrake = 'quiet_hours' | 'hourly_cap' | 'daily_cap' | 'warm_up'

export type ForecastInput = {
  readonly startAtMs: number
  readonly workspaceZone: string
  /** Null when night silence is switched off. */
  readonly quietHours: QuietHours | null
  readonly senders: readonly ForecastSender[]
  /** Recipients by the zone they live in (`recipientZone`); those who will be skipped are left out. */
  readonly recipientsByZone: readonly { readonly zone: string; readonly count: number }[]
}
