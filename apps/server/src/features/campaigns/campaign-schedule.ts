import type { Schedule } from '@siar/contract'
import { AppError, instantOf, parseLocalTime, passedEverywhereAtMs, runStartAtMs } from '@siar/domain'
import { findRecurrenceProblem, nextOccurrenceMs } from '@siar/domain/recurrence'

/**
 * Refuses what could never be started: a day that does not exist, a rule that cannot be followed. Whether the time has passed is
 * asked when the campaign starts.
 *
 * @throws AppError `validation_failed`, `recurrence_malformed`, `recurrence_too_frequent`, `recurrence_not_supported`,
 *         `recurrence_too_many`, `recurrence_never`.
 */
export function checkSchedule(schedule: Schedule): void {
  if (schedule.kind === 'now') return
  if (parseLocalTime(schedule.at) === null) {
    const problem = { path: 'schedule.at', message: 'there is no such day or time' }
    throw new AppError('validation_failed', { problems: [problem] })
  }
  if (schedule.kind !== 'recurring') return
  const found = findRecurrenceProblem(schedule)
  if (found) throw new AppError(`recurrence_${found}`)
}

/**
 * When a campaign starts that is put on its schedule now; null means at once. A recurring one starts with its first occurrence
 * that is still to come, one on the recipients' clocks when the first zone on earth gets there.
 *
 * @throws AppError `schedule_in_past` when the time has passed, for every recipient there can be.
 */
export function startOf(schedule: Schedule, now: Date): Date | null {
  const nowMs = now.getTime()
  switch (schedule.kind) {
    case 'now':
      return null
    case 'at':
      return toCome(instantOf(schedule.at, schedule.timeZone), nowMs)
    case 'recurring':
      return toCome(nextOccurrenceMs(schedule, nowMs), nowMs)
    case 'recipient_local': {
      toCome(passedEverywhereAtMs(schedule.at), nowMs)
      const startMs = runStartAtMs({ kind: schedule.kind, localTime: schedule.at }, nowMs)
      return startMs !== null && startMs > nowMs ? new Date(startMs) : null
    }
  }
}

function toCome(atMs: number | null, nowMs: number): Date {
  if (atMs === null || atMs <= nowMs) throw new AppError('schedule_in_past')
  return new Date(atMs)
}
