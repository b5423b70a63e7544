import type { WorkspaceScope } from '@siar/database'
import { AppError } from '@siar/domain'
import { occurrencesOf } from '@siar/domain/recurrence'
import { listOccurrencesAfter } from './campaign-runs.repo.ts'
import { startOf } from './campaign-schedule.ts'
import type { CampaignRow } from './campaigns.repo.ts'
import { seriesOf } from './series.ts'

const searchedMax = 100

/**
 * When a campaign starts that is put on its schedule now; null means at once. An occurrence that was passed over, or has had its
 * run, does not come again.
 *
 * @throws AppError `schedule_in_past` when no start is left.
 */
export async function planStart(
  scope: WorkspaceScope,
  campaign: Pick<CampaignRow, 'id' | 'schedule'>,
  now: Date,
): Promise<Date | null> {
  const series = seriesOf(campaign)
  if (!series) return startOf(campaign.schedule, now)
  const taken = new Set((await listOccurrencesAfter(scope, campaign.id, now)).map((at) => at.getTime()))
  const next = occurrencesOf(series, now.getTime(), searchedMax).find((atMs) => !taken.has(atMs))
  if (next === undefined) throw new AppError('schedule_in_past')
  return new Date(next)
}
