import { z } from 'zod'
import { bindJob, defineJob } from '../../jobs/job-queue.ts'
import type { JobBinding, JobQueue } from '../../jobs/job-queue.ts'
import type { Retention } from './retention.service.ts'

const everyMs = 6 * 60 * 60_000

/** Removes what workspaces keep no longer. */
const carryOutJob = defineJob({
  name: 'retention.carryOut',
  payload: z.object({}),
  attemptsMax: 1,
  backoffMs: 60_000,
  duration: 'long',
})

export function retentionJobs(retention: Retention): JobBinding[] {
  return [bindJob(carryOutJob, (_payload, signal) => retention.carryOut(signal))]
}

export async function scheduleRetention(jobs: JobQueue): Promise<void> {
  await jobs.every(carryOutJob, {}, everyMs)
}
