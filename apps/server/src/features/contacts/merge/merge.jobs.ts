import { isId } from '@siar/domain'
import type { ContactMergeId, WorkspaceId } from '@siar/domain'
import { z } from 'zod'
import type { Core } from '../../../core.ts'
import { bindJob, defineJob } from '../../../jobs/job-queue.ts'
import type { JobBinding, JobQueue } from '../../../jobs/job-queue.ts'
import { forgetMerges } from './forget.repo.ts'

const everyMs = 60 * 60_000
/** A message on its way has arrived by the first, the freezing of a large audience has ended by the second. */
const settleAfterMs = [30_000, 15 * 60_000]

/** Moves what was written under the old id while two contacts were merged. */
const settleJob = defineJob({
  name: 'contacts.settleMerge',
  payload: z.object({
    workspaceId: z.custom<WorkspaceId>((value) => isId('ws', value)),
    mergeId: z.custom<ContactMergeId>((value) => isId('mrg', value)),
  }),
  attemptsMax: 5,
  backoffMs: 30_000,
  duration: 'short',
})

/** Lets go of what undoing would need, once its time is over: it holds the values of people. */
const forgetJob = defineJob({
  name: 'contacts.forgetMerges',
  payload: z.object({}),
  attemptsMax: 1,
  backoffMs: 60_000,
  duration: 'short',
})

interface Merges {
  settle(workspaceId: WorkspaceId, id: ContactMergeId): Promise<void>
}

export function mergeJobs(core: Core, merges: Merges): JobBinding[] {
  return [
    bindJob(settleJob, ({ workspaceId, mergeId }) => merges.settle(workspaceId, mergeId)),
    bindJob(forgetJob, async () => core.inSystem((scope) => forgetMerges(scope, core.now()))),
  ]
}

/** Call it after the merge has committed. */
export async function settleLater(
  jobs: JobQueue,
  workspaceId: WorkspaceId,
  mergeId: ContactMergeId,
): Promise<void> {
  for (const [turn, delayMs] of settleAfterMs.entries()) {
    await jobs.add(settleJob, { workspaceId, mergeId }, { id: `${mergeId}-${turn}`, delayMs })
  }
}

export async function scheduleMergeJobs(jobs: JobQueue): Promise<void> {
  await jobs.every(forgetJob, {}, everyMs)
}
