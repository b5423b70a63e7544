import { setTimeout as pause } from 'node:timers/promises'

/** Pauses; rejects when the signal ends it. A test puts its own clock in place. */
export type Wait = (delayMs: number, signal?: AbortSignal) => Promise<void>

const timerMsMax = 2 ** 31 - 1

/** Real time; does not hold the process open. */
export const realWait: Wait = (delayMs, signal) =>
  pause(Math.min(timerMsMax, Math.max(0, delayMs)), undefined, { ref: false, ...(signal ? { signal } : {}) })
