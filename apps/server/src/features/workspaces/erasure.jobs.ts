import { z } from 'zod'
import { defineJob } from '../../jobs/job-queue.ts'

/** Erases every workspace that was removed. Without ids: it finds them itself, also after a crash. */
export const eraseRemoved = defineJob({
  name: 'workspaces.eraseRemoved',
  payload: z.object({}),
  attemptsMax: 3,
  backoffMs: 60_000,
  duration: 'long',
})
