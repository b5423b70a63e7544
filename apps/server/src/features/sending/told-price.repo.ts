import type { WorkspaceScope } from '@siar/database'

export interface ChargedAttempt {
  readonly attemptId: string
  readonly startedAt: Date
  readonly country: string | null
}

/** What the price of these attempts depends on. */
export async function listCharged(
  scope: WorkspaceScope,
  attemptIds: readonly string[],
): Promise<ChargedAttempt[]> {
  if (attemptIds.length === 0) return []
  return scope.query(
    `select a.id as "attemptId", a.started_at as "startedAt",
       (select x.country from addresses x where x.workspace_id = $2 and x.value = r.address
         and x.contact_id = r.contact_id limit 1) as country
     from attempts a join recipients r on r.id = a.recipient_id where a.id = any($1::text[])`,
    [[...attemptIds], scope.workspaceId],
  )
}

export interface CostCorrection {
  readonly attemptId: string
  /** Millionths of a US dollar. */
  readonly micros: number
  /** As the channel calls it, for the record. */
  readonly charge: string
  readonly rank: number
}

const correctStatement = {
  name: 'sending-correct-costs',
  text: `
  with told as (
    select * from unnest($1::text[], $2::bigint[], $3::text[], $4::int[]) u(id, micros, charge, rank)
  ), before as (
    select a.id, a.run_id, a.cost_micros, t.micros, t.charge, t.rank
    from told t join attempts a on a.id = t.id
    where coalesce(a.charge_rank, -1) < t.rank and (t.micros > 0 or a.cost_micros is not null)
      and exists (select 1 from recipients r where r.id = a.recipient_id and r.message_id = a.id
        and r.status in ('accepted', 'delivered', 'read', 'replied'))
    order by a.id for update of a
  ), corrected as (
    update attempts a set cost_micros = nullif(b.micros, 0), charge = b.charge, charge_rank = b.rank
    from before b where a.id = b.id
  )
  select run_id as "runId", sum(micros - coalesce(cost_micros, 0))::bigint as micros from before group by run_id`,
}

/**
 * Gives attempts the cost the channel told, each only by a receipt that says more than the one before. What was expected to be free and is
 * told to be free is not touched; nor is what ended without a message. @returns the change, by run.
 */
export async function correctCosts(
  scope: WorkspaceScope,
  corrections: readonly CostCorrection[],
): Promise<{ runId: string; micros: number }[]> {
  if (corrections.length === 0) return []
  return scope.query(correctStatement, [
    corrections.map(({ attemptId }) => attemptId),
    corrections.map(({ micros }) => micros),
    corrections.map(({ charge }) => charge),
    corrections.map(({ rank }) => rank),
  ])
}
