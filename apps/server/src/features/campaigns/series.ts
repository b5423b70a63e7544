import type { WorkspaceScope } from '@siar/database'
import type { RunNote } from '@siar/domain'
import { nextOccurrenceMs, occurrencesOf } from '@siar/domain/recurrence'
import type { Series } from '@siar/domain/recurrence'
import type { Actor, Core } from '../../core.ts'
import { insertPassedRuns } from './campaign-runs.repo.ts'
import type { CampaignRow } from './campaigns.repo.ts'

/** Beyond so many occurrences at once only the first are recorded one by one; the audit line counts up to here. */
const recordedMax = 100

/** The series of a recurring campaign; null for any other. */
export function seriesOf(campaign: Pick<CampaignRow, 'schedule'>): Series | null {
  return campaign.schedule.kind === 'recurring' ? campaign.schedule : null
}

/** The first occurrence after both instants; null when none is left. */
export function nextAfter(series: Series, ...instants: readonly Date[]): Date | null {
  const nextMs = nextOccurrenceMs(series, Math.max(...instants.map((at) => at.getTime())))
  return nextMs === null ? null : new Date(nextMs)
}

/**
 * Records that occurrences were passed over: a run each that is over, with the reason, and one line in the audit log. Call it
 * with the campaign locked.
 */
export async function passOver(
  core: Core,
  scope: WorkspaceScope,
  campaignId: string,
  occurrences: readonly Date[],
  note: RunNote,
  actor: Actor,
): Promise<void> {
  const [first] = occurrences
  if (!first) return
  const runs = occurrences.map((occurrenceAt) => ({ id: core.newId('run'), occurrenceAt }))
  await insertPassedRuns(scope, campaignId, runs, note, { id: actor.id, now: core.now() })
  await core.audit(scope, {
    actor,
    action: 'campaign.pass_over',
    subjectId: campaignId,
    details: { reason: note, occurrences: occurrences.length, first: first.toISOString() },
  })
}

/** The occurrences after one instant up to and with another, at most a hundred. */
export function occurrencesBetween(series: Series, after: Date, until: Date): Date[] {
  return occurrencesOf(series, after.getTime(), recordedMax)
    .filter((atMs) => atMs <= until.getTime())
    .map((atMs) => new Date(atMs))
}
