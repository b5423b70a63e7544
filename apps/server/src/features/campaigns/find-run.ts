import type { CampaignReport } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { AppError } from '@siar/domain'
import { findRunOf } from './campaign-runs.repo.ts'
import type { RunRow } from './campaign-runs.repo.ts'
import { getRow } from './campaigns.service.ts'

/**
 * The run of a campaign that is asked for, else the one that started last; null before the first.
 *
 * @throws AppError `not_found` for a campaign or a run that does not exist, or is of another campaign or workspace.
 */
export async function findRun(
  scope: WorkspaceScope,
  campaignId: string,
  runId?: string,
): Promise<RunRow | null> {
  const { currentRunId } = await getRow(scope, campaignId)
  const wanted = runId ?? currentRunId
  if (!wanted) return null
  const run = await findRunOf(scope, campaignId, wanted)
  if (!run) throw new AppError('not_found')
  return run
}

/** Which run a report is about. */
export function presentRun(row: RunRow): NonNullable<CampaignReport['run']> {
  const { id, number, status, startedAt, finishedAt } = row
  return {
    id,
    number,
    status,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  }
}
