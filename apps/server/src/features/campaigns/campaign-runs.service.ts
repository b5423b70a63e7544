import type { BodyOf, Campaign, CampaignRun, QueryOf, campaignRunOperations } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { AppError, runNotes } from '@siar/domain'
import type { WorkspaceId } from '@siar/domain'
import { systemActor } from '../../core.ts'
import type { Actor, Core, Language } from '../../core.ts'
import { decodeCursor, toPage } from '../../list-cursor.ts'
import { cloneCampaign, listOvertaken, listRunsOf, lockCampaign } from './campaign-runs.repo.ts'
import { presentFigures } from './campaigns.present.ts'
import { updateCampaign } from './campaigns.repo.ts'
import { getPresented, getRow } from './campaigns.service.ts'
import { findFigures, noFigures } from './figures.repo.ts'
import { awaitsWinner } from './experiment-report.ts'
import { presentRun } from './find-run.ts'
import { nextAfter, occurrencesBetween, passOver, seriesOf } from './series.ts'

type CloneBody = BodyOf<typeof campaignRunOperations.clone>
type RunsQuery = QueryOf<typeof campaignRunOperations.listRuns>

const nameLengthMax = 120
const overtakenPerTick = 100

/** The runs of a campaign, and drafts made from it. */
export interface CampaignRunsService {
  /** A draft with the same message, people and settings. Without a name it is called after the original. */
  clone(
    workspaceId: WorkspaceId,
    actor: Actor,
    id: string,
    body: CloneBody,
    language: Language,
  ): Promise<Campaign>
  listRuns(
    workspaceId: WorkspaceId,
    id: string,
    query: RunsQuery,
    language: Language,
  ): Promise<{ data: CampaignRun[]; nextCursor: string | null }>
  /**
   * Passes an occurrence over that is next or overdue; when it is neither any more nothing changes.
   *
   * @throws AppError `campaign_wrong_state` unless the campaign is recurring and waits for an occurrence.
   */
  skip(workspaceId: WorkspaceId, actor: Actor, id: string, occurrenceAt: Date): Promise<Campaign>
}

export function createCampaignRunsService(core: Core): CampaignRunsService {
  return {
    clone: (workspaceId, actor, id, body, language) =>
      core.inWorkspace(workspaceId, (scope) => clone(core, scope, actor, id, body, language)),
    listRuns: (workspaceId, id, query, language) =>
      core.inWorkspace(workspaceId, (scope) => listRuns(scope, id, query, language)),
    skip: (workspaceId, actor, id, occurrenceAt) =>
      core.inWorkspace(workspaceId, (scope) => skip(core, scope, actor, id, occurrenceAt)),
  }
}

async function clone(
  core: Core,
  scope: WorkspaceScope,
  actor: Actor,
  from: string,
  body: CloneBody,
  language: Language,
): Promise<Campaign> {
  const { name } = await getRow(scope, from)
  const suffix = language === 'id' ? ' (salinan)' : ' (copy)'
  const id = core.newId('cmp')
  const copyName = body.name ?? name.slice(0, nameLengthMax - suffix.length) + suffix
  await cloneCampaign(scope, { from, id, name: copyName, createdBy: actor.id, now: core.now() })
  await core.audit(scope, { actor, action: 'campaign.clone', subjectId: id, details: { from } })
  await core.bus.publishIn(scope, { kind: 'campaign.changed', workspaceId: scope.workspaceId, id })
  return getPresented(core, scope, id)
}

async function listRuns(scope: WorkspaceScope, id: string, query: RunsQuery, language: Language) {
  await getRow(scope, id)
  const before = decodeCursor(query.cursor, ['count'])?.[0]
  const found = await listRunsOf(scope, id, before === undefined ? null : Number(before), query.limit + 1)
  const { rows, nextCursor } = toPage(found, query.limit, (row) => [String(row.number)])
  const figures = await findFigures(
    scope,
    rows.map((row) => row.id),
  )
  const data = rows.map((row): CampaignRun => {
    const counted = (figures.get(row.id) ?? noFigures).figures
    return {
      ...presentRun(row),
      occurrenceAt: row.occurrenceAt?.toISOString() ?? null,
      note: row.note && runNotes[row.note][language],
      figures: presentFigures(counted),
    }
  })
  return { data, nextCursor }
}

async function skip(
  core: Core,
  scope: WorkspaceScope,
  actor: Actor,
  id: string,
  occurrenceAt: Date,
): Promise<Campaign> {
  await lockCampaign(scope, id)
  const campaign = await getRow(scope, id)
  const series = seriesOf(campaign)
  const { status, startAt } = campaign
  if (!series || !startAt || (status !== 'scheduled' && status !== 'overdue')) {
    throw new AppError('campaign_wrong_state', { status })
  }
  if (startAt.getTime() !== occurrenceAt.getTime()) return getPresented(core, scope, id)
  const now = core.now()
  const next = nextAfter(series, startAt, now)
  await passOver(core, scope, id, [startAt], 'skipped', actor)
  await passOver(core, scope, id, occurrencesBetween(series, startAt, now), 'missed', actor)
  const changes = { startAt: next, statusReason: null, finishedAt: next ? null : now }
  await updateCampaign(scope, id, [status], { ...changes, status: next ? 'scheduled' : 'completed' }, now)
  await core.bus.publishIn(scope, { kind: 'campaign.changed', workspaceId: scope.workspaceId, id })
  return getPresented(core, scope, id)
}

/**
 * Records the occurrences that have come while the run before has not finished: they are passed over. A run that waits for the winner of
 * its test has not finished: two runs at once would write to the same people before anybody knows which message is the better one.
 */
export async function passOvertaken(core: Core): Promise<void> {
  const overtaken = await core.inSystem((scope) => listOvertaken(scope, core.now(), overtakenPerTick))
  for (const { id, workspaceId } of overtaken) {
    await core.inWorkspace(workspaceId as WorkspaceId, (scope) => passOne(core, scope, id))
  }
}

async function passOne(core: Core, scope: WorkspaceScope, id: string): Promise<void> {
  await lockCampaign(scope, id)
  const { schedule, startAt, status, currentRunId } = await getRow(scope, id)
  const now = core.now()
  const series = seriesOf({ schedule })
  const standing = ['running', 'paused', 'halted'] as const
  if (!series || !startAt || startAt > now || !standing.some((one) => one === status)) return
  const passed = [startAt, ...occurrencesBetween(series, startAt, now)]
  const isAwaiting =
    status === 'running' && currentRunId !== null && (await awaitsWinner(scope, currentRunId))
  const note = isAwaiting ? 'winner_awaited' : 'previous_running'
  await passOver(core, scope, id, passed, note, systemActor('schedule'))
  await updateCampaign(scope, id, standing, { startAt: nextAfter(series, startAt, now) }, now)
  await core.bus.publishIn(scope, { kind: 'campaign.changed', workspaceId: scope.workspaceId, id })
}
