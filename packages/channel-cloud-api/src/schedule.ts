/** Runs something after a delay; answers the way to call it off. */
export type Schedule = (run: () => void, delayMs: number) => () => void

/** Real time; holds no process open. */
export const realSchedule: Schedule = (run, delayMs) => {
  const timer = setTimeout(run, delayMs)
  timer.unref()
  return () => clearTimeout(timer)
}
