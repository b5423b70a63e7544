import type { Database } from '@siar/database'
import type { Job, PostgresConnectionOptions } from 'bullmq'
import { createPostgresBackend, Queue, withBackend, Worker } from 'bullmq'
import pg from 'pg'
import type { Logger } from 'pino'
import type { JobBinding, JobDefinition, JobQueue } from './job-queue.ts'

export interface BullmqOptions {
  /** Jobs go through this database unless `redisUrl` is given. */
  readonly database: Database
  readonly redisUrl: string | null
  /** Keeps installations on one Redis apart; `siar` unless told. */
  readonly redisPrefix?: string
  readonly logger: Logger
}

type Duration = JobDefinition['duration']
const DURATIONS: readonly Duration[] = ['short', 'long']
const WORKERS_AT_ONCE: Readonly<Record<Duration, number>> = { short: 8, long: 2 }
const POOL_MAX = 8
/**
 * A job of a process that died is taken over after at most `lockDuration` + `stalledInterval`. However often that happens
 * it is not given up for it: handlers go on where they were, and only an error of their own counts as a try.
 */
const TAKE_OVER = { lockDuration: 8_000, stalledInterval: 4_000, maxStalledCount: 1_000 } as const
const SCHEMA = 'bullmq'

type Run = (name: string, data: unknown, signal: AbortSignal) => Promise<void>

interface Backend {
  readonly ready: () => Promise<void>
  readonly makeQueue: (duration: Duration) => Queue
  readonly makeWorker: (duration: Duration, run: Run) => Worker
  readonly close: () => Promise<void>
}

/**
 * The job queue on BullMQ. One pool of connections serves all its objects on PostgreSQL (schema `bullmq`, made by BullMQ
 * itself at the first start); on Redis each object has its own connection.
 *
 * A job that fails is tried again with exponential backoff up to `attemptsMax` times and then kept as failed: the
 * dead-letter list. Finished jobs are dropped.
 */
export function createBullmqQueue(options: BullmqOptions): JobQueue {
  const { logger } = options
  const backend = options.redisUrl
    ? redisBackend(options.redisUrl, options.redisPrefix ?? 'siar')
    : postgresBackend(options.database, logger)
  const queues = new Map<Duration, Queue>()
  const workers: Worker[] = []
  const onError = (error: Error): void => logger.warn({ err: error }, 'job queue connection')

  const queueFor = async (duration: Duration): Promise<Queue> => {
    await backend.ready()
    const known = queues.get(duration)
    if (known) return known
    const queue = backend.makeQueue(duration)
    queue.on('error', onError)
    queues.set(duration, queue)
    return queue
  }

  return {
    add: async (definition, payload, { id, delayMs } = {}) => {
      const queue = await queueFor(definition.duration)
      await queue.add(definition.name, definition.payload.parse(payload), {
        ...(id === undefined ? {} : { jobId: id }),
        ...(delayMs === undefined ? {} : { delay: delayMs }),
        ...keep(definition),
      })
    },
    every: async (definition, payload, everyMs) => {
      const queue = await queueFor(definition.duration)
      await queue.upsertJobScheduler(
        definition.name,
        { every: everyMs },
        { name: definition.name, data: definition.payload.parse(payload), opts: keep(definition) },
      )
    },
    work: async (bindings) => {
      await backend.ready()
      for (const duration of DURATIONS) {
        const own = new Map(
          bindings.filter((b) => b.definition.duration === duration).map((b) => [b.definition.name, b]),
        )
        const worker = backend.makeWorker(duration, (name, data, signal) =>
          runJob(own.get(name), name, data, signal),
        )
        worker.on('error', onError)
        worker.on('failed', (job, error) =>
          logger.error({ err: error, job: job?.name, jobId: job?.id }, 'job failed'),
        )
        workers.push(worker)
        await worker.waitUntilReady()
      }
    },
    check: async () => {
      const queue = await queueFor('short')
      await queue.waitUntilReady()
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()))
      await Promise.all([...queues.values()].map((queue) => queue.close()))
      await backend.close()
    },
  }
}

const keep = (definition: Pick<JobDefinition, 'attemptsMax' | 'backoffMs'>) => ({
  attempts: definition.attemptsMax,
  backoff: { type: 'exponential', delay: definition.backoffMs },
  removeOnComplete: true,
  removeOnFail: { age: 30 * 24 * 3600 },
})

async function runJob(
  binding: JobBinding | undefined,
  name: string,
  data: unknown,
  signal: AbortSignal,
): Promise<void> {
  if (!binding) throw new Error(`no handler for job ${name}`)
  await binding.handler(binding.definition.payload.parse(data) as never, signal)
}

/** No statement of the queue takes so long: its connection is gone without a word. */
const answerMsMax = 120_000

/** BullMQ makes its schema only on connections it opened itself; the shared pool is used once that is done. */
function postgresBackend(database: Database, logger: Logger): Backend {
  const { Queue: PostgresQueue, Worker: PostgresWorker } = withBackend(createPostgresBackend)
  const config = {
    ...database.clientConfig,
    statement_timeout: 0,
    lock_timeout: 0,
    query_timeout: answerMsMax,
    application_name: 'siar jobs',
  }
  const pool = new pg.Pool({ ...config, options: `-c search_path=${SCHEMA}`, max: POOL_MAX })
  pool.on('error', (error) => logger.warn({ err: error }, 'job queue pool'))
  const connection = pool as unknown as PostgresConnectionOptions
  const migrate = async (): Promise<void> => {
    const queue = new PostgresQueue('short', {
      connection: {
        ...config,
        query_timeout: 0,
        schema: SCHEMA,
        migrate: true,
        max: 1,
      } as unknown as PostgresConnectionOptions,
    })
    queue.on('error', (error) => logger.warn({ err: error }, 'job queue migration'))
    await queue.waitUntilReady()
    await queue.close()
  }
  let migrated: Promise<void> | undefined
  return {
    ready: () => (migrated ??= migrate()),
    makeQueue: (duration) => new PostgresQueue(duration, { connection }) as unknown as Queue,
    makeWorker: (duration, run) =>
      new PostgresWorker(duration, toProcessor(run), {
        connection,
        concurrency: WORKERS_AT_ONCE[duration],
        ...TAKE_OVER,
      }) as unknown as Worker,
    close: () => pool.end(),
  }
}

function redisBackend(url: string, prefix: string): Backend {
  const options = { connection: { url, maxRetriesPerRequest: null }, prefix }
  return {
    ready: () => Promise.resolve(),
    makeQueue: (duration) => new Queue(duration, options),
    makeWorker: (duration, run) =>
      new Worker(duration, toProcessor(run), {
        ...options,
        ...TAKE_OVER,
        concurrency: WORKERS_AT_ONCE[duration],
      }),
    close: () => Promise.resolve(),
  }
}

const never = new AbortController().signal
const toProcessor = (run: Run) => (job: Job, _token?: string, signal?: AbortSignal) =>
  run(job.name, job.data, signal ?? never)
