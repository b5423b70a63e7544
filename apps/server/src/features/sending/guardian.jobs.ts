import type { WorkspaceId } from '@siar/domain'
import { z } from 'zod'
import type { Core } from '../../core.ts'
import { bindJob, defineJob } from '../../jobs/job-queue.ts'
import type { JobBinding, JobQueue } from '../../jobs/job-queue.ts'
import { attemptIdAt, listPartlyStopped } from '../campaigns/index.ts'
import type { CampaignControlService } from '../campaigns/index.ts'
import { forgetPortfolioPeople } from '../senders/index.ts'
import type { Guardian } from './guardian.service.ts'
import type { TellHalts } from './halt-mails.ts'
import { addRipe, countRipe, endOfBatch, lockRipeUpTo, writeRipeUpTo } from './ripen.repo.ts'
import type { Ripe } from './ripen.repo.ts'

/** A message that has not arrived after so long counts as missing; most arrive within seconds. */
export const arrivalMsMax = 20 * 60_000

const everyMs = 2 * 60_000
const attemptsPerTransaction = 20_000

/** Looks at messages whose time to arrive is over, and at campaigns that were stopped on some of their senders. */
export const guardJob = defineJob({
  name: 'sending.guard',
  payload: z.object({}),
  attemptsMax: 1,
  backoffMs: 1_000,
  duration: 'short',
})

export interface GuardRounds {
  readonly guardian: Guardian
  readonly control: Pick<CampaignControlService, 'haltStopped'>
  readonly tell: TellHalts
}

export function guardJobs(core: Core, rounds: GuardRounds): JobBinding[] {
  return [bindJob(guardJob, () => goRound(core, rounds))]
}

export async function scheduleGuard(jobs: JobQueue): Promise<void> {
  await jobs.every(guardJob, {}, everyMs)
}

async function goRound(core: Core, { guardian, control, tell }: GuardRounds): Promise<void> {
  for (;;) {
    const { found, isDone } = await ripen(core)
    for (const { workspaceId, senderId, runId, missing } of found) {
      if (missing > 0) guardian.look({ workspaceId: workspaceId as WorkspaceId, senderId, runId })
    }
    if (isDone) break
  }
  await core.inSystem((scope) => forgetPortfolioPeople(scope, core.now()))
  for (const { runId, workspaceId } of await core.inSystem(listPartlyStopped)) {
    const campaign = await control.haltStopped(workspaceId as WorkspaceId, runId)
    if (campaign) await tell(workspaceId as WorkspaceId, { sender: null, campaigns: [campaign] })
  }
  await guardian.idle()
}

/** Each message is looked at once, in batches, each with its place in one transaction. */
async function ripen(core: Core): Promise<{ found: readonly Ripe[]; isDone: boolean }> {
  return core.inSystem(async (scope) => {
    const now = core.now()
    const due = attemptIdAt(now, -arrivalMsMax)
    const from = await lockRipeUpTo(scope)
    if (from === null || from >= due) {
      if (from === null) await writeRipeUpTo(scope, due, now)
      return { found: [], isDone: true }
    }
    const to = await endOfBatch(scope, from, due, attemptsPerTransaction)
    const found = await countRipe(scope, from, to, new Date(now.getTime() - arrivalMsMax), now)
    if (found.length > 0) await addRipe(scope, found)
    await writeRipeUpTo(scope, to, now)
    return { found, isDone: to === due }
  })
}
