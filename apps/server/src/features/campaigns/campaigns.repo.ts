import type { Audience, Budget, Experiment, Pacing, Schedule } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { campaigns, templates } from '@siar/database'
import type { CampaignStatus } from '@siar/domain'
import { and, desc, eq, ilike, inArray, lt, or, sql } from 'drizzle-orm'

export type CampaignRow = Omit<
  typeof campaigns.$inferSelect,
  'audience' | 'schedule' | 'pacing' | 'experiment' | 'budget'
> & {
  readonly audience: Audience
  readonly schedule: Schedule
  readonly pacing: Pacing | null
  readonly experiment: Experiment | null
  readonly budget: Budget | null
  /** The number of its newest run; 0 before the first. */
  readonly runs: number
  readonly templateName: string | null
  /** The variant that was chosen in the newest run; null before, and without an experiment. */
  readonly winner: string | null
}

export type CampaignChanges = Partial<
  Pick<
    CampaignRow,
    | 'name'
    | 'purpose'
    | 'templateId'
    | 'variables'
    | 'audience'
    | 'schedule'
    | 'pacing'
    | 'rotation'
    | 'senderIds'
    | 'weights'
    | 'experiment'
    | 'budget'
    | 'trackLinks'
  >
>

type Found = Pick<CampaignRow, 'templateName' | 'runs' | 'winner'> & {
  campaign: typeof campaigns.$inferSelect
}

function toRow({ campaign, templateName, runs, winner }: Found): CampaignRow {
  const { audience, schedule, pacing, experiment, budget, ...rest } = campaign
  return {
    ...rest,
    audience: audience as unknown as Audience,
    schedule: schedule as unknown as Schedule,
    pacing: pacing as unknown as Pacing | null,
    experiment: experiment as unknown as Experiment | null,
    budget: budget as unknown as Budget | null,
    runs,
    templateName,
    winner,
  }
}

const selected = (scope: WorkspaceScope) =>
  scope.db
    .select({
      campaign: campaigns,
      templateName: templates.name,
      runs: sql<number>`coalesce((select max(r.number) from runs r where r.campaign_id = ${campaigns.id}), 0)::int`,
      winner: sql<string | null>`(select r.winner from runs r where r.id = ${campaigns.currentRunId})`,
    })
    .from(campaigns)
    .leftJoin(templates, eq(templates.id, campaigns.templateId))

export async function findCampaign(scope: WorkspaceScope, id: string): Promise<CampaignRow | null> {
  const [found] = await selected(scope).where(eq(campaigns.id, id))
  return found ? toRow(found) : null
}

export interface CampaignFilter {
  readonly status?: CampaignStatus | undefined
  readonly search?: string | undefined
  readonly before?: { readonly createdAt: Date; readonly id: string } | undefined
  readonly limit: number
}

/** Newest first; the page after `before`. */
export async function listCampaigns(scope: WorkspaceScope, filter: CampaignFilter): Promise<CampaignRow[]> {
  const { status, search, before } = filter
  const found = await selected(scope)
    .where(
      and(
        status ? eq(campaigns.status, status) : undefined,
        search ? ilike(campaigns.name, `%${search.replace(/[\\%_]/g, '\\$&')}%`) : undefined,
        before
          ? or(
              lt(campaigns.createdAt, before.createdAt),
              and(eq(campaigns.createdAt, before.createdAt), lt(campaigns.id, before.id)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(campaigns.createdAt), desc(campaigns.id))
    .limit(filter.limit)
  return found.map(toRow)
}

export async function insertCampaign(
  scope: WorkspaceScope,
  row: Pick<CampaignRow, 'id' | 'createdBy' | 'createdAt'> & Required<CampaignChanges>,
): Promise<void> {
  await scope.db
    .insert(campaigns)
    .values({ ...row, workspaceId: scope.workspaceId, updatedAt: row.createdAt })
}

/** @returns false when the campaign is not in one of these statuses (or does not exist). */
export async function updateCampaign(
  scope: WorkspaceScope,
  id: string,
  from: readonly CampaignStatus[],
  changes: CampaignChanges &
    Partial<
      Pick<CampaignRow, 'status' | 'statusReason' | 'startAt' | 'currentRunId' | 'startedAt' | 'finishedAt'>
    >,
  now: Date,
): Promise<boolean> {
  const updated = await scope.db
    .update(campaigns)
    .set({ ...changes, updatedAt: now })
    .where(and(eq(campaigns.id, id), inArray(campaigns.status, [...from])))
    .returning({ id: campaigns.id })
  return updated.length > 0
}

/** Removes the campaign with its runs and recipients; the messages people got stay. */
export async function deleteCampaign(
  scope: WorkspaceScope,
  id: string,
  from: readonly CampaignStatus[],
): Promise<boolean> {
  const deleted = await scope.db
    .delete(campaigns)
    .where(and(eq(campaigns.id, id), inArray(campaigns.status, [...from])))
    .returning({ id: campaigns.id })
  if (deleted.length === 0) return false
  await scope.execute('delete from recipients where campaign_id = $1', [id])
  return true
}

/** Ids that exist in none of the rows of this workspace. */
export async function findUnknownSenders(
  scope: WorkspaceScope,
  senderIds: readonly string[],
): Promise<string[]> {
  const rows = await scope.query<{ id: string }>(
    `select x.id from unnest($1::text[]) x(id) where not exists (select 1 from senders s where s.id = x.id)`,
    [[...senderIds]],
  )
  return rows.map((row) => row.id)
}

/** Messages handed out per campaign since an instant; reads only the newest attempts (their ids sort by time). */
export async function countRecentAttempts(
  scope: WorkspaceScope,
  runIds: readonly string[],
  sinceAttemptId: string,
): Promise<Map<string, number>> {
  const rows = await scope.query<{ run_id: string; count: number }>(
    `select run_id, count(*)::int as count from attempts
     where id >= $2 and run_id = any($1::text[]) group by run_id`,
    [[...runIds], sinceAttemptId],
  )
  return new Map(rows.map((row) => [row.run_id, row.count]))
}

/** Campaigns of every workspace whose scheduled start has come, oldest first. */
export async function listDueCampaigns(
  scope: { query: WorkspaceScope['query'] },
  now: Date,
  limit: number,
): Promise<{ id: string; workspace_id: string; start_at: Date }[]> {
  return scope.query(
    `select id, workspace_id, start_at from campaigns
     where status = 'scheduled' and start_at <= $1 order by start_at limit $2`,
    [now, limit],
  )
}
