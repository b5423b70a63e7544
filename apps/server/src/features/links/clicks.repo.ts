import type { WorkspaceScope } from '@siar/database'
import type { WorkspaceId } from '@siar/domain'

/** One visit to a tracked link. Nothing of the visitor is kept but whether it was a person. */
export interface Click {
  readonly id: string
  readonly workspaceId: WorkspaceId
  readonly runId: string
  readonly target: number
  readonly sequence: number
  readonly isRobot: boolean
  readonly at: Date
}

/** Somebody who followed a link of a run for the first time. */
export interface ClickedPerson {
  readonly recipientId: string
  readonly runId: string
  readonly campaignId: string
  readonly senderId: string
  /** The message had been `unknown`; now it is `read`. */
  readonly settled: boolean
}

const insertClicksStatement = {
  name: 'links-insert-clicks',
  text: `
  with u as (
    select * from unnest($2::text[], $3::text[], $4::int[], $5::int[], $6::boolean[], $7::timestamptz[])
      u(id, run_id, target, sequence, is_robot, at)
  ), added as (
    insert into clicks (id, workspace_id, run_id, recipient_id, contact_id, target_number, is_robot, at)
    select u.id, $1, r.run_id, r.id, r.contact_id, t.number, u.is_robot, u.at
    from u join link_targets t on t.number = u.target and t.run_id = u.run_id
    join recipients r on r.run_id = t.run_id and r.sequence = u.sequence
    on conflict (id) do nothing
    returning recipient_id, is_robot, at
  ), first as materialized (
    select recipient_id, min(at) as at from added where not is_robot group by recipient_id
  ), old as materialized (
    select r.id, r.status = 'unknown' as is_unknown, f.at
    from recipients r join first f on f.recipient_id = r.id
    where r.clicked_at is null order by r.id for update of r
  )
  update recipients r set clicked_at = o.at, updated_at = $8,
    status = case when o.is_unknown then 'read' else r.status end,
    reason = case when o.is_unknown then null else r.reason end,
    accepted_at = case when o.is_unknown then coalesce(r.accepted_at, o.at) else r.accepted_at end,
    read_at = case when o.is_unknown then coalesce(r.read_at, o.at) else r.read_at end
  from old o where r.id = o.id
  returning r.id as "recipientId", r.run_id as "runId", r.campaign_id as "campaignId",
    r.sender_id as "senderId", o.is_unknown as "settled"`,
}

/**
 * Stores clicks of one workspace, each once by its id, and marks those people who click for the first time.
 *
 * A person's click settles an `unknown` message as `read`: its code stands in no other message, so it must have arrived.
 * Clicks on links or people that are gone meanwhile are passed over. Two processes at once mark a person once.
 *
 * @returns those who were marked now.
 */
export async function insertClicks(
  scope: WorkspaceScope,
  clicks: readonly Click[],
  now: Date,
): Promise<ClickedPerson[]> {
  return scope.query<ClickedPerson>(insertClicksStatement, [
    scope.workspaceId,
    clicks.map((click) => click.id),
    clicks.map((click) => click.runId),
    clicks.map((click) => click.target),
    clicks.map((click) => click.sequence),
    clicks.map((click) => click.isRobot),
    clicks.map((click) => click.at),
    now,
  ])
}
