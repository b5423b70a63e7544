import type { Campaign } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { AppError, isAppError, isOverdue } from '@siar/domain'
import type { CampaignStatus, WorkspaceId } from '@siar/domain'
import { systemActor } from '../../core.ts'
import type { Actor, Core } from '../../core.ts'
import { trackLinks } from '../links/index.ts'
import { completeEmptyRun, finishCampaign, lockCampaign } from './campaign-runs.repo.ts'
import { passOvertaken } from './campaign-runs.service.ts'
import { listDueCampaigns, updateCampaign } from './campaigns.repo.ts'
import type { CampaignRow } from './campaigns.repo.ts'
import { getPresented, getRow } from './campaigns.service.ts'
import { trackableUrls } from './content-links.ts'
import { loadMessages } from './experiment-messages.ts'
import type { RunExperiment } from './experiment-run.ts'
import { freezeRun } from './freeze-run.ts'
import type { FrozenCount } from './freeze.repo.ts'
import { planStart } from './plan-start.ts'
import { dayOf, readRules, requireSegments } from './prepare-run.ts'
import { requireRoads, routedSenders, servingSenders } from './run-routing.ts'
import { insertRun } from './runs.repo.ts'
import { nextAfter, occurrencesBetween, passOver, seriesOf } from './series.ts'
import { allowLongStatements, findWorkspaceFacts, listCampaignSenders } from './start-facts.repo.ts'
import type { SenderFacts } from './start-facts.repo.ts'

const duePerTick = 100

/** Starting campaigns: at once, at their time, and asking when their time was missed. */
export interface CampaignStartService {
  /**
   * Starts a campaign now, or puts it on the schedule when it has one. Calling it twice starts it once. One that is overdue
   * starts now, for the time it missed, unless its time is still to come: then it is on the schedule again.
   *
   * @throws AppError `campaign_wrong_state`, `schedule_in_past`, `campaign_no_message`, `template_invalid`,
   *         `unknown_variable`, `variant_no_message`, `experiment_too_small`, `campaign_no_sender`,
   *         `campaign_weights_zero`, `sender_caps_zero`, `quota_used_up`, `campaign_budget_spent`,
   *         `campaign_no_recipients`, `campaign_segment_unusable`, `workspace_suspended`.
   */
  start(workspaceId: WorkspaceId, actor: Actor, id: string): Promise<Campaign>
  /** Takes a scheduled campaign back to draft. */
  unschedule(workspaceId: WorkspaceId, actor: Actor, id: string): Promise<Campaign>
  /**
   * Starts every scheduled campaign whose time has come; one missed by more than an hour asks a person instead. An occurrence that has
   * come while the run before it goes on is passed over.
   */
  startDue(): Promise<void>
}

export function createCampaignStartService(core: Core): CampaignStartService {
  return {
    start: (workspaceId, actor, id) =>
      core.inWorkspace(workspaceId, (scope) => startByPerson(core, scope, actor, id)),
    unschedule: (workspaceId, actor, id) =>
      core.inWorkspace(workspaceId, async (scope) => {
        await getRow(scope, id)
        const changes = { status: 'draft' as const, startAt: null, statusReason: null }
        const moved = await updateCampaign(scope, id, ['scheduled'], changes, core.now())
        if (!moved) throw new AppError('campaign_wrong_state')
        await tell(core, scope, actor, 'campaign.unschedule', id)
        return getPresented(core, scope, id)
      }),
    startDue: async () => {
      await passOvertaken(core)
      await startDue(core)
    },
  }
}

async function tell(
  core: Core,
  scope: WorkspaceScope,
  actor: Actor,
  action: string,
  id: string,
  details: Readonly<Record<string, unknown>> = {},
) {
  await core.audit(scope, { actor, action, subjectId: id, details })
  await core.bus.publishIn(scope, { kind: 'campaign.changed', workspaceId: scope.workspaceId, id })
}

