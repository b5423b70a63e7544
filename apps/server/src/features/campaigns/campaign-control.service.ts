import type { Campaign } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { AppError } from '@siar/domain'
import type { CampaignStatus, HaltReason, RunStatus, WorkspaceId } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import { finishCampaign, lockCampaign } from './campaign-runs.repo.ts'
import { updateCampaign } from './campaigns.repo.ts'
import { getPresented, getRow } from './campaigns.service.ts'
import { applyFigures, FigureDeltas, holdCompletion, listDrainedRuns } from './figures.repo.ts'
import { forgetHalt, haltIfStopped, haltRun, stopRunOnSender } from './halt-run.ts'
import type { HaltCause, HaltedCampaign } from './halt-run.ts'
import { moveCapped } from './move-capped.ts'
import { moveFromSender } from './move-waiting.ts'
import { findGuardedRun, findRunHalts } from './run-harm.repo.ts'
import { reopenRun } from './reopen-run.ts'
import {
  cancelRecipients,
  listStrandedSenders,
  listCampaignsOnSender,
  requeueRefused,
  retryable,
  updateRun,
} from './runs.repo.ts'

const strandedAfterMs = 60_000

/** Steering runs that have started: by people, and by what happens to their senders. */
export interface CampaignControlService {
  pause(workspaceId: WorkspaceId, actor: Actor, id: string): Promise<Campaign>
  /**
   * Lets a paused or halted campaign go on. A halt may ask to wait until an instant; before it, only when `confirmEarly` is set.
   *
   * @throws AppError `campaign_wrong_state`, `halt_not_over` with `until` before that instant without `confirmEarly`.
   */
  resume(
    workspaceId: WorkspaceId,
    actor: Actor,
    id: string,
    options?: { readonly confirmEarly: boolean },
  ): Promise<Campaign>
  /** People not yet reached are cancelled; what is in flight is finished and counted. */
  cancel(workspaceId: WorkspaceId, actor: Actor, id: string): Promise<Campaign>
  /** Queues everybody whose message was refused again; a campaign whose run is over runs again. */
  retryFailed(workspaceId: WorkspaceId, actor: Actor, id: string): Promise<Campaign>
  /** Halts a running campaign until a person decides. @returns null when it does not run: then nothing changed. */
  halt(
    workspaceId: WorkspaceId,
    id: string,
    reason: HaltReason,
    cause?: HaltCause,
  ): Promise<HaltedCampaign | null>
  /** Halts every campaign that uses a sender: after a ban nothing moves by itself. @returns those that ran. */
  haltSender(
    workspaceId: WorkspaceId,
    sender: { readonly id: string; readonly name: string },
    reason: HaltReason,
  ): Promise<HaltedCampaign[]>
  /** Stops a campaign on one sender; it goes on with its others. @returns the halt when there is none it could go on with. */
  stopOnSender(
    workspaceId: WorkspaceId,
    id: string,
    sender: { readonly id: string; readonly name: string },
  ): Promise<HaltedCampaign | null>
  /** Halts a run that was stopped on some senders once nobody waits for the others. */
  haltStopped(workspaceId: WorkspaceId, runId: string): Promise<HaltedCampaign | null>
  /** Lets people who wait for a sender that is gone move to healthy senders of their campaign, unless they talk with it. */
  moveFromSender(workspaceId: WorkspaceId, senderId: string): Promise<void>
  /**
   * Does so for every sender that has been gone for a minute, and where one has sent all it may today, for as many as others can send
   * today. After a ban nothing moves by itself.
   */
  moveStranded(): Promise<void>
}

export function createCampaignControlService(core: Core): CampaignControlService {
  const act = (workspaceId: WorkspaceId, actor: Actor, id: string, action: string, run: Change) =>
    retryable(() =>
      core.inWorkspace(workspaceId, async (scope) => {
        const { status, currentRunId } = await getRow(scope, id)
        await run(scope, { id, status, runId: currentRunId ?? '' })
        await core.audit(scope, { actor, action, subjectId: id })
        await core.bus.publishIn(scope, { kind: 'campaign.changed', workspaceId, id })
        return getPresented(core, scope, id)
      }),
    )
  return {
    pause: (workspaceId, actor, id) =>
      act(workspaceId, actor, id, 'campaign.pause', (scope, target) =>
        move(core, scope, target, ['running'], 'paused', null),
      ),
    resume: (workspaceId, actor, id, { confirmEarly } = { confirmEarly: false }) =>
      act(workspaceId, actor, id, 'campaign.resume', async (scope, target) => {
        await move(core, scope, target, ['paused', 'halted'], 'running', null)
        const halts = await findRunHalts(scope, [target.runId])
        if (!confirmEarly) requireRested(core, halts.get(target.runId)?.until ?? null)
        if (target.status === 'halted' || halts.size > 0) await forgetHalt(core, scope, target.runId)
        await completeRuns(core, scope, [target.runId])
      }),
    cancel: (workspaceId, actor, id) =>
      act(workspaceId, actor, id, 'campaign.cancel', (scope, target) => cancel(core, scope, target)),
    retryFailed: (workspaceId, actor, id) =>
      act(workspaceId, actor, id, 'campaign.retry_failed', (scope, target) => retry(core, scope, target)),
    halt: (workspaceId, id, reason, cause) =>
      core.inWorkspace(workspaceId, (scope) => haltRun(core, scope, id, reason, cause)),
    haltSender: (workspaceId, sender, reason) =>
      core.inWorkspace(workspaceId, async (scope) => {
        const halted: (HaltedCampaign | null)[] = []
        for (const { id } of await listCampaignsOnSender(scope, sender.id, ['running'])) {
          halted.push(await haltRun(core, scope, id, reason, { sender }))
        }
        return halted.filter((campaign) => campaign !== null)
      }),
    stopOnSender: (workspaceId, id, sender) =>
      core.inWorkspace(workspaceId, (scope) => stopRunOnSender(core, scope, id, sender)),
    haltStopped: (workspaceId, runId) =>
      core.inWorkspace(workspaceId, async (scope) => {
        const run = await findGuardedRun(scope, runId)
        return run?.status === 'running' ? haltIfStopped(core, scope, run) : null
      }),
    moveFromSender: (workspaceId, senderId) =>
      core.inWorkspace(workspaceId, (scope) => moveFromSender(core, scope, senderId)),
    moveStranded: async () => {
      const goneBefore = new Date(core.now().getTime() - strandedAfterMs)
      const stranded = await core.inSystem((scope) => listStrandedSenders(scope, goneBefore))
      for (const { id, workspace_id } of stranded) {
        await core.inWorkspace(workspace_id as WorkspaceId, (scope) => moveFromSender(core, scope, id))
      }
      await moveCapped(core)
    },
  }
}

