import { z } from 'zod'
import { defineOperation } from './operation.ts'
import { Sender, senderParams } from './senders.ts'

export const senderHaltOperations = {
  release: defineOperation({
    id: 'senders.release',
    method: 'POST',
    path: '/api/v1/senders/:senderId/release',
    summary: 'Let a sender that the guardian halted send marketing again',
    access: 'senders.manage',
    params: senderParams,
    /** Before `halt.until` it takes a person who says that they have understood. */
    body: z.object({ confirmEarly: z.boolean().default(false) }),
    response: Sender,
  }),
} as const
