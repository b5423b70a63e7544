import type { WorkspaceScope } from '@siar/database'

export interface DayRow {
  readonly day: string
  readonly sent: number
  readonly delivered: number
  readonly read: number
  readonly replied: number
  readonly failed: number
  readonly optOuts: number
}

/** Counts of all senders by day, oldest first; days without any are zeros. Days as `2026-11-20`. */
export async function listDays(scope: WorkspaceScope, from: string, to: string): Promise<DayRow[]> {
  return scope.query<DayRow>(
    `select g.day::date::text as day, coalesce(sum(d.accepted), 0)::int as sent,
       coalesce(sum(d.delivered), 0)::int as delivered, coalesce(sum(d.read), 0)::int as read,
       coalesce(sum(d.replies), 0)::int as replied, coalesce(sum(d.refused), 0)::int as failed,
       coalesce(sum(d.opt_outs), 0)::int as "optOuts"
     from generate_series($1::date, $2::date, interval '1 day') g(day)
     left join sender_days d on d.day = g.day::date
     group by g.day order by g.day`,
    [from, to],
  )
}

export interface Checklist {
  readonly sender: boolean
  readonly contacts: boolean
  readonly template: boolean
  readonly test: boolean
  readonly campaign: boolean
}

/** The first steps a new workspace has done. */
export async function findChecklist(scope: WorkspaceScope): Promise<Checklist> {
  const [row] = await scope.query<Checklist>(
    `select exists (select 1 from senders where status = 'online') as sender,
       exists (select 1 from contacts) as contacts, exists (select 1 from templates) as template,
       exists (select 1 from audit_log where workspace_id = $1 and action = 'campaign.test') as test,
       exists (select 1 from runs) as campaign`,
    [scope.workspaceId],
  )
  return row ?? { sender: false, contacts: false, template: false, test: false, campaign: false }
}

export async function countContacts(scope: WorkspaceScope): Promise<{ contacts: number; consented: number }> {
  const [row] = await scope.query<{ contacts: number; consented: number }>(
    `select count(*)::int as contacts, count(*) filter (where marketing_consent = 'granted')::int as consented
     from contacts where workspace_id = $1`,
    [scope.workspaceId],
  )
  return row ?? { contacts: 0, consented: 0 }
}

export async function findTimeZone(scope: WorkspaceScope): Promise<string> {
  const [row] = await scope.query<{ zone: string }>(
    'select time_zone as zone from workspaces where id = $1',
    [scope.workspaceId],
  )
  return row?.zone ?? 'UTC'
}
