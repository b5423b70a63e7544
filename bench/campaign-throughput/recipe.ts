import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import pg from 'pg'
import { body } from './limit.ts'

/** One statement for each step of one message; `$1` is the recipient. */
interface Step {
  readonly name: string
  readonly text: string
  /** Changes the state of the recipient: what is left when nothing else is recorded. */
  readonly isState: boolean
}

const state = (name: string, text: string): Step => ({ name, text, isState: true })
const record = (name: string, text: string): Step => ({ name, text, isState: false })
const messageId = `'msg_' || right($1, 32)`

/** The same rows as the limit writes, and the person read once, as every job must to address and personalise its message. */
const steps: readonly Step[] = [
  record(
    'person',
    `select c.full_name, c.custom, c.marketing_consent, r.address from recipients r
     join contacts c on c.id = r.contact_id where r.id = $1`,
  ),
  record(
    'attempt',
    `insert into attempts (id, workspace_id, recipient_id, run_id, sender_id, epoch, started_at)
     select ${messageId}, workspace_id, id, run_id, sender_id, 1, now() from recipients where id = $1`,
  ),
  state(
    'dispatching',
    `update recipients set status = 'dispatching', due_at = null, attempts = attempts + 1, message_id = ${messageId},
       updated_at = now() where id = $1`,
  ),
  record(
    'outcome',
    `update attempts set outcome = 'accepted', channel_message_id = 'SIM-' || id, finished_at = now()
     where id = ${messageId}`,
  ),
  state(
    'accepted',
    `update recipients set status = 'accepted', accepted_at = now(), updated_at = now() where id = $1`,
  ),
  record(
    'message',
    `insert into messages (id, workspace_id, contact_id, sender_id, recipient_id, direction, text, channel_message_id, at)
     select ${messageId}, workspace_id, contact_id, sender_id, id, 'out', '${body}', 'SIM-' || ${messageId}, now()
     from recipients where id = $1`,
  ),
  ...(['delivered', 'read'] as const).flatMap((kind) => [
    record(
      `receipt-${kind}`,
      `insert into receipts (workspace_id, sender_id, channel_message_id, kind, attempt_id, at)
       select workspace_id, sender_id, 'SIM-' || ${messageId}, '${kind}', ${messageId}, now()
       from recipients where id = $1 on conflict do nothing`,
    ),
    state(
      kind,
      `update recipients set status = '${kind}', ${kind}_at = now(), updated_at = now() where id = $1`,
    ),
  ]),
]

const concurrency = 50
const connectionsMax = 20
const bulkSize = 1_000

/** Tells whether a Redis answers; without one the recipe is not measured. */
export async function hasRedis(redisUrl: string): Promise<boolean> {
  const redis = new Redis(redisUrl, { lazyConnect: true, maxRetriesPerRequest: 1, retryStrategy: () => null })
  redis.on('error', () => undefined)
  try {
    await redis.connect()
    await redis.ping()
    return true
  } catch {
    return false
  } finally {
    redis.disconnect()
  }
}

/**
 * The recipe most people build: one BullMQ job on Redis for each message, one statement for each of its states and records.
 *
 * `statesOnly` leaves out everything but the four updates of the recipient: no person is read, nothing is recorded.
 * Counts from the first job that is added to the last one that is done. The rate does not depend on how many there are, so
 * part of the recipients is enough.
 */
export async function runRecipe(
  url: string,
  redisUrl: string,
  recipients: number,
  statesOnly: boolean,
): Promise<number> {
  const wanted = steps.filter((step) => step.isState || !statesOnly)
  const name = `siar-bench-${process.pid}-${Date.now()}`
  const pool = new pg.Pool({ connectionString: url, max: connectionsMax, options: '-c siar.scope=system' })
  const { rows } = await pool.query<{ id: string }>(
    'select id from recipients order by run_id, sequence limit $1',
    [recipients],
  )
  const connection = { url: redisUrl, maxRetriesPerRequest: null }
  const queue = new Queue(name, { connection })
  const startedAt = performance.now()
  let done = 0
  await new Promise<void>((resolve, reject) => {
    const worker = new Worker<{ recipientId: string }>(
      name,
      async ({ data }) => {
        for (const { name: step, text } of wanted) {
          await pool.query({ name: step, text, values: [data.recipientId] })
        }
      },
      { connection, concurrency, removeOnComplete: { count: 0 } },
    )
    worker.on('completed', () => {
      done += 1
      if (done === rows.length) void worker.close().then(resolve, reject)
    })
    worker.on('failed', (_job, error) => reject(error))
    void addAll(queue, rows).catch(reject)
  })
  const seconds = (performance.now() - startedAt) / 1000
  await queue.obliterate({ force: true })
  await queue.close()
  await pool.end()
  return rows.length / seconds
}

async function addAll(queue: Queue, rows: readonly { id: string }[]): Promise<void> {
  for (let at = 0; at < rows.length; at += bulkSize) {
    const jobs = rows.slice(at, at + bulkSize).map(({ id }) => ({ name: 'send', data: { recipientId: id } }))
    await queue.addBulk(jobs)
  }
}
