import { z } from 'zod'

const maybeText = z.string().max(200).nullable().catch(null)

/** One message as all engines tell it, cut down to what is used: the engine's own data may be large. */
export const MessageItem = z.object({
  kind: z.literal('message'),
  id: z.string(),
  fromMe: z.boolean(),
  /** Who sent it: through the API or on the phone. Newer versions only. */
  source: z.enum(['api', 'app']).nullable(),
  from: z.string(),
  to: z.string().nullable(),
  /** Other ids of the person that came along. */
  aliases: z.array(z.string()),
  name: maybeText,
  text: z.string(),
  media: z.object({ mimeType: z.string(), fileName: maybeText, path: z.string().nullable() }).nullable(),
  inReplyTo: z.string().nullable(),
  ack: z.number().nullable(),
  atMs: z.number(),
})
export type MessageItem = z.infer<typeof MessageItem>

export const AckItem = z.object({
  kind: z.literal('ack'),
  id: z.string(),
  ack: z.number(),
  /** What WhatsApp answered, where the engine tells. */
  code: z.number().nullable(),
  atMs: z.number(),
})
export type AckItem = z.infer<typeof AckItem>

/** Something about the connection changed; what it is now is asked, never believed. */
export const StatusItem = z.object({ kind: z.literal('status'), atMs: z.number() })

export const connectionCauses = ['logged_out', 'banned', 'replaced'] as const
export type ConnectionCause = (typeof connectionCauses)[number]

/** Why the engine's connection closed, where it says. */
export const CauseItem = z.object({
  kind: z.literal('cause'),
  cause: z.enum(connectionCauses),
  atMs: z.number(),
})

/** What `ChannelWebhook.split` cuts out and `Session.takeWebhooks` is given. Plain JSON. */
export const WahaItem = z.discriminatedUnion('kind', [MessageItem, AckItem, StatusItem, CauseItem])
export type WahaItem = z.infer<typeof WahaItem>
