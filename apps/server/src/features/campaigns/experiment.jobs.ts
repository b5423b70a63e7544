import { z } from 'zod'
import type { JobBinding, JobQueue } from '../../jobs/job-queue.ts'
import { bindJob, defineJob } from '../../jobs/job-queue.ts'
import type { ExperimentService } from './experiment.service.ts'

const decideEveryMs = 60_000

/** Looks for experiments whose time to decide has come. */
export const decideExperimentsJob = defineJob({
  name: 'campaigns.decide-experiments',
  payload: z.object({}),
  attemptsMax: 1,
  backoffMs: 1_000,
  duration: 'long',
})

export function experimentJobs(experiments: ExperimentService): JobBinding[] {
  return [bindJob(decideExperimentsJob, () => experiments.decideDue())]
}

/** Puts the look-out on the schedule; calling it again keeps one. */
export async function scheduleExperimentJobs(jobs: JobQueue): Promise<void> {
  await jobs.every(decideExperimentsJob, {}, decideEveryMs)
}
