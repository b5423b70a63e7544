import type { WorkspaceScope } from '@siar/database'
import type { RecipientStatus } from '@siar/domain'

export interface RecipientRow {
  readonly id: string
  readonly sequence: number
  readonly contactId: string
  readonly contactName: string
  readonly address: string
  readonly status: RecipientStatus
  readonly reason: string | null
  readonly senderName: string | null
  readonly routeReason: string | null
  readonly variant: string | null
  readonly attempts: number
  readonly acceptedAt: Date | null
  readonly deliveredAt: Date | null
  readonly readAt: Date | null
  readonly repliedAt: Date | null
  readonly clickedAt: Date | null
  readonly updatedAt: Date
}

export interface RecipientFilter {
  readonly status?: RecipientStatus | undefined
  /** A part of a name or an address. */
  readonly search?: string | undefined
  readonly afterSequence: number
  readonly limit: number
}

/** The log of one run in the order of its recipients. A contact erased since has no name. */
export async function listRecipients(
  scope: WorkspaceScope,
  runId: string,
  filter: RecipientFilter,
): Promise<RecipientRow[]> {
  const pattern = filter.search ? `%${filter.search.replace(/[\\%_]/g, '\\$&')}%` : null
  return scope.query<RecipientRow>(
    `select r.id, r.sequence, r.contact_id as "contactId", coalesce(c.full_name, '') as "contactName", r.address,
       r.status, r.reason, s.name as "senderName", r.route_reason as "routeReason", r.variant, r.attempts,
       r.accepted_at as "acceptedAt", r.delivered_at as "deliveredAt", r.read_at as "readAt",
       r.replied_at as "repliedAt", r.clicked_at as "clickedAt", r.updated_at as "updatedAt"
     from recipients r
     left join contacts c on c.id = r.contact_id
     left join senders s on s.id = r.sender_id
     where r.run_id = $1 and r.sequence > $2 and ($3::text is null or r.status = $3::text)
       and ($4::text is null or c.full_name ilike $4::text or r.address like $4::text)
     order by r.sequence limit $5`,
    [runId, filter.afterSequence, filter.status ?? null, pattern, filter.limit],
  )
}

export interface SenderReportRow {
  readonly senderId: string
  readonly name: string
  readonly sent: number
  readonly delivered: number
  readonly read: number
  readonly failed: number
}

export async function reportSenders(scope: WorkspaceScope, runId: string): Promise<SenderReportRow[]> {
  return scope.query<SenderReportRow>(
    `select r.sender_id as "senderId", coalesce(s.name, '') as name,
       count(*) filter (where r.status in ('accepted', 'delivered', 'read', 'replied'))::int as sent,
       count(*) filter (where r.status in ('delivered', 'read', 'replied'))::int as delivered,
       count(*) filter (where r.status in ('read', 'replied'))::int as read,
       count(*) filter (where r.status = 'refused')::int as failed
     from recipients r left join senders s on s.id = r.sender_id
     where r.run_id = $1 and r.sender_id is not null group by r.sender_id, s.name order by s.name`,
    [runId],
  )
}

export interface TimelineRow {
  readonly at: Date
  readonly sent: number
  readonly delivered: number
  readonly read: number
}

/** Events of a run in equal steps from its first to its last one, at most `steps` of them. */
export async function reportTimeline(
  scope: WorkspaceScope,
  runId: string,
  steps: number,
): Promise<TimelineRow[]> {
  return scope.query<TimelineRow>(
    `with happened as (
       select e.kind, e.at from recipients r cross join lateral (
         values ('sent', r.accepted_at), ('delivered', r.delivered_at), ('read', r.read_at)) e(kind, at)
       where r.run_id = $1 and e.at is not null
     ), bounds as (
       select min(at) as first,
         greatest(1, ceil(extract(epoch from max(at) - min(at)) / $2::int)) as step from happened
     ), numbered as (
       select h.kind, floor(extract(epoch from h.at - b.first) / b.step)::int as n from happened h, bounds b
     )
     select b.first + n.n * b.step * interval '1 second' as at,
       count(*) filter (where n.kind = 'sent')::int as sent,
       count(*) filter (where n.kind = 'delivered')::int as delivered,
       count(*) filter (where n.kind = 'read')::int as read
     from numbered n, bounds b group by b.first, b.step, n.n order by n.n`,
    [runId, steps],
  )
}
