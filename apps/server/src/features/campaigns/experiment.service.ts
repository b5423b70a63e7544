import type { Campaign } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { AppError, hasWaitingGroup, plannedWinner } from '@siar/domain'
import type { WorkspaceId } from '@siar/domain'
import { systemActor } from '../../core.ts'
import type { Actor, Core } from '../../core.ts'
import { getPresented, getRow } from './campaigns.service.ts'
import { countRunVariants, toVariantCounts } from './experiment-report.ts'
import {
  listDueExperiments,
  lockExperimentRun,
  markLooked,
  releaseWaiting,
  setWinner,
} from './experiment.repo.ts'
import type { ExperimentRun } from './experiment.repo.ts'
import { allowLongStatements } from './start-facts.repo.ts'

const duePerTick = 100

/** Ending the comparison of variants: whoever waits for the winner gets it. */
export interface ExperimentService {
  /**
   * Sends a variant to everybody who waits, at once. Choosing the same one twice chooses it once; of two people who choose
   * at once one wins, and the other is told.
   *
   * @throws AppError `not_found`, `campaign_wrong_state` when nobody waits or another variant was chosen,
   *         `validation_failed` for a key the experiment does not have.
   */
  chooseWinner(workspaceId: WorkspaceId, actor: Actor, id: string, variant: string): Promise<Campaign>
  /**
   * Looks once at every running experiment whose time to decide has come. A sure winner goes to those who wait; without one
   * they go on waiting for a person. A paused or halted run is looked at once it goes on.
   */
  decideDue(): Promise<void>
}

export function createExperimentService(core: Core): ExperimentService {
  return {
    chooseWinner: (workspaceId, actor, id, variant) =>
      core.inWorkspace(workspaceId, async (scope) => {
        await allowLongStatements(scope)
        const { status, currentRunId } = await getRow(scope, id)
        const run = currentRunId ? await lockExperimentRun(scope, currentRunId) : null
        if (!run || !hasWaitingGroup(run.experiment)) throw new AppError('campaign_wrong_state', { status })
        requireKey(run, variant)
        if (run.winner !== variant) await decide(core, scope, run, variant, actor)
        return getPresented(core, scope, id)
      }),
    decideDue: async () => {
      const due = await core.inSystem((scope) => listDueExperiments(scope, core.now(), duePerTick))
      for (const { id, workspaceId } of due) {
        await core
          .inWorkspace(workspaceId as WorkspaceId, (scope) => lookOnce(core, scope, id))
          .catch((error: unknown) => {
            core.logger.error(
              { err: error, runId: id },
              'the winner of an experiment could not be looked for',
            )
          })
      }
    },
  }
}

function requireKey({ experiment }: ExperimentRun, variant: string): void {
  if (experiment.variants.some(({ key }) => key === variant)) return
  const problem = { path: 'variant', message: 'this campaign has no such variant', code: 'unknown_variant' }
  throw new AppError('validation_failed', { problems: [problem] })
}

async function lookOnce(core: Core, scope: WorkspaceScope, runId: string): Promise<void> {
  await allowLongStatements(scope)
  const run = await lockExperimentRun(scope, runId)
  if (run?.status !== 'running' || run.winner !== null || run.experiment.lookedAt !== null) return
  const now = core.now()
  const winner = plannedWinner(toVariantCounts(await countRunVariants(scope, run, now)))
  await markLooked(scope, runId, now)
  if (winner !== null) return decide(core, scope, run, winner, systemActor('experiment'))
  await tellChanged(core, scope, run)
}

/** Writes the decision and lets go whoever waits, in the open transaction. */
async function decide(
  core: Core,
  scope: WorkspaceScope,
  run: ExperimentRun,
  variant: string,
  actor: Actor,
): Promise<void> {
  const now = core.now()
  const decidedBy = actor.kind === 'system' ? 'automatic' : actor.id
  if (!(await setWinner(scope, run.id, variant, decidedBy, now))) {
    throw new AppError('campaign_wrong_state', { status: run.status, winner: run.winner })
  }
  const people = await releaseWaiting(scope, run.id, variant, now)
  const details = { variant, people }
  await core.audit(scope, { actor, action: 'campaign.choose_winner', subjectId: run.campaignId, details })
  await tellChanged(core, scope, run)
}

async function tellChanged(core: Core, scope: WorkspaceScope, run: ExperimentRun): Promise<void> {
  const { workspaceId } = scope
  await core.bus.publishIn(scope, { kind: 'campaign.changed', workspaceId, id: run.campaignId })
}
