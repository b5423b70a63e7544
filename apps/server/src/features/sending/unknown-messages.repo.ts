import type { WorkspaceScope } from '@siar/database'

export { retryable } from '@siar/database'

/** Somebody of whom nobody knows whether the message arrived, with what its text is made from. */
export interface UnknownRow {
  readonly id: string
  readonly run_id: string
  readonly sequence: number
  readonly contact_id: string
  readonly address: string
  readonly variant: string | null
  readonly full_name: string
  readonly first_name: string
  readonly last_name: string
  readonly email: string | null
  readonly company: string | null
  readonly language: string | null
  readonly custom: Record<string, string | number | boolean>
  readonly messageId: string
  readonly campaignId: string
  readonly campaignName: string
  readonly senderId: string | null
  readonly senderName: string | null
  readonly reason: string | null
  readonly routeReason: string | null
  readonly attempts: number
  readonly dispatchedAt: Date | null
  /** The text as it was handed over, where it was kept. */
  readonly keptText: string | null
  readonly deliveredAt: Date | null
  readonly readAt: Date | null
  readonly clickedAt: Date | null
  readonly updatedAt: Date
}

/** Runs that have somebody unknown, by their counters: only these are looked through. */
const openRuns = `
  select f.run_id, f.count from run_figures f join runs on runs.id = f.run_id
  where f.workspace_id = $1 and f.figure = 'unknown' and f.count > 0
    and ($2::text is null or runs.campaign_id = $2::text)`

/** Oldest first by when they were handed over: ids of messages sort by time. */
export async function listUnknown(
  scope: WorkspaceScope,
  filter: { readonly campaignId: string | null; readonly afterMessageId: string; readonly limit: number },
): Promise<UnknownRow[]> {
  return scope.query<UnknownRow>(
    `with open as materialized (${openRuns}), found as materialized (
       select r.* from open cross join lateral (
         select * from recipients r where r.unknown_run_id = open.run_id) r
       where coalesce(r.message_id, '') > $3 order by r.message_id limit $4
     )
     select r.id, r.run_id, r.sequence, r.contact_id, r.address, r.variant,
       coalesce(c.full_name, '') as full_name, coalesce(c.first_name, '') as first_name,
       coalesce(c.last_name, '') as last_name, c.email, c.company, c.language, coalesce(c.custom, '{}') as custom,
       coalesce(r.message_id, '') as "messageId", r.campaign_id as "campaignId", k.name as "campaignName",
       r.sender_id as "senderId", s.name as "senderName", r.reason, r.route_reason as "routeReason", r.attempts,
       a.started_at as "dispatchedAt", m.text as "keptText", r.delivered_at as "deliveredAt", r.read_at as "readAt",
       r.clicked_at as "clickedAt", r.updated_at as "updatedAt"
     from found r join campaigns k on k.id = r.campaign_id
     left join contacts c on c.id = r.contact_id left join senders s on s.id = r.sender_id
     left join attempts a on a.id = r.message_id left join messages m on m.id = r.message_id
     order by r.message_id`,
    [scope.workspaceId, filter.campaignId, filter.afterMessageId, filter.limit],
  )
}

/** How many there are, from the counters. */
export async function countUnknown(scope: WorkspaceScope, campaignId: string | null): Promise<number> {
  const [row] = await scope.query<{ count: number }>(
    `select coalesce(sum(open.count), 0)::int as count from (${openRuns}) open`,
    [scope.workspaceId, campaignId],
  )
  return row?.count ?? 0
}

export async function hasCampaign(scope: WorkspaceScope, campaignId: string): Promise<boolean> {
  const rows = await scope.query('select 1 from campaigns where id = $1', [campaignId])
  return rows.length > 0
}

export interface CampaignOfRecipients {
  readonly campaignId: string
  readonly recipients: number
}

/** The campaigns that recipients belong to, with how many of them; ids of nobody are not counted. */
export async function listCampaignsOf(
  scope: WorkspaceScope,
  recipientIds: readonly string[],
): Promise<CampaignOfRecipients[]> {
  return scope.query<CampaignOfRecipients>(
    `select campaign_id as "campaignId", count(*)::int as recipients from recipients
     where id = any($1::text[]) group by campaign_id order by campaign_id`,
    [[...recipientIds]],
  )
}

export interface CampaignState {
  readonly id: string
  readonly status: string
  readonly runId: string | null
}

/** @param lock Holds them until the transaction ends: none of them ends or is cancelled meanwhile. */
export async function listCampaignStates(
  scope: WorkspaceScope,
  campaignIds: readonly string[],
  lock: boolean,
): Promise<CampaignState[]> {
  return scope.query<CampaignState>(
    `select id, status, current_run_id as "runId" from campaigns where id = any($1::text[]) order by id
     ${lock ? 'for update' : ''}`,
    [[...campaignIds]],
  )
}

export type Decision = 'arrived' | 'send_again' | 'give_up'

export interface SettleTarget {
  /** Null: everybody of the campaigns. */
  readonly recipientIds: readonly string[] | null
  readonly campaignIds: readonly string[]
  /** Only people of these runs; null for any run. */
  readonly runIds: readonly string[] | null
}

export interface SettledGroup {
  readonly campaignId: string
  readonly runId: string
  readonly senderId: string | null
  readonly count: number
}

const changes: Readonly<Record<Decision, string>> = {
  arrived: `status = 'accepted', reason = null, accepted_at = coalesce(r.accepted_at, old.started_at, $4)`,
  send_again: `status = 'queued', reason = null, message_id = null, due_at = $4`,
  give_up: `status = 'abandoned'`,
}

/**
 * Carries out a decision for those who are still unknown. Whoever a receipt, a reply or a click has settled meanwhile is
 * left as they are; a receipt that comes at the same instant waits and then finds the new state.
 *
 * @returns how many were settled, by run and sender.
 */
export async function settleUnknown(
  scope: WorkspaceScope,
  decision: Decision,
  { recipientIds, campaignIds, runIds }: SettleTarget,
  now: Date,
): Promise<SettledGroup[]> {
  const who =
    recipientIds === null
      ? `r.unknown_run_id in (select f.run_id from run_figures f join runs on runs.id = f.run_id
           where runs.campaign_id = any($1::text[]) and f.figure = 'unknown' and f.count > 0)`
      : 'r.id = any($2::text[]) and r.campaign_id = any($1::text[])'
  return scope.query<SettledGroup>(
    `with old as materialized (
       select r.id, (select a.started_at from attempts a where a.id = r.message_id) as started_at from recipients r
       where ${who} and r.status = 'unknown' and ($3::text[] is null or r.run_id = any($3::text[]))
         and ($2::text[] is null or r.id = any($2::text[]))
       order by r.id for update of r
     ), changed as (
       update recipients r set ${changes[decision]}, updated_at = $4
       from old where r.id = old.id returning r.campaign_id, r.run_id, r.sender_id
     )
     select campaign_id as "campaignId", run_id as "runId", sender_id as "senderId", count(*)::int as count
     from changed group by 1, 2, 3`,
    [[...campaignIds], recipientIds && [...recipientIds], runIds && [...runIds], now],
  )
}
