import type { SystemScope, WorkspaceScope } from '@siar/database'
import { figureStatuses, winnerAwaitedForHours } from '@siar/domain'
import type { GoalCount, RunStatus } from '@siar/domain'
import type { RunExperiment } from './experiment-run.ts'

/** A run with an experiment, and what became of it so far. */
export interface ExperimentRun {
  readonly id: string
  readonly campaignId: string
  readonly status: RunStatus
  readonly experiment: RunExperiment
  readonly startedAt: Date
  readonly winner: string | null
  readonly decidedAt: Date | null
  /** The id of who decided, or `automatic`. */
  readonly decidedBy: string | null
}

const selectRun = `
  select r.id, r.campaign_id as "campaignId", r.status, r.experiment, r.started_at as "startedAt", r.winner,
    r.decided_at as "decidedAt", r.decided_by as "decidedBy"
  from runs r where r.id = $1 and r.experiment is not null`

/** Null when the run has no experiment, or does not exist. */
export async function findExperimentRun(scope: WorkspaceScope, runId: string): Promise<ExperimentRun | null> {
  const [row] = await scope.query<ExperimentRun>(selectRun, [runId])
  return row ?? null
}

/** The same, locked until the transaction ends: whoever decides meanwhile waits. */
export async function lockExperimentRun(scope: WorkspaceScope, runId: string): Promise<ExperimentRun | null> {
  const [row] = await scope.query<ExperimentRun>(`${selectRun} for update of r`, [runId])
  return row ?? null
}

/** Running runs of every workspace whose winner is due to be looked for, oldest first. */
export async function listDueExperiments(
  scope: Pick<SystemScope, 'query'>,
  now: Date,
  limit: number,
): Promise<{ id: string; workspaceId: string }[]> {
  return scope.query(
    `select id, workspace_id as "workspaceId" from runs
     where status = 'running' and winner is null and experiment->>'lookedAt' is null
       and (experiment->>'decidesAt')::timestamptz <= $1
     order by started_at limit $2`,
    [now, limit],
  )
}

/** Notes that the one planned look has happened. */
export async function markLooked(scope: WorkspaceScope, runId: string, now: Date): Promise<void> {
  await scope.execute(
    `update runs set experiment = jsonb_set(experiment, '{lookedAt}', to_jsonb($2::text)) where id = $1`,
    [runId, now.toISOString()],
  )
}

/** Writes the winner of a run that has none and is not over. @returns false when somebody was faster, or it is over. */
export async function setWinner(
  scope: WorkspaceScope,
  runId: string,
  winner: string,
  decidedBy: string,
  now: Date,
): Promise<boolean> {
  const changed = await scope.execute(
    `update runs set winner = $2, decided_at = $3, decided_by = $4
     where id = $1 and winner is null and status in ('running', 'paused', 'halted')`,
    [runId, winner, now, decidedBy],
  )
  return changed > 0
}

/** Gives everybody who waits the variant, and their turn back: at once where it has passed. @returns how many. */
export async function releaseWaiting(
  scope: WorkspaceScope,
  runId: string,
  variant: string,
  now: Date,
): Promise<number> {
  return scope.execute(
    `update recipients set variant = $2, due_at = greatest($3, due_at - $4::int * interval '1 hour'), updated_at = $3
     where run_id = $1 and status = 'queued' and variant is null`,
    [runId, variant, now, winnerAwaitedForHours],
  )
}

export async function countWaiting(scope: WorkspaceScope, runId: string): Promise<number> {
  const [row] = await scope.query<{ count: number }>(
    `select count(*)::int as count from recipients where run_id = $1 and status = 'queued' and variant is null`,
    [runId],
  )
  return row?.count ?? 0
}

export interface VariantRow {
  readonly key: string
  readonly people: number
  readonly sent: number
  readonly delivered: number
  readonly read: number
  readonly replied: number
  readonly clicked: number
  /** Of those who count in the comparison: sent to until the variant's instant, and of them those with the goal until then. */
  readonly compared: number
  readonly goals: number
}

