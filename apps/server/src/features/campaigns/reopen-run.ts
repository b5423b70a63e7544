import type { WorkspaceScope } from '@siar/database'
import { AppError } from '@siar/domain'
import type { Core } from '../../core.ts'
import { updateCampaign } from './campaigns.repo.ts'
import { updateRun } from './runs.repo.ts'

/**
 * Lets a campaign whose run is over go on with that run, because people of it were queued again: a completed one, or a recurring one
 * that waits for its next occurrence.
 *
 * @throws AppError `campaign_wrong_state` when its run is not over, or is not its newest.
 */
export async function reopenRun(
  core: Core,
  scope: WorkspaceScope,
  campaignId: string,
  runId: string,
): Promise<void> {
  const running = { status: 'running' as const, statusReason: null, finishedAt: null }
  const moved = await updateCampaign(scope, campaignId, ['completed', 'scheduled'], running, core.now())
  const reopened = moved && (await updateRun(scope, runId, ['completed'], 'running', null))
  if (!reopened) throw new AppError('campaign_wrong_state')
}
