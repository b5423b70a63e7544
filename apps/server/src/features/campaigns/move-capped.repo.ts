import type { SystemScope, WorkspaceScope } from '@siar/database'

/**
 * Online senders that have sent as much today as the smallest limit anybody has, with people due who wait for them, and another online
 * sender in their workspace: those that may be capped for today.
 *
 * @param days The workspace days it may be now: yesterday, today and tomorrow of UTC.
 */
export async function listBusySenders(
  scope: SystemScope,
  now: Date,
  days: readonly string[],
  sentMin: number,
): Promise<{ id: string; workspace_id: string }[]> {
  return scope.query(
    `select s.id, s.workspace_id from senders s
     where s.status = 'online' and s.use_for_campaigns and s.channel <> 'cloud_api'
       and exists (select 1 from sender_days d where d.sender_id = s.id and d.day = any($2::date[])
         and (d.accepted >= $3 or d.accepted >= coalesce((s.settings->>'dailyCap')::int, 1000)))
       and exists (select 1 from recipients r join runs on runs.id = r.run_id and runs.status = 'running'
         where r.sender_id = s.id and r.due_at <= $1)
       and exists (select 1 from senders o where o.workspace_id = s.workspace_id and o.status = 'online'
         and o.use_for_campaigns and o.id <> s.id)
     order by s.id limit 100`,
    [now, [...days], sentMin],
  )
}

/**
 * Moves the first people of a run who wait for one sender to others, by a pattern, except those who talk with it and those who may
 * have its message already. @returns how many were moved.
 */
export async function moveSome(
  scope: WorkspaceScope,
  runId: string,
  fromSenderId: string,
  pattern: readonly string[],
): Promise<number> {
  return scope.execute(
    `with chosen as (
       select r.id, row_number() over (order by r.due_at, r.sequence) as place from recipients r
       where r.sender_id = $2 and r.run_id = $1 and r.due_at is not null and r.message_id is null and not exists (
         select 1 from conversations v
         where v.workspace_id = $4 and v.contact_id = r.contact_id and v.sender_id = $2)
       order by r.due_at, r.sequence limit cardinality($3::text[])
     )
     update recipients r set sender_id = ($3::text[])[chosen.place], route_reason = 'moved_capped'
     from chosen where r.id = chosen.id and r.sender_id = $2 and r.due_at is not null and r.message_id is null`,
    [runId, fromSenderId, [...pattern], scope.workspaceId],
  )
}
