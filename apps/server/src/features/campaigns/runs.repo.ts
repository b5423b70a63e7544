import type { Budget, Pacing } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { runs } from '@siar/database'
import type { CampaignStatus, Purpose, RunStatus } from '@siar/domain'
import type { RunExperiment } from './experiment-run.ts'
import type { RunContent } from './run-content.ts'

export { retryable } from '@siar/database'

export interface NewRun {
  readonly id: string
  readonly campaignId: string
  readonly purpose: Purpose
  readonly content: RunContent
  readonly pacing: Pacing | null
  /** Null without an experiment. */
  readonly experiment: RunExperiment | null
  readonly trackLinks: boolean
  readonly seed: string
  /** The occurrence of a recurring campaign it is for; one run for each. */
  readonly occurrenceAt: Date | null
  readonly createdBy: string
  readonly startedAt: Date
}

/** Inserts a running run under the campaign's next number. */
export async function insertRun(scope: WorkspaceScope, run: NewRun): Promise<void> {
  const [row] = await scope.query<{ number: number }>(
    'select coalesce(max(number), 0)::int + 1 as number from runs where campaign_id = $1',
    [run.campaignId],
  )
  await scope.db.insert(runs).values({
    ...run,
    workspaceId: scope.workspaceId,
    number: row?.number ?? 1,
    status: 'running',
    content: { ...run.content },
    pacing: run.pacing,
    experiment: run.experiment && { ...run.experiment },
  })
}

export async function setRunRecipients(
  scope: WorkspaceScope,
  runId: string,
  recipients: number,
): Promise<void> {
  await scope.execute('update runs set recipients = $2 where id = $1', [runId, recipients])
}

export async function updateRun(
  scope: WorkspaceScope,
  runId: string,
  from: readonly RunStatus[],
  status: RunStatus,
  finishedAt: Date | null,
): Promise<boolean> {
  const changed = await scope.execute(
    'update runs set status = $3, finished_at = $4 where id = $1 and status = any($2::text[])',
    [runId, [...from], status, finishedAt],
  )
  return changed > 0
}

export interface RunFacts {
  readonly id: string
  readonly campaignId: string
  readonly purpose: Purpose
  readonly content: RunContent
  readonly pacing: Pacing | null
  readonly experiment: RunExperiment | null
  readonly trackLinks: boolean
  /** The most it may cost; null for no limit. */
  readonly budget: Budget | null
  readonly startedAt: Date
  readonly seed: string
  /** Null when no night silence or frequency rule of the campaign itself is known here: the workspace's hold. */
  readonly status: RunStatus
}

/** Runs with the message they send, for lanes; absent ones are left out. */
export async function findRuns(scope: WorkspaceScope, runIds: readonly string[]): Promise<RunFacts[]> {
  return scope.query<RunFacts>(
    `select id, campaign_id as "campaignId", purpose, content, pacing, experiment,
       track_links as "trackLinks", budget, started_at as "startedAt", seed, status
     from runs where id = any($1::text[])`,
    [[...runIds]],
  )
}

/** The running campaigns that have unsent recipients on a sender, by name, for halting them together. */
export async function listCampaignsOnSender(
  scope: WorkspaceScope,
  senderId: string,
  statuses: readonly CampaignStatus[],
): Promise<{ id: string; current_run_id: string | null }[]> {
  return scope.query(
    `select c.id, c.current_run_id from campaigns c
     where c.status = any($2::text[]) and (
       c.sender_ids @> to_jsonb(array[$1::text])
       or exists (select 1 from recipients r where r.sender_id = $1 and r.run_id = c.current_run_id
         and r.due_at is not null))
     order by c.name, c.id`,
    [senderId, [...statuses]],
  )
}

/**
 * Cancels everybody of a run who has not been reached. Somebody who was to get a message again under the same id may have
 * it already, so that one is `unknown`. @returns how many, by the status they had and the one they have.
 */
export async function cancelRecipients(
  scope: WorkspaceScope,
  runId: string,
  now: Date,
): Promise<{ from: 'queued' | 'claimed'; to: 'cancelled' | 'unknown'; count: number }[]> {
  return scope.query(
    `with old as (
       select id, status, case when message_id is null then 'cancelled' else 'unknown' end as to_status
       from recipients where run_id = $1 and status in ('queued', 'claimed') for update
     ), changed as (
       update recipients r set status = old.to_status, reason = 'cancelled', due_at = null, updated_at = $2
       from old where r.id = old.id returning old.status as from_status, r.status as to_status
     )
     select from_status as "from", to_status as "to", count(*)::int as count from changed group by 1, 2`,
    [runId, now],
  )
}

/** Queues the refused of a run again, under new ids: a refusal is final. @returns how many there were, by the reason of their refusal. */
export async function requeueRefused(
  scope: WorkspaceScope,
  runId: string,
  now: Date,
): Promise<{ reason: string | null; count: number }[]> {
  return scope.query(
    `with old as (
       select id, reason from recipients where run_id = $1 and status = 'refused' for update
     ), changed as (
       update recipients r set status = 'queued', reason = null, message_id = null, due_at = $2, updated_at = $2
       from old where r.id = old.id returning old.reason
     )
     select reason, count(*)::int as count from changed group by reason`,
    [runId, now],
  )
}

/**
 * Moves people who wait for a sender that cannot send to other senders of the run, except those who already talk with
 * it and those who may have its message already: only the same sender shows an id once. @returns how many were moved.
 */
export async function moveWaiting(
  scope: WorkspaceScope,
  runId: string,
  fromSenderId: string,
  pattern: readonly string[],
): Promise<number> {
  return scope.execute(
    `update recipients r set sender_id = ($3::text[])[(r.sequence - 1) % cardinality($3::text[]) + 1],
       route_reason = 'moved'
     where r.sender_id = $2 and r.run_id = $1 and r.due_at is not null and r.message_id is null and not exists (
       select 1 from conversations v
       where v.workspace_id = $4 and v.contact_id = r.contact_id and v.sender_id = $2)`,
    [runId, fromSenderId, [...pattern], scope.workspaceId],
  )
}

/** Senders of running campaigns that have been gone for a while although people wait for them; banned ones stay. */
export async function listStrandedSenders(
  scope: { query: WorkspaceScope['query'] },
  goneBefore: Date,
): Promise<{ id: string; workspace_id: string }[]> {
  return scope.query(
    `select s.id, s.workspace_id from senders s
     where s.status in ('offline', 'logged_out', 'stopped') and s.status_at < $1
       and exists (select 1 from recipients r join runs on runs.id = r.run_id and runs.status = 'running'
         where r.sender_id = s.id and r.due_at is not null)
       and exists (select 1 from senders o where o.workspace_id = s.workspace_id and o.status = 'online'
         and o.use_for_campaigns and o.id <> s.id)
     limit 100`,
    [goneBefore],
  )
}
