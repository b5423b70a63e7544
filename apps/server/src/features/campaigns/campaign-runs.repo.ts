import type { WorkspaceScope } from '@siar/database'
import type { RunNote, RunStatus } from '@siar/domain'

export interface RunRow {
  readonly id: string
  readonly number: number
  readonly status: RunStatus
  readonly occurrenceAt: Date | null
  readonly note: RunNote | null
  readonly startedAt: Date
  readonly finishedAt: Date | null
}

const runColumns = `id, number, status, occurrence_at as "occurrenceAt", note, started_at as "startedAt",
  finished_at as "finishedAt"`

/** One run of a campaign; null when it is not a run of this campaign. */
export async function findRunOf(
  scope: WorkspaceScope,
  campaignId: string,
  runId: string,
): Promise<RunRow | null> {
  const [run] = await scope.query<RunRow>(
    `select ${runColumns} from runs where id = $1 and campaign_id = $2`,
    [runId, campaignId],
  )
  return run ?? null
}

/** The runs of a campaign, newest first; those before `beforeNumber`. */
export async function listRunsOf(
  scope: WorkspaceScope,
  campaignId: string,
  beforeNumber: number | null,
  limit: number,
): Promise<RunRow[]> {
  return scope.query<RunRow>(
    `select ${runColumns} from runs where campaign_id = $1 and ($2::int is null or number < $2::int)
     order by number desc limit $3`,
    [campaignId, beforeNumber, limit],
  )
}

/** The occurrences after an instant that have a run, or were passed over. */
export async function listOccurrencesAfter(
  scope: WorkspaceScope,
  campaignId: string,
  after: Date,
): Promise<Date[]> {
  const rows = await scope.query<{ at: Date }>(
    'select occurrence_at as at from runs where campaign_id = $1 and occurrence_at > $2',
    [campaignId, after],
  )
  return rows.map(({ at }) => at)
}

/** Makes a draft of a campaign, with all but its schedule and what came of it. @returns false when there is none. */
export async function cloneCampaign(
  scope: WorkspaceScope,
  copy: {
    readonly from: string
    readonly id: string
    readonly name: string
    readonly createdBy: string
    readonly now: Date
  },
): Promise<boolean> {
  const made = await scope.execute(
    `insert into campaigns (id, workspace_id, name, purpose, template_id, variables, audience, pacing, rotation,
       sender_ids, weights, experiment, budget, track_links, cloned_from, created_by, created_at, updated_at)
     select $2, workspace_id, $3, purpose, template_id, variables, audience, pacing, rotation,
       sender_ids, weights, experiment, budget, track_links, id, $4, $5, $5
     from campaigns where id = $1`,
    [copy.from, copy.id, copy.name, copy.createdBy, copy.now],
  )
  return made > 0
}

/** Keeps everybody else from moving the campaign until the transaction ends. */
export async function lockCampaign(scope: WorkspaceScope, id: string): Promise<void> {
  await scope.query('select 1 from campaigns where id = $1 for update', [id])
}

/**
 * Records occurrences that send nothing as runs that are over, oldest first; those that are recorded already are left as they
 * are. Call it with the campaign locked: it numbers the runs.
 */
export async function insertPassedRuns(
  scope: WorkspaceScope,
  campaignId: string,
  runs: readonly { readonly id: string; readonly occurrenceAt: Date }[],
  note: RunNote,
  by: { readonly id: string; readonly now: Date },
): Promise<void> {
  await scope.execute(
    `insert into runs (id, workspace_id, campaign_id, number, status, purpose, content, seed, occurrence_at, note,
       created_by, started_at, finished_at)
     select u.id, c.workspace_id, c.id,
       (select coalesce(max(r.number), 0) from runs r where r.campaign_id = c.id) + u.n,
       'cancelled', c.purpose, '{}', u.id, u.at, $4, $5, $6, $6
     from campaigns c, unnest($2::text[], $3::timestamptz[]) with ordinality u(id, at, n) where c.id = $1
     on conflict (campaign_id, occurrence_at) do nothing`,
    [campaignId, runs.map(({ id }) => id), runs.map(({ occurrenceAt }) => occurrenceAt), note, by.id, by.now],
  )
}

/** Ends a run that has nobody to send to. */
export async function completeEmptyRun(
  scope: WorkspaceScope,
  runId: string,
  note: RunNote,
  now: Date,
): Promise<void> {
  await scope.execute(
    `update runs set status = 'completed', note = $2, finished_at = $3 where id = $1 and status = 'running'`,
    [runId, note, now],
  )
}

/**
 * Moves a campaign on whose run is over: a recurring one waits for its next occurrence, any other is completed. Does nothing
 * for one that does not run.
 */
export async function finishCampaign(scope: WorkspaceScope, id: string, now: Date): Promise<boolean> {
  const goesOn = `schedule ->> 'kind' = 'recurring' and start_at is not null`
  const changed = await scope.execute(
    `update campaigns set status = case when ${goesOn} then 'scheduled' else 'completed' end,
       finished_at = case when ${goesOn} then null else $2::timestamptz end, updated_at = $2
     where id = $1 and status = 'running'`,
    [id, now],
  )
  return changed > 0
}

/** Recurring campaigns of every workspace whose next occurrence has come while a run has not finished. */
export async function listOvertaken(
  scope: { query: WorkspaceScope['query'] },
  now: Date,
  limit: number,
): Promise<{ id: string; workspaceId: string }[]> {
  return scope.query(
    `select id, workspace_id as "workspaceId" from campaigns
     where status in ('running', 'paused', 'halted') and schedule ->> 'kind' = 'recurring' and start_at <= $1
     order by start_at limit $2`,
    [now, limit],
  )
}
