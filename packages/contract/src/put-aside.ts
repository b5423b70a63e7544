import { z } from 'zod'
import { defineOperation } from './operation.ts'
import { instant, listOf, noContent } from './shapes.ts'
import { senderParams } from './senders.ts'

const chosen = z.object({
  /** Null: all of them. */
  ids: z
    .array(z.string().regex(/^\d{1,18}$/))
    .max(500)
    .nullable(),
})

/** One thing a webhook told that Siar could not take. What it says is never shown: it may be a person's message. */
export const PutAsideItem = z
  .object({
    id: z.string(),
    /** `message`, `status`, `ack` …, in the words of the channel; null where it says none. */
    kind: z.string().nullable(),
    /** A stable code of what went wrong; null for items put aside by an older version. */
    reason: z.string().nullable(),
    receivedAt: instant,
    putAsideAt: instant,
  })
  .meta({ id: 'PutAsideItem' })
export type PutAsideItem = z.output<typeof PutAsideItem>

export const putAsideOperations = {
  list: defineOperation({
    id: 'senders.listPutAside',
    method: 'GET',
    path: '/api/v1/senders/:senderId/put-aside',
    summary: 'What webhooks told of this sender and Siar could not take, oldest first, at most 100',
    access: 'workspace.read',
    params: senderParams,
    response: listOf(PutAsideItem),
  }),
  retry: defineOperation({
    id: 'senders.retryPutAside',
    method: 'POST',
    path: '/api/v1/senders/:senderId/put-aside/retry',
    summary: 'Hand items that were put aside to the session once more',
    access: 'senders.manage',
    params: senderParams,
    body: chosen,
    status: 204,
    response: noContent,
  }),
  discard: defineOperation({
    id: 'senders.discardPutAside',
    method: 'POST',
    path: '/api/v1/senders/:senderId/put-aside/discard',
    summary: 'Forget items that were put aside, for good',
    access: 'senders.manage',
    params: senderParams,
    body: chosen,
    status: 204,
    response: noContent,
  }),
} as const