async function startByPerson(core: Core, scope: WorkspaceScope, actor: Actor, id: string): Promise<Campaign> {
  await allowLongStatements(scope)
  await lockCampaign(scope, id)
  const campaign = await getRow(scope, id)
  if (campaign.status === 'running' || campaign.status === 'scheduled') return getPresented(core, scope, id)
  const startAt = await startAtOf(scope, campaign, core.now())
  if (startAt) await putOnSchedule(core, scope, actor, campaign, startAt)
  else await startRun(core, scope, actor, campaign, ['draft', 'overdue'])
  return getPresented(core, scope, id)
}

/** Null: at once. */
async function startAtOf(scope: WorkspaceScope, campaign: CampaignRow, now: Date): Promise<Date | null> {
  const { status, startAt } = campaign
  if (status === 'draft') return planStart(scope, campaign, now)
  return status === 'overdue' && startAt && startAt > now ? startAt : null
}

async function putOnSchedule(
  core: Core,
  scope: WorkspaceScope,
  actor: Actor,
  campaign: CampaignRow,
  startAt: Date,
): Promise<void> {
  const workspace = await findWorkspaceFacts(scope)
  await loadMessages(scope, campaign, workspace, core.now())
  requireSegments(await readRules(scope, campaign, workspace, core.now()))
  const senders = await findSenders(scope, campaign, dayOf(workspace.timeZone, core.now()))
  requireRoads(campaign, routedSenders(campaign, senders, workspace, core.now()))
  const changes = { status: 'scheduled' as const, startAt, statusReason: null }
  const moved = await updateCampaign(scope, campaign.id, ['draft', 'overdue'], changes, core.now())
  if (moved) await tell(core, scope, actor, 'campaign.schedule', campaign.id)
}

const startedStatuses: readonly CampaignStatus[] = ['scheduled', 'running']

/**
 * Freezes the audience and starts the run in the open transaction. Call it with the campaign locked: a second call waits for that
 * and then finds nothing to start. Of a recurring campaign it is the run for the occurrence that is due; those that have passed since
 * are recorded as missed, and the next one that is to come is planned. An occurrence with nobody to send to is a run too.
 */
async function startRun(
  core: Core,
  scope: WorkspaceScope,
  actor: Actor,
  campaign: CampaignRow,
  from: readonly CampaignStatus[],
): Promise<void> {
  const now = core.now()
  const runId = core.newId('run')
  const series = seriesOf(campaign)
  const occurrenceAt = series ? (campaign.startAt ?? now) : null
  const changes = {
    status: 'running' as const,
    currentRunId: runId,
    startedAt: now,
    statusReason: null,
    ...(series && occurrenceAt ? { startAt: nextAfter(series, occurrenceAt, now), finishedAt: null } : {}),
  }
  if (!(await updateCampaign(scope, campaign.id, from, changes, now))) {
    const { status } = await getRow(scope, campaign.id)
    if (startedStatuses.includes(status)) return
    throw new AppError('campaign_wrong_state', { status })
  }
  const workspace = await findWorkspaceFacts(scope)
  if (workspace.status === 'suspended') throw new AppError('workspace_suspended')
  const messages = await loadMessages(scope, campaign, workspace, now)
  const { content, experiment } = messages
  const senders = await findSenders(scope, campaign, dayOf(workspace.timeZone, now))
  await insertRun(scope, {
    id: runId,
    campaignId: campaign.id,
    purpose: campaign.purpose,
    content,
    pacing: campaign.pacing,
    experiment,
    trackLinks: campaign.trackLinks,
    seed: runId,
    occurrenceAt,
    createdBy: actor.id,
    startedAt: now,
  })
  if (campaign.trackLinks) await trackLinks(core, scope, runId, trackableUrls({ content, experiment }))
  const counts = await freezeRun(scope, { runId, campaign, workspace, messages, senders, now })
  if (series && occurrenceAt) {
    await passOver(core, scope, campaign.id, occurrencesBetween(series, occurrenceAt, now), 'missed', actor)
  }
  if (series && !hasPeople(counts)) await endEmpty(scope, campaign.id, runId, now)
  else {
    requireGroups(experiment, counts)
    requirePeople(counts)
  }
  await tell(core, scope, actor, 'campaign.start', campaign.id)
}

