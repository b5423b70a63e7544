import type { AnyScope, SystemScope, WorkspaceScope } from '@siar/database'
import type { ChannelKind, EgressWait, SenderId, WorkspaceId } from '@siar/domain'

/** The way out of one sender; `isDirect` when it has no row of its own. */
export interface EgressRow {
  readonly senderId: SenderId
  readonly name: string
  readonly channel: ChannelKind
  readonly isDirect: boolean
  readonly proxyId: string | null
  readonly country: string | null
  readonly waits: EgressWait | null
  readonly assignedAt: Date | null
}

/** All senders of the workspace; those that had their proxy longest come first. */
export function listSenderEgress(scope: WorkspaceScope): Promise<EgressRow[]> {
  return scope.query<EgressRow>(
    `select s.id as "senderId", s.name, s.channel, e.sender_id is null as "isDirect", e.proxy_id as "proxyId",
       e.country, e.waits, e.assigned_at as "assignedAt"
     from senders s left join sender_egress e on e.sender_id = s.id order by e.assigned_at, s.id`,
  )
}

/** One change of the pool or of its senders at a time, so that two do not give away the same free place. */
export async function lockPool(scope: WorkspaceScope): Promise<void> {
  await scope.query(`select pg_advisory_xact_lock(hashtext('siar egress'), hashtext($1))`, [
    scope.workspaceId,
  ])
}

export interface EgressWishRow {
  readonly senderId: string
  readonly proxyId: string | null
  readonly country: string | null
}

/** Sends a sender out by proxies from now on. Its messages count for the proxy from here. */
export async function putSenderEgress(scope: WorkspaceScope, wish: EgressWishRow, now: Date): Promise<void> {
  await scope.execute(
    `insert into sender_egress (workspace_id, sender_id, proxy_id, country, assigned_at, counted_day, counted)
     select w.id, $2, $3, $4, $5, today.day, coalesce(d.accepted, 0)
     from workspaces w cross join lateral (select ($5::timestamptz at time zone w.time_zone)::date as day) today
     left join sender_days d on d.sender_id = $2 and d.day = today.day
     where w.id = $1
     on conflict (sender_id) do update set country = excluded.country, waits = null,
       proxy_id = coalesce(excluded.proxy_id, sender_egress.proxy_id),
       assigned_at = case when excluded.proxy_id is distinct from sender_egress.proxy_id and excluded.proxy_id is not null
                     then excluded.assigned_at else sender_egress.assigned_at end`,
    [scope.workspaceId, wish.senderId, wish.proxyId, wish.country, now],
  )
}

export async function removeSenderEgress(scope: WorkspaceScope, senderId: string): Promise<boolean> {
  return (await scope.execute('delete from sender_egress where sender_id = $1', [senderId])) > 0
}

export async function writeVerdict(
  scope: WorkspaceScope,
  senderId: string,
  verdict: {
    readonly proxyId: string | null
    readonly waits: EgressWait | null
    readonly movedAt: Date | null
  },
): Promise<void> {
  await scope.execute(
    `update sender_egress set proxy_id = $2, waits = $3, assigned_at = coalesce($4, assigned_at) where sender_id = $1`,
    [senderId, verdict.proxyId, verdict.waits, verdict.movedAt],
  )
}

/**
 * Adds the messages senders got rid of since the last counting to the days of their proxies. Call it before a sender moves.
 *
 * @param workspaceId null: of all workspaces; needs a system scope.
 */
export async function countMessages(
  scope: AnyScope,
  workspaceId: WorkspaceId | null,
  now: Date,
): Promise<void> {
  await scope.execute(
    `with fresh as (
       select e.workspace_id, e.sender_id, e.proxy_id, d.day, d.accepted,
         greatest(0, d.accepted - case when d.day = e.counted_day then e.counted else 0 end) as more
       from sender_egress e join workspaces w on w.id = e.workspace_id
       join sender_days d on d.sender_id = e.sender_id and d.day >= e.counted_day
         and d.day <= ($2::timestamptz at time zone w.time_zone)::date
       where $1::text is null or e.workspace_id = $1
       order by e.sender_id for update of e
     ), added as (
       insert into proxy_days (workspace_id, proxy_id, day, messages)
       select workspace_id, proxy_id, day, sum(more) from fresh
       where proxy_id is not null and more > 0 group by 1, 2, 3 order by 2, 3
       on conflict (proxy_id, day) do update set messages = proxy_days.messages + excluded.messages
     ), newest as (
       select distinct on (sender_id) sender_id, day, accepted from fresh order by sender_id, day desc
     )
     update sender_egress e set counted_day = newest.day, counted = newest.accepted
     from newest where newest.sender_id = e.sender_id
       and (e.counted_day, e.counted) is distinct from (newest.day, newest.accepted)`,
    [workspaceId, now],
  )
}

/** Workspaces whose senders may have to move, to wait, or to go on. */
export async function listUnsettled(scope: SystemScope): Promise<WorkspaceId[]> {
  const rows = await scope.query<{ id: WorkspaceId }>(
    `select distinct e.workspace_id as id from sender_egress e left join proxies p on p.id = e.proxy_id
     where e.waits is not null or p.id is null or not p.enabled or p.state = 'unhealthy'`,
  )
  return rows.map(({ id }) => id)
}

export interface WayRow {
  readonly waits: EgressWait | null
  /** Null until a proxy was found for it. */
  readonly proxyId: string | null
}

/** @returns null for a sender that goes out directly. */
export async function findWay(scope: AnyScope, senderId: string): Promise<WayRow | null> {
  const [row] = await scope.query<WayRow>(
    `select waits, proxy_id as "proxyId" from sender_egress where sender_id = $1`,
    [senderId],
  )
  return row ?? null
}

export async function noteMove(
  scope: WorkspaceScope,
  event: {
    readonly id: string
    readonly senderId: string
    readonly kind: string
    readonly detail: string
    readonly at: Date
  },
): Promise<void> {
  await scope.execute(
    `insert into sender_events (id, workspace_id, sender_id, kind, detail, at) values ($1, $2, $3, $4, $5, $6)`,
    [event.id, scope.workspaceId, event.senderId, event.kind, event.detail, event.at],
  )
}

export interface RulesRow {
  readonly sendersPerAddress: number
  readonly dailyCostMinorMax: number | null
  readonly currency: 'IDR' | 'USD'
}

export async function findRules(scope: WorkspaceScope): Promise<RulesRow | null> {
  const [row] = await scope.query<RulesRow>(
    `select senders_per_address as "sendersPerAddress", daily_cost_minor_max::float8 as "dailyCostMinorMax", currency
     from egress_rules where workspace_id = $1`,
    [scope.workspaceId],
  )
  return row ?? null
}

export async function putRules(scope: WorkspaceScope, rules: RulesRow, now: Date): Promise<void> {
  await scope.execute(
    `insert into egress_rules (workspace_id, senders_per_address, daily_cost_minor_max, currency, updated_at)
     values ($1, $2, $3, $4, $5)
     on conflict (workspace_id) do update set senders_per_address = excluded.senders_per_address,
       daily_cost_minor_max = excluded.daily_cost_minor_max, currency = excluded.currency, updated_at = excluded.updated_at`,
    [scope.workspaceId, rules.sendersPerAddress, rules.dailyCostMinorMax, rules.currency, now],
  )
}

export async function findZone(scope: WorkspaceScope): Promise<string> {
  const [row] = await scope.query<{ zone: string }>(
    'select time_zone as zone from workspaces where id = $1',
    [scope.workspaceId],
  )
  return row?.zone ?? 'Asia/Jakarta'
}
