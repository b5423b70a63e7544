import type { JobBinding, JobDefinition, JobQueue } from '../jobs/job-queue.ts'

interface WaitingJob {
  readonly definition: JobDefinition
  readonly payload: unknown
  readonly id: string | undefined
}

/** Keeps jobs until the test runs them; `every` is remembered and run with `tick`. */
export interface MemoryJobQueue extends JobQueue {
  readonly waiting: readonly WaitingJob[]
  /** Runs everything that waits, also what those jobs add, with the handlers given to `work`. */
  drain(): Promise<void>
  /** Runs the handlers of all schedules once. */
  tick(): Promise<void>
}

export function createMemoryJobQueue(): MemoryJobQueue {
  const waiting: WaitingJob[] = []
  const schedules = new Map<string, WaitingJob>()
  const handlers = new Map<string, JobBinding>()
  const run = async (job: WaitingJob): Promise<void> => {
    const binding = handlers.get(job.definition.name)
    if (!binding) throw new Error(`no handler for job ${job.definition.name}`)
    await binding.handler(job.definition.payload.parse(job.payload) as never, new AbortController().signal)
  }
  const toJob = <T>(definition: JobDefinition<T>, payload: T, id?: string): WaitingJob => ({
    definition: definition,
    payload: definition.payload.parse(payload),
    id,
  })
  return {
    waiting,
    add: async (definition, payload, options) => {
      const taken = options?.id !== undefined && waiting.some((job) => job.id === options.id)
      if (!taken) waiting.push(toJob(definition, payload, options?.id))
    },
    every: async (definition, payload) => {
      schedules.set(definition.name, toJob(definition, payload))
    },
    work: async (bindings) => {
      for (const binding of bindings) handlers.set(binding.definition.name, binding)
    },
    drain: async () => {
      for (let job = waiting.shift(); job; job = waiting.shift()) await run(job)
    },
    tick: async () => {
      for (const job of schedules.values()) await run(job)
    },
    check: async () => undefined,
    close: async () => undefined,
  }
}
