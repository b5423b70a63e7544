import type { AnyScope, SystemScope } from '@siar/database'
import { LeaseLost } from './owned-sender.ts'
import type { Lease } from './owned-sender.ts'
import { shardCount } from './shard.ts'

export interface BeatRequest {
  readonly processId: string
  readonly role: string
  readonly leaseMs: number
  /** What this process believes it holds. */
  readonly held: readonly Lease[]
}

export interface BeatAnswer {
  readonly renewed: readonly Lease[]
  readonly taken: readonly Lease[]
  /** How many shards each living process should hold at most. */
  readonly fairShare: number
}

/** The timeouts a take-over counts on: a process that freezes in a transaction loses its locks. Source: architecture.md §3. */
const shortTimeouts = `set_config('idle_in_transaction_session_timeout', '4000', true),
  set_config('lock_timeout', '3000', true), set_config('statement_timeout', '10000', true)`

const seeProcess = `
  insert into processes (id, role, started_at, seen_at) values ($1, $2, clock_timestamp(), clock_timestamp())
  on conflict (id) do update set seen_at = clock_timestamp()`

const forgetDead = `delete from processes where seen_at < clock_timestamp() - interval '10 minutes'`

const countLiving = `
  select count(*)::int as living from processes
  where role <> 'api' and seen_at > clock_timestamp() - $1 * interval '1 millisecond'`

const renewHeld = `
  update shards set expires_at = clock_timestamp() + $4 * interval '1 millisecond'
  from unnest($2::smallint[], $3::bigint[]) as held (shard, epoch)
  where shards.shard = held.shard and shards.epoch = held.epoch and shards.owner = $1
    and shards.expires_at > clock_timestamp()
  returning shards.shard, shards.epoch`

/** A lease of our own that we do not hold in memory was given up by us: it too starts a new epoch. */
const takeFree = `
  with free as (
    select shard from shards
    where owner is null or expires_at <= clock_timestamp() or (owner = $1 and shard <> all($2::smallint[]))
    order by shard limit $3 for update skip locked
  )
  update shards set owner = $1, epoch = shards.epoch + 1,
    expires_at = clock_timestamp() + $4 * interval '1 millisecond'
  from free where shards.shard = free.shard
  returning shards.shard, shards.epoch`

/**
 * One beat, in one transaction with short timeouts: shows this process as living, renews what it holds, takes what is free up to its fair
 * share. Shards locked by others are skipped, never waited for.
 */
export async function beatLeases(scope: SystemScope, request: BeatRequest): Promise<BeatAnswer> {
  const { processId, role, leaseMs, held } = request
  await scope.execute(`select ${shortTimeouts}`)
  await scope.execute(seeProcess, [processId, role])
  await scope.execute(forgetDead)
  const [count] = await scope.query<{ living: number }>(countLiving, [leaseMs])
  const fairShare = Math.ceil(shardCount / Math.max(1, count?.living ?? 1))
  const shards = held.map((lease) => lease.shard)
  const epochs = held.map((lease) => lease.epoch)
  const renewed = await scope.query<Lease>(renewHeld, [processId, shards, epochs, leaseMs])
  const wanted = fairShare - renewed.length
  if (wanted <= 0) return { renewed, taken: [], fairShare }
  const kept = renewed.map((lease) => lease.shard)
  const taken = await scope.query<Lease>(takeFree, [processId, kept, wanted, leaseMs])
  return { renewed, taken, fairShare }
}

/** Gives shards back, so that another process may take them at once. Leases that were lost already are left alone. */
export async function releaseLeases(
  scope: SystemScope,
  processId: string,
  leases: readonly Lease[],
): Promise<void> {
  await scope.execute(`select ${shortTimeouts}`)
  await scope.execute(
    `update shards set owner = null, expires_at = clock_timestamp()
     from unnest($2::smallint[], $3::bigint[]) as given (shard, epoch)
     where shards.shard = given.shard and shards.epoch = given.epoch and shards.owner = $1`,
    [processId, leases.map((lease) => lease.shard), leases.map((lease) => lease.epoch)],
  )
}

export async function removeProcess(scope: SystemScope, processId: string): Promise<void> {
  await scope.execute('delete from processes where id = $1', [processId])
}

/** The timeouts, then the locks, in one round trip. */
const lockLeasesStatement = {
  name: 'lock_leases',
  text: `select ${shortTimeouts}, siar_lock_leases($1, $2::smallint[], $3::bigint[]) as held`,
}

/** Locks lease rows until the transaction ends. @throws LeaseLost when one of them is not held under its epoch. */
export async function lockLeases(
  scope: AnyScope,
  processId: string,
  leases: readonly Lease[],
): Promise<void> {
  const distinct = [...new Map(leases.map((lease) => [lease.shard, lease])).values()]
  const shards = distinct.map((lease) => lease.shard)
  const epochs = distinct.map((lease) => lease.epoch)
  const [row] = await scope.query<{ held: number }>(lockLeasesStatement, [processId, shards, epochs])
  const [first] = distinct
  if (first !== undefined && row?.held !== distinct.length) throw new LeaseLost(first)
}
