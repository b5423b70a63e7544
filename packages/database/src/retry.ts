import { setTimeout as wait } from 'node:timers/promises'
import { isRetryable } from './errors.ts'

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
