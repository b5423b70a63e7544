import pg from 'pg'

const batchSize = 1_000

const statements = {
  dispatch: `
    with due as (
      select id from recipients where sender_id = $1 and run_id = $2 and due_at is not null
      order by due_at, sequence limit ${batchSize} for update skip locked
    )
    update recipients r set status = 'dispatching', due_at = null, epoch = 1, attempts = attempts + 1,
      message_id = 'msg_' || right(r.id, 32), updated_at = now()
    from due where r.id = due.id
    returning r.id, r.message_id, r.contact_id, r.run_id, r.sender_id`,
  attempts: `
    insert into attempts (id, workspace_id, recipient_id, run_id, sender_id, epoch, started_at)
    select u.id, $1, u.recipient, u.run, u.sender, 1, now()
    from unnest($2::text[], $3::text[], $4::text[], $5::text[]) u(id, recipient, run, sender)`,
  finish: `
    update attempts a set outcome = 'accepted', channel_message_id = 'SIM-' || a.id, finished_at = now()
    from unnest($1::text[]) u(id) where a.id = u.id`,
  accept: `
    update recipients r set status = 'accepted', accepted_at = now(), updated_at = now()
    from unnest($1::text[]) u(id) where r.id = u.id and r.status = 'dispatching'`,
  messages: `
    insert into messages (id, workspace_id, contact_id, sender_id, recipient_id, direction, text, channel_message_id, at)
    select u.id, $1, u.contact, u.sender, u.recipient, 'out', u.text, 'SIM-' || u.id, now()
    from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) u(id, contact, sender, recipient, text)`,
  receipts: `
    insert into receipts (workspace_id, sender_id, channel_message_id, kind, attempt_id, at)
    select $1, u.sender, 'SIM-' || u.id, k.kind, u.id, now()
    from unnest($2::text[], $3::text[]) u(id, sender), (values ('delivered'), ('read')) k(kind)
    on conflict do nothing`,
  read: `
    update recipients r set status = 'read', delivered_at = now(), read_at = now(), updated_at = now()
    from unnest($1::text[]) u(id) where r.id = u.id and r.status = 'accepted'`,
} as const

interface Dispatched {
  readonly id: string
  readonly message_id: string
  readonly contact_id: string
  readonly run_id: string
  readonly sender_id: string
}

/** A text as long as the rendered ones. */
export const body =
  'Halo Budi Santoso 12345, kami punya promo di Kota 123: Kopi Gayo potongan 20% hari ini. Balas STOP untuk berhenti.'

/**
 * The same state changes as bare batched SQL: no row security (the login passes it), gate, rendering, leases or counters.
 * A thousand recipients to a batch; dispatch, outcome and receipts each in a transaction of their own, delivered and
 * read together. As many connections as asked, each with senders of its own.
 */
export async function runLimit(
  url: string,
  workspaceId: string,
  senderIds: readonly string[],
  runIds: readonly string[],
  connections: number,
): Promise<number> {
  const shares = Array.from({ length: connections }, (_, index) =>
    senderIds.filter((_id, position) => position % connections === index),
  )
  const startedAt = performance.now()
  const counts = await Promise.all(shares.map((share) => sendAll(url, workspaceId, share, runIds)))
  const seconds = (performance.now() - startedAt) / 1000
  return counts.reduce((sum, count) => sum + count, 0) / seconds
}

async function sendAll(
  url: string,
  workspaceId: string,
  senderIds: readonly string[],
  runIds: readonly string[],
) {
  const client = new pg.Client({ connectionString: url, options: '-c siar.scope=system' })
  await client.connect()
  let sent = 0
  for (const senderId of senderIds) {
    for (const runId of runIds) {
      for (;;) {
        const count = await sendBatch(client, workspaceId, senderId, runId)
        sent += count
        if (count < batchSize) break
      }
    }
  }
  await client.end()
  return sent
}

async function sendBatch(
  client: pg.Client,
  workspaceId: string,
  senderId: string,
  runId: string,
): Promise<number> {
  const query = (name: keyof typeof statements, values: unknown[]) =>
    client.query<Dispatched>({ name, text: statements[name], values })
  await client.query('begin')
  const { rows } = await query('dispatch', [senderId, runId])
  const ids = rows.map((row) => row.id)
  const messageIds = rows.map((row) => row.message_id)
  const senders = rows.map((row) => row.sender_id)
  await query('attempts', [workspaceId, messageIds, ids, rows.map((row) => row.run_id), senders])
  await client.query('commit')
  if (rows.length === 0) return 0
  await client.query('begin')
  await query('finish', [messageIds])
  await query('accept', [ids])
  const contacts = rows.map((row) => row.contact_id)
  await query('messages', [workspaceId, messageIds, contacts, senders, ids, rows.map(() => body)])
  await client.query('commit')
  await client.query('begin')
  await query('receipts', [workspaceId, messageIds, senders])
  await query('read', [ids])
  await client.query('commit')
  return rows.length
}