/** @throws AppError `halt_not_over` before the instant until which a halt asks to wait. */
function requireRested(core: Core, until: string | null): void {
  if (until === null || core.now().getTime() >= Date.parse(until)) return
  throw new AppError('halt_not_over', { until })
}

interface Target {
  readonly id: string
  readonly runId: string
  readonly status: CampaignStatus
}
type Change = (scope: WorkspaceScope, target: Target) => Promise<void>

/** Campaign and run move together; somebody who was faster makes it `campaign_wrong_state`. */
async function move(
  core: Core,
  scope: WorkspaceScope,
  target: Target,
  from: readonly ('running' | 'paused' | 'halted' | 'completed')[],
  to: RunStatus,
  reason: string | null,
): Promise<void> {
  const now = core.now()
  const finishedAt = to === 'completed' || to === 'cancelled' ? now : null
  const changes = { status: to, statusReason: reason, finishedAt }
  const moved = await updateCampaign(scope, target.id, from, changes, now)
  if (!moved) throw new AppError('campaign_wrong_state', { status: target.status })
  await updateRun(scope, target.runId, from, to, finishedAt)
}

async function cancel(core: Core, scope: WorkspaceScope, target: Target): Promise<void> {
  const open: readonly CampaignStatus[] = ['draft', 'scheduled', 'overdue', 'running', 'paused', 'halted']
  const now = core.now()
  const changes = { status: 'cancelled' as const, statusReason: null, finishedAt: now, startAt: null }
  const moved = await updateCampaign(scope, target.id, open, changes, now)
  if (!moved) throw new AppError('campaign_wrong_state', { status: target.status })
  if (target.runId === '') return
  await updateRun(scope, target.runId, ['running', 'paused', 'halted'], 'cancelled', now)
  const deltas = new FigureDeltas()
  for (const { from, to, count } of await cancelRecipients(scope, target.runId, now)) {
    deltas.move(target.runId, from, to, null, count)
  }
  await applyFigures(scope, deltas)
}

const overStatuses: readonly CampaignStatus[] = ['completed', 'scheduled']
const retryStatuses: readonly CampaignStatus[] = ['running', 'paused', ...overStatuses]

/**
 * Queues the refused again. Its run may end at the same time: whoever is second sees what the first has done, so the run of somebody
 * who is queued never stays over.
 */
async function retry(core: Core, scope: WorkspaceScope, target: Target): Promise<void> {
  requireRetryable(target, target)
  const deltas = new FigureDeltas()
  let requeued = 0
  for (const { reason, count } of await requeueRefused(scope, target.runId, core.now())) {
    requeued += count
    deltas.move(target.runId, 'refused', 'queued', null, count)
    if (reason !== null) deltas.add(target.runId, `refused:${reason}`, -count)
  }
  if (requeued === 0) throw new AppError('campaign_no_recipients')
  await holdCompletion(scope, [target.runId])
  await applyFigures(scope, deltas)
  await lockCampaign(scope, target.id)
  const { status, currentRunId } = await getRow(scope, target.id)
  requireRetryable(target, { status, runId: currentRunId })
  if (overStatuses.includes(status)) await reopenRun(core, scope, target.id, target.runId)
}

function requireRetryable(
  { runId }: Target,
  present: { readonly status: CampaignStatus; readonly runId: string | null },
): void {
  if (retryStatuses.includes(present.status) && present.runId === runId) return
  throw new AppError('campaign_wrong_state', { status: present.status })
}

/**
 * Completes those of the runs in which nobody is queued or on the way any more. Called by lanes in the transaction of an
 * outcome that may have been the last, after the figures were written; does nothing for the others.
 */
export async function completeRuns(
  core: Core,
  scope: WorkspaceScope,
  runIds: readonly string[],
): Promise<void> {
  if (runIds.length === 0) return
  for (const { runId, campaignId } of await listDrainedRuns(scope, runIds)) {
    const now = core.now()
    if (!(await updateRun(scope, runId, ['running'], 'completed', now))) continue
    await finishCampaign(scope, campaignId, now)
    await core.bus.publishIn(scope, {
      kind: 'campaign.changed',
      workspaceId: scope.workspaceId,
      id: campaignId,
    })
  }
}