const hasPeople = (counts: readonly FrozenCount[]): boolean =>
  counts.some(({ status }) => status === 'queued')

/** The run stays, with the reasons of those who were left out, and the series goes on. */
async function endEmpty(scope: WorkspaceScope, campaignId: string, runId: string, now: Date): Promise<void> {
  await completeEmptyRun(scope, runId, 'nobody', now)
  await finishCampaign(scope, campaignId, now)
}

/** @throws AppError `campaign_budget_spent` when it is for its budget alone that nobody is left, else `campaign_no_recipients`. */
function requirePeople(counts: readonly FrozenCount[]): void {
  if (hasPeople(counts)) return
  const isForMoney = counts.some(({ reason }) => reason === 'budget')
  throw new AppError(isForMoney ? 'campaign_budget_spent' : 'campaign_no_recipients')
}

/** A test that nobody takes part in, or whose only people are all held out, would wait for ever. */
function requireGroups(experiment: RunExperiment | null, counts: readonly FrozenCount[]): void {
  if (!experiment) return
  const chosen = counts.filter(({ status, reason }) => status === 'queued' || reason === 'holdout')
  const served = chosen.filter(({ status }) => status === 'queued')
  if (served.length === 0 && counts.some(({ reason }) => reason === 'budget')) return
  const tested = experiment.variants.length === 0 ? served : served.filter(({ variant }) => variant !== null)
  if (chosen.length > 0 && tested.length === 0) throw new AppError('experiment_too_small')
}

async function findSenders(
  scope: WorkspaceScope,
  campaign: CampaignRow,
  day: string,
): Promise<SenderFacts[]> {
  const senders = await listCampaignSenders(scope, campaign.senderIds, day)
  const serving = servingSenders(senders)
  if (serving.length === 0) throw new AppError('campaign_no_sender')
  return serving
}

async function startDue(core: Core): Promise<void> {
  const now = core.now()
  const due = await core.inSystem((scope) => listDueCampaigns(scope, now, duePerTick))
  for (const { id, workspace_id, start_at } of due) {
    const overdue = isOverdue(start_at.getTime(), now.getTime())
    await (overdue
      ? askLater(core, workspace_id as WorkspaceId, id, { reason: 'missed' })
      : startScheduled(core, workspace_id as WorkspaceId, id))
  }
}

async function startScheduled(core: Core, workspaceId: WorkspaceId, id: string): Promise<void> {
  try {
    await core.inWorkspace(workspaceId, async (scope) => {
      await allowLongStatements(scope)
      await lockCampaign(scope, id)
      const campaign = await getRow(scope, id)
      const isDue = campaign.startAt !== null && campaign.startAt <= core.now()
      if (isDue) await startRun(core, scope, systemActor('schedule'), campaign, ['scheduled'])
    })
  } catch (error) {
    if (!isAppError(error)) throw error
    core.logger.warn({ campaignId: id, code: error.code }, 'a scheduled campaign could not start')
    const { variant } = error.details
    await askLater(core, workspaceId, id, { reason: error.code, ...(variant ? { variant } : {}) })
  }
}

/** Leaves the decision to a person: the campaign is overdue, with the code of what stood in the way. */
async function askLater(
  core: Core,
  workspaceId: WorkspaceId,
  id: string,
  why: { readonly reason: string; readonly variant?: unknown },
): Promise<void> {
  await core.inWorkspace(workspaceId, async (scope) => {
    const changes = { status: 'overdue' as const, statusReason: why.reason }
    const moved = await updateCampaign(scope, id, ['scheduled'], changes, core.now())
    if (moved) await tell(core, scope, systemActor('schedule'), 'campaign.overdue', id, why)
  })
}
