import { setTimeout as wait } from 'node:timers/promises'
import { isConnectionLost, isRetryable } from './errors.ts'

export interface RetryOptions {
  /** Tries in all, 5 unless told. */
  attempts?: number
  /** First pause; each later one is twice as long, up to 500 ms, and shortened by chance down to its half. */
  delayMs?: number
  /** In [0, 1). */
  random?: () => number
}

/**
 * Runs a whole transaction again when PostgreSQL undid it for the order of things (serialization failure, deadlock).
 *
 * @param run Opens its own scope; runs from the start each time, so it must not change anything outside the database.
 * @throws The last error, when every try failed, or the first error of another kind.
 */
export async function retryable<T>(run: () => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const { attempts = 5, delayMs = 10, random = Math.random } = options
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      if (attempt >= attempts || !isRetryable(error)) throw error
      await wait(Math.min(500, delayMs * 2 ** (attempt - 1)) * (0.5 + random() / 2))
    }
  }
}

export interface PatienceOptions {
  /** From the first loss on; a minute unless told. */
  patienceMs?: number
  /** Pause between tries, in ms. */
  delayMs?: number
}

/**
 * Runs work again while the database, or the way to it, is gone.
 *
 * @param run Equal once or twice: what a lost connection had done may have happened.
 * @throws The last error, when the patience is over, or the first error of another kind.
 */
export async function whenReachable<T>(run: () => Promise<T>, options: PatienceOptions = {}): Promise<T> {
  const { patienceMs = 60_000, delayMs = 250 } = options
  let lostAtMs: number | undefined
  for (;;) {
    try {
      return await run()
    } catch (error) {
      if (!isConnectionLost(error)) throw error
      lostAtMs ??= performance.now()
      if (performance.now() - lostAtMs > patienceMs) throw error
      await wait(delayMs)
    }
  }
}
