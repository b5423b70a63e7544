import type { Schedule } from '@siar/channel'

/** Real time; holds no process open. */
export const realSchedule: Schedule = (run, delayMs) => {
  const timer = setTimeout(run, delayMs)
  timer.unref()
  return () => clearTimeout(timer)
}
