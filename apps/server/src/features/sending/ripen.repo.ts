import type { SystemScope } from '@siar/database'

/**
 * Takes the place up to which deliveries were looked at, locked until the transaction ends, so that no message is counted
 * twice by two processes. @returns null the first time: nothing before it is counted.
 */
export async function lockRipeUpTo(scope: SystemScope): Promise<string | null> {
  const [row] = await scope.query<{ value: { upTo: string } }>(
    `select value from installation_settings where key = 'guardian.ripe' for update`,
  )
  return row?.value.upTo ?? null
}

export async function writeRipeUpTo(scope: SystemScope, upTo: string, now: Date): Promise<void> {
  await scope.execute(
    `insert into installation_settings (key, value, created_at) values ('guardian.ripe', $1::jsonb, $2)
     on conflict (key) do update set value = excluded.value`,
    [JSON.stringify({ upTo }), now],
  )
}

/** Where a batch of at most so many attempts from `from` on ends: `to`, or nearer. */
export async function endOfBatch(
  scope: SystemScope,
  from: string,
  to: string,
  attempts: number,
): Promise<string> {
  const [row] = await scope.query<{ id: string }>(
    'select id from attempts where id >= $1 and id < $2 order by id offset $3 limit 1',
    [from, to, attempts],
  )
  return row?.id ?? to
}

export interface Ripe {
  readonly workspaceId: string
  readonly senderId: string
  readonly runId: string
  /** The workspace's day now. */
  readonly day: string
  readonly ripe: number
  readonly missing: number
}

/**
 * Messages handed out in `from … to` (ids of attempts) that were accepted, and how many of them have not arrived, by sender
 * and run. Senders that were not online all the time since `onlineSince` are left out: receipts may simply not have come.
 */
export function countRipe(
  scope: SystemScope,
  from: string,
  to: string,
  onlineSince: Date,
  now: Date,
): Promise<Ripe[]> {
  return scope.query<Ripe>(
    `select a.workspace_id as "workspaceId", a.sender_id as "senderId", a.run_id as "runId",
       ($4::timestamptz at time zone w.time_zone)::date::text as day, count(*)::int as ripe,
       (count(*) filter (where r.status = 'accepted' and r.delivered_at is null))::int as missing
     from attempts a
     join recipients r on r.id = a.recipient_id and r.message_id = a.id
     join senders s on s.id = a.sender_id and s.status = 'online' and s.status_at <= $3
     join workspaces w on w.id = a.workspace_id
     where a.id >= $1 and a.id < $2 and a.outcome = 'accepted'
     group by a.workspace_id, a.sender_id, a.run_id, w.time_zone
     order by a.sender_id, a.run_id`,
    [from, to, onlineSince, now],
  )
}

/** Adds to the days of senders and to the figures of runs, in the order everybody writes them. */
export async function addRipe(scope: SystemScope, found: readonly Ripe[]): Promise<void> {
  const column = <K extends keyof Ripe>(key: K): Ripe[K][] => found.map((one) => one[key])
  const values = [
    column('workspaceId'),
    column('senderId'),
    column('runId'),
    column('day'),
    column('ripe'),
    column('missing'),
  ]
  const input = `with u as (select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::int[])
    u(workspace_id, sender_id, run_id, day, ripe, missing))`
  await scope.execute(
    `${input} insert into sender_days as d (workspace_id, sender_id, day, ripe, missing)
     select workspace_id, sender_id, day::date, sum(ripe), sum(missing) from u
     group by workspace_id, sender_id, day order by sender_id
     on conflict (sender_id, day) do update set ripe = d.ripe + excluded.ripe, missing = d.missing + excluded.missing`,
    values,
  )
  await scope.execute(
    `${input} insert into run_figures as f (workspace_id, run_id, figure, count)
     select u.workspace_id, u.run_id, x.figure, sum(x.count) from u join runs on runs.id = u.run_id
     cross join lateral (values ('missing', u.missing), ('ripe', u.ripe)) x(figure, count)
     where x.count > 0
     group by u.workspace_id, u.run_id, x.figure order by u.run_id, x.figure
     on conflict (run_id, figure) do update set count = f.count + excluded.count`,
    values,
  )
}
