import type { z } from 'zod'

/** A kind of background work. Payloads carry ids only; a handler reloads, checks again, and running twice equals once. */
export interface JobDefinition<T = unknown> {
  /** `feature.verb`. */
  readonly name: string
  readonly payload: z.ZodType<T>
  /** Tries before the job goes to the dead-letter list. */
  readonly attemptsMax: number
  readonly backoffMs: number
  /** `long` jobs (imports, exports) have workers of their own, so that `short` ones never wait behind them. */
  readonly duration: 'short' | 'long'
}

export type JobHandler<T> = (payload: T, signal: AbortSignal) => Promise<void>

export interface JobBinding {
  readonly definition: JobDefinition
  readonly handler: JobHandler<never>
}

export function defineJob<T>(definition: JobDefinition<T>): JobDefinition<T> {
  return definition
}

export function bindJob<T>(definition: JobDefinition<T>, handler: JobHandler<T>): JobBinding {
  return { definition: definition, handler: handler }
}

/** Background work on BullMQ: PostgreSQL by default, Redis when configured. */
export interface JobQueue {
  /**
   * Adds a job. With `id` a job that is waiting or at work under the same id is not added twice.
   * Resolves when the queue has it; call it after the transaction that made it necessary has committed.
   */
  add<T>(definition: JobDefinition<T>, payload: T, options?: { id?: string; delayMs?: number }): Promise<void>
  /** Runs a job again and again; calling it twice keeps one schedule. */
  every<T>(definition: JobDefinition<T>, payload: T, everyMs: number): Promise<void>
  /** Starts taking jobs of the given kinds in this process. */
  work(bindings: readonly JobBinding[]): Promise<void>
  /** Resolves when the queue answers. */
  check(): Promise<void>
  /** Waits for the jobs at work, then closes all connections. */
  close(): Promise<void>
}
