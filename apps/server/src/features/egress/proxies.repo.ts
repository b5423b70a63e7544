import type { AnyScope, SystemScope, WorkspaceScope } from '@siar/database'
import { proxies } from '@siar/database'
import type { ProxyId, ProxyProblem } from '@siar/domain'
import { asc, eq, sql } from 'drizzle-orm'

export type ProxyRow = typeof proxies.$inferSelect
export type NewProxyRow = typeof proxies.$inferInsert

export function listProxies(scope: WorkspaceScope): Promise<ProxyRow[]> {
  return scope.db
    .select()
    .from(proxies)
    .orderBy(sql`lower(${proxies.name})`, asc(proxies.id))
}

export async function findProxy(scope: AnyScope, proxyId: string): Promise<ProxyRow | null> {
  const [row] = await scope.db.select().from(proxies).where(eq(proxies.id, proxyId))
  return row ?? null
}

/** @returns the ids of those that were not in the pool yet. */
export async function insertProxies(scope: WorkspaceScope, rows: readonly NewProxyRow[]): Promise<string[]> {
  if (rows.length === 0) return []
  const added = await scope.db
    .insert(proxies)
    .values([...rows])
    .onConflictDoNothing()
    .returning({ id: proxies.id })
  return added.map(({ id }) => id)
}

export async function updateProxy(
  scope: AnyScope,
  proxyId: string,
  changes: Partial<NewProxyRow>,
): Promise<void> {
  await scope.db.update(proxies).set(changes).where(eq(proxies.id, proxyId))
}

export async function deleteProxy(scope: WorkspaceScope, proxyId: ProxyId): Promise<boolean> {
  const gone = await scope.db.delete(proxies).where(eq(proxies.id, proxyId)).returning({ id: proxies.id })
  return gone.length > 0
}

/** Takes proxies whose next check is due, so that no other process takes them too. */
export async function claimDueProxies(
  scope: SystemScope,
  now: Date,
  dueBefore: { readonly healthy: Date; readonly other: Date },
  limit: number,
): Promise<ProxyRow[]> {
  const due = await scope.query<{ id: string }>(
    `update proxies set checked_at = $1
     where id in (
       select id from proxies where enabled
         and (checked_at is null or checked_at < case when state = 'healthy' then $2 else $3 end::timestamptz)
       order by checked_at nulls first limit $4 for update skip locked)
     returning id`,
    [now, dueBefore.healthy, dueBefore.other, limit],
  )
  if (due.length === 0) return []
  return scope.db
    .select()
    .from(proxies)
    .where(sql`${proxies.id} in ${due.map(({ id }) => id)}`)
}

/** What one check found, with the way that was tried: a result of an older way is dropped. */
export interface CheckRecord {
  readonly proxyId: string
  readonly revision: number
  readonly problem: ProxyProblem | null
  readonly latencyMs: number | null
  readonly exitAddress: string | null
  readonly exitCountry: string | null
  readonly at: Date
}

/** Writes the state and adds to the day of the workspace. @returns whether the state changed. */
export async function recordCheck(scope: WorkspaceScope, record: CheckRecord): Promise<boolean> {
  const { proxyId, revision, problem, latencyMs, exitAddress, exitCountry, at } = record
  const [row] = await scope.query<{ state: string; before: string }>(
    `update proxies p set checked_at = $3::timestamptz, problem = $4,
       state = case when $4::text is null then 'healthy' else 'unhealthy' end,
       state_at = case when p.state = case when $4::text is null then 'healthy' else 'unhealthy' end
                  then p.state_at else $3::timestamptz end,
       latency_ms = coalesce($5, p.latency_ms), exit_address = coalesce($6, p.exit_address),
       exit_country = coalesce($7, p.exit_country)
     from proxies old where p.id = $1 and old.id = p.id and p.revision = $2
     returning p.state, old.state as before`,
    [proxyId, revision, at, problem, latencyMs, exitAddress, exitCountry],
  )
  if (!row) return false
  await scope.execute(
    `insert into proxy_days (workspace_id, proxy_id, day, checks, failures, latency_ms_sum)
     select w.id, $2, ($3::timestamptz at time zone w.time_zone)::date, 1, $4, $5 from workspaces w where w.id = $1
     on conflict (proxy_id, day) do update set checks = proxy_days.checks + 1,
       failures = proxy_days.failures + excluded.failures,
       latency_ms_sum = proxy_days.latency_ms_sum + excluded.latency_ms_sum`,
    [scope.workspaceId, proxyId, at, problem === null ? 0 : 1, latencyMs ?? 0],
  )
  return row.state !== row.before
}

export interface ProxyUse {
  readonly proxyId: string
  readonly checks: number
  readonly failures: number
  readonly messagesToday: number
  readonly messagesThisMonth: number
}

/** Checks of the last seven days and messages of this month, by proxy. @param today `2026-11-20`. */
export function listProxyUse(scope: WorkspaceScope, today: string): Promise<ProxyUse[]> {
  return scope.query<ProxyUse>(
    `select proxy_id as "proxyId",
       coalesce(sum(checks) filter (where day > $1::date - 7), 0)::int as checks,
       coalesce(sum(failures) filter (where day > $1::date - 7), 0)::int as failures,
       coalesce(sum(messages) filter (where day = $1::date), 0)::int as "messagesToday",
       coalesce(sum(messages) filter (where day >= date_trunc('month', $1::date)), 0)::int as "messagesThisMonth"
     from proxy_days where day >= least(date_trunc('month', $1::date)::date, $1::date - 6) group by proxy_id`,
    [today],
  )
}

/** Every sealed password after an id, in order; for sealing all of them again. */
export function listSealedAfter(
  scope: SystemScope,
  after: string,
  limit: number,
): Promise<{ id: string; workspaceId: string; sealed: Uint8Array }[]> {
  return scope.query(
    `select id, workspace_id as "workspaceId", sealed_password as sealed from proxies
     where id > $1 and sealed_password is not null order by id limit $2 for update`,
    [after, limit],
  )
}
