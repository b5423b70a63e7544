import { z } from 'zod'

const text = z.string().catch('')
const maybeText = z.string().nullable().catch(null).default(null)

/** States of a session. Source: waha.devlike.pro/docs/how-to/sessions (2026.7). */
export const sessionStatuses = [
  'STOPPED',
  'STARTING',
  'SCAN_QR_CODE',
  'PASSKEY_REQUIRED',
  'PASSKEY_CONFIRMATION_REQUIRED',
  'WORKING',
  'FAILED',
] as const
export type SessionStatus = (typeof sessionStatuses)[number]

export const SessionInfo = z.object({
  name: z.string(),
  status: z.enum(sessionStatuses),
  config: z.record(z.string(), z.unknown()).nullish(),
  me: z.object({ id: z.string(), lid: z.string().nullish() }).nullish().catch(null),
})
export type SessionInfo = z.infer<typeof SessionInfo>

export const QrValue = z.object({ value: z.string().min(1) })
export const TypedCode = z.object({ code: z.string().min(1) })
export const NumberExists = z.object({ numberExists: z.boolean(), chatId: maybeText })
export const LidMapping = z.object({ lid: maybeText, pn: maybeText })

/** Engines write the id of a group as a text or as an object, and its name under different words. */
const groupId = z.union([z.string(), z.object({ _serialized: z.string() }).transform((id) => id._serialized)])
const GroupMembers = z.array(z.unknown())
export const GroupInfo = z
  .looseObject({
    id: groupId.optional(),
    JID: z.string().optional(),
    subject: z.string().optional(),
    name: z.string().optional(),
    Name: z.string().optional(),
    size: z.number().optional(),
    participants: GroupMembers.optional(),
    Participants: GroupMembers.optional(),
    groupMetadata: z.looseObject({ participants: GroupMembers.optional() }).optional(),
  })
  .transform((group) => ({
    id: group.id ?? group.JID ?? '',
    name: group.subject ?? group.name ?? group.Name ?? '',
    memberCount:
      (group.participants ?? group.Participants ?? group.groupMetadata?.participants)?.length ??
      group.size ??
      0,
  }))

export const Participant = z.object({ id: z.string(), pn: maybeText, role: text })

export const ContactInfo = z.object({
  id: z.string(),
  name: maybeText,
  pushname: maybeText,
  isMe: z.boolean().catch(false),
  isGroup: z.boolean().catch(false),
  isMyContact: z.boolean().catch(true),
  lid: maybeText,
})

/** The id of a sent message in each engine's own answer, or null when it names none. */
export function idOfSent(answer: unknown): string | null {
  const parsed = SentMessage.safeParse(answer)
  if (!parsed.success) return null
  const { id, key, _data } = parsed.data
  return idText(id) ?? idText(key) ?? (_data === undefined ? null : idOfSent(_data))
}

const MessageId = z.union([z.string(), z.looseObject({})])
const SentMessage = z.looseObject({
  id: MessageId.optional(),
  key: MessageId.optional(),
  _data: z.looseObject({}).optional(),
})

function idText(id: string | Record<string, unknown> | undefined): string | null {
  if (id === undefined) return null
  if (typeof id === 'string') return id === '' ? null : id
  const whole = id['_serialized'] ?? id['id']
  return typeof whole === 'string' && whole !== '' ? whole : null
}
