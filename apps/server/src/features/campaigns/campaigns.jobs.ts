import { z } from 'zod'
import type { JobBinding, JobQueue } from '../../jobs/job-queue.ts'
import { bindJob, defineJob } from '../../jobs/job-queue.ts'
import type { CampaignControlService } from './campaign-control.service.ts'
import type { CampaignStartService } from './campaign-start.service.ts'

const startDueEveryMs = 5_000
const moveStrandedEveryMs = 30_000

/** Looks for scheduled campaigns whose time has come. */
export const startDueJob = defineJob({
  name: 'campaigns.start-due',
  payload: z.object({}),
  attemptsMax: 1,
  backoffMs: 1_000,
  duration: 'short',
})

/** Looks for people who wait for a sender that is gone. */
export const moveStrandedJob = defineJob({
  name: 'campaigns.move-stranded',
  payload: z.object({}),
  attemptsMax: 1,
  backoffMs: 1_000,
  duration: 'short',
})

export function campaignJobs(start: CampaignStartService, control: CampaignControlService): JobBinding[] {
  return [
    bindJob(startDueJob, () => start.startDue()),
    bindJob(moveStrandedJob, async () => control.moveStranded()),
  ]
}

/** Puts the look-out for scheduled campaigns on the schedule; calling it again keeps one. */
export async function scheduleCampaignJobs(jobs: JobQueue): Promise<void> {
  await jobs.every(startDueJob, {}, startDueEveryMs)
  await jobs.every(moveStrandedJob, {}, moveStrandedEveryMs)
}
