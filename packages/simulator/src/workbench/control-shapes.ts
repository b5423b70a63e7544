import { refusalActions, refusalReasonCodes } from '@siar/domain'
import { z } from 'zod'
import type { controlMethods } from '../http-protocol.ts'

const SenderId = z.string().min(1).max(200)
/** E.164, or a WhatsApp id of a person without a number. */
const Address = z
  .string()
  .regex(/^(\+\d{7,15}|[\w.:-]{1,100}@(lid|c\.us|s\.whatsapp\.net)|[A-Z]{2}\.\w{1,100})$/)
const Text = z.string().max(65_536)
const Reason = z.string().max(500)
const waitMs = z
  .number()
  .min(0)
  .max(7 * 24 * 3_600_000)

const SendEndShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accepted') }),
  z.object({
    kind: z.literal('refused'),
    reason: z.enum(refusalReasonCodes),
    action: z.enum(refusalActions).optional(),
    retryAfterMs: waitMs.optional(),
  }),
  z.object({ kind: z.literal('refused_late'), reason: z.enum(refusalReasonCodes) }),
  z.object({ kind: z.literal('not_sent'), retryAfterMs: waitMs.optional() }),
  z.object({ kind: z.literal('unknown'), shown: z.boolean() }),
  z.object({ kind: z.literal('hangs'), shown: z.boolean() }),
])

export const RuleShape = z.object({
  senderId: SenderId.optional(),
  to: Address.optional(),
  count: z.number().int().min(1).max(1_000_000).optional(),
  end: SendEndShape,
})

export const TraitsShape = z.object({
  onWhatsApp: z.boolean().optional(),
  habit: z.enum(['replies', 'opts_out', 'blocks', 'none']).optional(),
  reading: z.enum(['soon', 'late', 'never']).optional(),
  deliveryMs: waitMs.optional(),
  readMs: waitMs.optional(),
  actMs: waitMs.optional(),
})

const IncomingShape = z.object({
  fromName: z.string().max(200).optional(),
  inReplyTo: z.string().max(500).optional(),
  media: z
    .object({
      kind: z.string().max(50),
      mimeType: z.string().max(200),
      fileName: z.string().max(200).nullable(),
      dataBase64: z.base64().optional(),
    })
    .optional(),
  button: z.object({ id: z.string().max(500), title: z.string().max(200) }).optional(),
  referral: z
    .object({
      kind: z.enum(['ad', 'post']),
      sourceId: z.string().max(200).nullable(),
      clickId: z.string().max(500).nullable(),
    })
    .optional(),
  aliases: z.array(Address).max(20).optional(),
})

const PersonShape = z.object({
  phone: z.string().max(20).nullable(),
  aliases: z.array(z.string().max(100)).max(20),
  name: z.string().max(200).nullable(),
})
const AcquaintancesShape = z.object({
  groups: z
    .array(
      z.object({
        id: z.string().max(100),
        name: z.string().max(200),
        members: z.array(PersonShape).max(2_000),
      }),
    )
    .max(2_000)
    .optional(),
  addressBook: z.array(PersonShape).max(50_000).optional(),
})

const FrameQueryShape = z.object({
  senderId: z.string().max(200).optional(),
  messageId: z.string().max(500).optional(),
  limit: z.number().int().min(0).max(1_000_000).optional(),
})

const sender = z.tuple([SenderId])
const none = z.tuple([])

/** The arguments of every call of the control API, as JSON arrays. */
export const controlShapes: Readonly<Record<(typeof controlMethods)[number], z.ZodType<unknown[]>>> = {
  scan: z.tuple([SenderId, z.string().max(4_000)]),
  enterCode: z.tuple([SenderId, z.string().max(50)]),
  incoming: z.union([z.tuple([SenderId, Address, Text]), z.tuple([SenderId, Address, Text, IncomingShape])]),
  writeOnPhone: z.tuple([SenderId, Address, Text]),
  setAcquaintances: z.tuple([SenderId, AcquaintancesShape]),
  block: z.tuple([SenderId, Address, z.enum(['block', 'spam_report'])]),
  ban: z.union([sender, z.tuple([SenderId, Reason])]),
  restrict: z.union([sender, z.tuple([SenderId, Reason])]),
  pardon: sender,
  logOut: sender,
  goOffline: z.union([sender, z.tuple([SenderId, waitMs])]),
  comeBack: sender,
  disturbReceipts: z.tuple([SenderId, z.boolean()]),
  addRule: z.tuple([RuleShape]),
  clearRules: none,
  setPerson: z.tuple([Address, TraitsShape]),
  person: z.tuple([Address]),
  senders: none,
  people: none,
  rules: none,
  counts: none,
  frames: z.union([none, z.tuple([FrameQueryShape])]),
}

const key = { clientId: z.string().min(1).max(200), senderId: SenderId }

/** The bodies of the session calls, as `createRemoteSimulator` makes them. */
export const OpenShape = z.object({
  ...key,
  phone: z.string().max(30).nullable(),
  settings: z.record(z.string(), z.unknown()),
  turn: z.number().int(),
})
export const PollShape = z.object({
  clientId: z.string().min(1).max(200),
  ack: z.object({ batch: z.number().int(), failed: z.array(z.string()) }).nullable(),
})
export const SessionShape = z.object(key)
export const SendShape = z.object({
  ...key,
  message: z.looseObject({
    messageId: z.string().min(1).max(200),
    to: z.string().min(1).max(200),
    text: z.string(),
  }),
})
export const DownloadShape = z.object({ ...key, ref: z.string().max(500), bytesMax: z.number().min(0) })
