import type { WorkspaceScope } from '@siar/database'
import { AppError } from '@siar/domain'
import type { Core } from '../../core.ts'
import { updateCampaign } from './campaigns.repo.ts'
import { updateRun } from './runs.repo.ts'

/**
 * Lets a completed campaign go on with its newest run, because people of it were queued again.
 *
 * @throws AppError `campaign_wrong_state` when it is not completed any more.
 */
export async function reopenRun(
  core: Core,
  scope: WorkspaceScope,
  campaignId: string,
  runId: string,
): Promise<void> {
  const running = { status: 'running' as const, statusReason: null, finishedAt: null }
  const moved = await updateCampaign(scope, campaignId, ['completed'], running, core.now())
  if (!moved) throw new AppError('campaign_wrong_state')
  await updateRun(scope, runId, ['completed'], 'running', null)
}