const quoted = (statuses: readonly string[]): string => statuses.map((status) => `'${status}'`).join(', ')
const isSent = `r.status in (${quoted(figureStatuses.sent)})`

/**
 * How far the people of each variant got, in one pass over the run.
 *
 * @param until For each variant the instant up to which sends and goals are compared.
 */
export async function countVariants(
  scope: WorkspaceScope,
  runId: string,
  goal: RunExperiment['goal'],
  until: readonly { readonly key: string; readonly at: Date }[],
): Promise<VariantRow[]> {
  return scope.query<VariantRow>(
    `with told as (
       select r.variant, r.status, r.clicked_at, ${isSent} as sent,
         coalesce(r.accepted_at, r.delivered_at, r.read_at, r.replied_at) as sent_at,
         case $2::text when 'read' then coalesce(r.read_at, r.replied_at) when 'reply' then r.replied_at
           else r.clicked_at end as goal_at
       from recipients r where r.run_id = $1 and r.variant = any($3::text[])
     )
     select u.key, count(t.variant)::int as people, count(*) filter (where t.sent)::int as sent,
       count(*) filter (where t.status in (${quoted(figureStatuses.delivered)}))::int as delivered,
       count(*) filter (where t.status in (${quoted(figureStatuses.read)}))::int as read,
       count(*) filter (where t.status in (${quoted(figureStatuses.replied)}))::int as replied,
       count(*) filter (where t.sent and t.clicked_at is not null)::int as clicked,
       count(*) filter (where t.sent and t.sent_at <= u.at)::int as compared,
       count(*) filter (where t.sent and t.sent_at <= u.at and t.goal_at <= u.at)::int as goals
     from unnest($3::text[], $4::timestamptz[]) with ordinality u(key, at, n) left join told t on t.variant = u.key
     group by u.key, u.n order by u.n`,
    [runId, goal, until.map(({ key }) => key), until.map(({ at }) => at)],
  )
}

/** Statuses of people whose turn has not come, or never came: of no group of a campaign's effect. */
const withoutTurn = ['queued', 'claimed', 'dispatching', 'cancelled']

/**
 * Of those whose turn to get it has come and of those who were held out, how many wrote to the shop since the start.
 *
 * Whoever was chosen to get it counts as such whatever became of it: skipped at the moment of sending, refused or unknown as well, and
 * also who was left out for money or for want of a sender, because the held-out people are not asked about any of that. Who was left out
 * by the rules of the freeze is on neither side: those come before the groups.
 */
export async function countWriters(
  scope: WorkspaceScope,
  runId: string,
  since: Date,
): Promise<{ sent: GoalCount; held: GoalCount }> {
  const [row] = await scope.query<Record<'sent' | 'sentWrote' | 'held' | 'heldWrote', number>>(
    `select count(*) filter (where t.sent)::int as sent, count(*) filter (where t.sent and t.wrote)::int as "sentWrote",
       count(*) filter (where t.held)::int as held, count(*) filter (where t.held and t.wrote)::int as "heldWrote"
     from (
       select (r.sender_id is not null or r.reason in ('budget', 'no_sender'))
           and r.status not in (${quoted(withoutTurn)}) as sent,
         r.reason = 'holdout' and r.status = 'skipped' as held, w.contact_id is not null as wrote
       from recipients r left join (
         select distinct contact_id from conversations where workspace_id = $2 and last_incoming_at >= $3
       ) w on w.contact_id = r.contact_id
       where r.run_id = $1
     ) t`,
    [runId, scope.workspaceId, since],
  )
  const { sent = 0, sentWrote = 0, held = 0, heldWrote = 0 } = row ?? {}
  return { sent: { people: sent, goals: sentWrote }, held: { people: held, goals: heldWrote } }
}
