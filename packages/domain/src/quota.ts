import { instantOfLocalMs, localMsOf } from './zone-clock.ts'

/** The calendar month of a zone in which a quota counts. */
export type QuotaMonth = {
  /** `2026-11-01`, and the first day of the next month. */
  readonly firstDay: string
  readonly nextFirstDay: string
  /** The instant the next month begins and the quota is free again. */
  readonly renewsAtMs: number
}

export function quotaMonthOf(zone: string, atMs: number): QuotaMonth {
  const local = new Date(localMsOf(zone, atMs))
  const [year, month] = [local.getUTCFullYear(), local.getUTCMonth()]
  const nextMs = Date.UTC(year, month + 1, 1)
  return {
    firstDay: dayText(Date.UTC(year, month, 1)),
    nextFirstDay: dayText(nextMs),
    renewsAtMs: instantOfLocalMs(zone, nextMs),
  }
}

const dayText = (localMs: number): string => new Date(localMs).toISOString().slice(0, 10)
