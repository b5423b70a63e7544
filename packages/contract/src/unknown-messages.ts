import { z } from 'zod'
import { Recipient } from './campaigns.ts'
import { defineOperation } from './operation.ts'
import { idOf, instant, pageOf, pageQuery } from './shapes.ts'

/** A message of which nobody knows whether it went out: the channel does not say, and sending again could show it twice. */
export const UnknownMessage = Recipient.extend({
  campaignId: z.string(),
  campaignName: z.string(),
  senderId: z.string().nullable(),
  /** When it was handed to the channel. */
  dispatchedAt: instant.nullable(),
  /** What was sent, so that a person can look for it on the phone. */
  text: z.string(),
}).meta({ id: 'UnknownMessage' })

export type UnknownMessage = z.output<typeof UnknownMessage>

export const unknownMessageOperations = {
  list: defineOperation({
    id: 'unknownMessages.list',
    method: 'GET',
    path: '/api/v1/unknown-messages',
    summary: 'Messages of which nobody knows whether they went out, oldest first',
    access: 'workspace.read',
    query: pageQuery.extend({ campaignId: idOf('cmp').optional() }),
    response: pageOf(UnknownMessage).extend({ total: z.number().int() }),
  }),
  settle: defineOperation({
    id: 'unknownMessages.settle',
    method: 'POST',
    path: '/api/v1/unknown-messages/settle',
    summary: 'Decide what becomes of messages whose fate is unknown',
    access: 'campaigns.write',
    body: z
      .object({
        recipientIds: z.array(idOf('rcp')).min(1).max(1000).optional(),
        /** Instead of single ones: all of a campaign. */
        campaignId: idOf('cmp').optional(),
        /** `arrived`: a person saw it on the phone. `send_again`: under a new id, after the gate. `give_up`: it stays unsent. */
        decision: z.enum(['arrived', 'send_again', 'give_up']),
      })
      .refine(({ recipientIds, campaignId }) => (recipientIds === undefined) !== (campaignId === undefined), {
        message: 'name either recipients or a campaign',
        path: ['recipientIds'],
      }),
    idempotent: true,
    /** Those that a receipt had settled meanwhile are left as they are. */
    response: z.object({ settled: z.number().int(), left: z.number().int() }),
  }),
} as const
