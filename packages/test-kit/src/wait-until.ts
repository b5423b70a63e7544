import { setTimeout as wait } from 'node:timers/promises'

export interface WaitUntilOptions {
  /** 20,000 unless told: a limit for what never comes, not for what is slow on a busy machine. */
  timeoutMs?: number
  /** 10 unless told. */
  everyMs?: number
  /** What one waited for, for the message of the failure. */
  what?: string
}

/**
 * Asks again until the answer is truthy, for things that happen in another process or in the database.
 *
 * An error of `ask` counts as "not yet". @returns the first truthy answer. @throws Error after the time, with the last
 * error as its cause.
 */
export async function waitUntil<T>(
  ask: () => T | Promise<T>,
  { timeoutMs = 20_000, everyMs = 10, what = 'the condition' }: WaitUntilOptions = {},
): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    let lastError: unknown
    try {
      const answer = await ask()
      if (answer) return answer
    } catch (error) {
      lastError = error
    }
    if (performance.now() > deadline) {
      throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`, { cause: lastError })
    }
    await wait(everyMs)
  }
}
