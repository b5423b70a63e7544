import { isAppError } from '@siar/domain'
import type { JobBinding, JobQueue } from '../../jobs/job-queue.ts'
import { bindJob } from '../../jobs/job-queue.ts'
import type { ApprovalSync } from './approval-sync.ts'
import { queueLooksJob, syncAccountJob } from './approvals.jobs.ts'

const queueLooksEveryMs = 30 * 60_000

export function approvalJobs(sync: ApprovalSync): JobBinding[] {
  return [
    bindJob(queueLooksJob, () => sync.queueLooks()),
    bindJob(syncAccountJob, async ({ workspaceId, wabaId }, signal) => {
      try {
        await sync.look(workspaceId, wabaId, signal)
      } catch (error) {
        // Nobody of the account is connected: the next look will tell.
        if (!isAppError(error) || error.code !== 'sender_unreachable') throw error
      }
    }),
  ]
}

/** Puts the look at Meta on the schedule; calling it again keeps one. */
export async function scheduleApprovals(jobs: JobQueue): Promise<void> {
  await jobs.every(queueLooksJob, {}, queueLooksEveryMs)
}
