import { z } from 'zod'
import { bindJob, defineJob } from '../../jobs/job-queue.ts'
import type { JobBinding, JobQueue } from '../../jobs/job-queue.ts'
import type { ProxyChecker } from './proxy-checker.ts'

const everyMs = 60_000

/** Tests proxies that are due and moves senders whose proxy is lost. */
export const checkProxiesJob = defineJob({
  name: 'egress.check',
  payload: z.object({}),
  attemptsMax: 1,
  backoffMs: 1_000,
  duration: 'long',
})

export function egressJobs(checker: ProxyChecker): JobBinding[] {
  return [bindJob(checkProxiesJob, () => checker.goRound())]
}

export async function scheduleEgressJobs(jobs: JobQueue): Promise<void> {
  await jobs.every(checkProxiesJob, {}, everyMs)
}
