import type { WorkspaceId } from '@siar/domain'
import { z } from 'zod'
import { bindJob, defineJob } from '../../jobs/job-queue.ts'
import type { JobBinding, JobQueue } from '../../jobs/job-queue.ts'
import type { SendSingle } from '../campaigns/index.ts'
import type { AnswerOutcome, KeywordAnswers } from '../consent/index.ts'

const everyMs = 60_000

/** Sends answers to keywords that were planned and did not leave, such as after a crash. */
export const answerJob = defineJob({
  name: 'sending.answerKeywords',
  payload: z.object({}),
  attemptsMax: 1,
  backoffMs: 1_000,
  duration: 'short',
})

export function answerJobs(
  answers: KeywordAnswers,
  answer: (workspaceId: WorkspaceId, id: string) => Promise<void>,
): JobBinding[] {
  return [
    bindJob(answerJob, async () => {
      for (const { workspaceId, id } of await answers.due()) await answer(workspaceId, id)
    }),
  ]
}

export async function scheduleAnswers(jobs: JobQueue): Promise<void> {
  await jobs.every(answerJob, {}, everyMs)
}

/** Hands one answer to the sender that got the keyword, and says whether it may be tried again. */
export async function handAnswer(
  answers: KeywordAnswers,
  sendSingle: SendSingle,
  workspaceId: WorkspaceId,
  id: string,
): Promise<void> {
  await answers.send(workspaceId, id, async (message): Promise<AnswerOutcome> => {
    const { outcome, reason } = await sendSingle({ ...message, media: null })
    if (outcome === 'accepted') return 'sent'
    if (outcome === 'unknown') return 'unknown'
    return outcome === 'not_sent' && reason !== 'suppressed' ? 'waits' : 'failed'
  })
}
