import { isId } from '@siar/domain'
import type { WorkspaceId } from '@siar/domain'
import { z } from 'zod'
import { defineJob } from '../../jobs/job-queue.ts'

/** Asks Meta how far everything is that was submitted to one account. */
export const syncAccountJob = defineJob({
  name: 'templates.sync-approvals',
  payload: z.object({
    workspaceId: z.custom<WorkspaceId>((value) => isId('ws', value)),
    wabaId: z.string(),
  }),
  attemptsMax: 3,
  backoffMs: 60_000,
  duration: 'short',
})

/** Looks which accounts are to be asked. */
export const queueLooksJob = defineJob({
  name: 'templates.queue-approval-looks',
  payload: z.object({}),
  attemptsMax: 1,
  backoffMs: 1_000,
  duration: 'short',
})

/** One job for one account, however often it is asked for. */
export function syncAccountId(workspaceId: WorkspaceId, wabaId: string): string {
  return `approvals-${workspaceId}-${wabaId}`
}
