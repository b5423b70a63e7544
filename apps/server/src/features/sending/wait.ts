import { setTimeout as pause } from 'node:timers/promises'
import type { Schedule } from '../senders/index.ts'

const timerMsMax = 2 ** 31 - 1

/** Real time; does not hold the process open. */
export const realSchedule: Schedule = (run, delayMs) => {
  const timer = setTimeout(run, Math.min(timerMsMax, Math.max(0, delayMs)))
  timer.unref()
  return () => clearTimeout(timer)
}

/** A pause in real time; does not hold the process open. */
export const realPause = (delayMs: number): Promise<void> => pause(delayMs, undefined, { ref: false })

/** Pauses on a schedule. */
export function pauseOn(schedule: Schedule, delayMs: number): Promise<void> {
  return new Promise((resolve) => void schedule(resolve, delayMs))
}
