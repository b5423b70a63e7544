import { z } from 'zod'
import { bareIdOf } from './chat-id.ts'
import type { AckItem, ConnectionCause, MessageItem, WahaItem } from './webhook-item.ts'

const textLengthMax = 65_536
const Text = z.string().catch('')
const MaybeText = z.string().nullish().catch(null)
const Loose = z.looseObject({}).catch({})

/** The envelope of every webhook. Source: waha.devlike.pro/docs/how-to/events; older versions send neither id nor timestamp. */
export const Envelope = z.object({
  id: z.string().min(1).max(100).optional().catch(undefined),
  timestamp: z.number().optional().catch(undefined),
  event: z.string().min(1).max(100),
  session: z.string().min(1).max(100),
  payload: z.unknown(),
})
export type Envelope = z.infer<typeof Envelope>

const MessagePayload = z.object({
  id: z.string().min(1).max(300),
  timestamp: z.number().catch(0),
  from: z.string().max(100),
  fromMe: z.boolean().catch(false),
  source: z.enum(['api', 'app']).nullish().catch(null),
  to: MaybeText,
  body: MaybeText,
  hasMedia: z.boolean().catch(false),
  media: z.object({ url: MaybeText, mimetype: MaybeText, filename: MaybeText }).nullish().catch(null),
  replyTo: z.object({ id: MaybeText }).nullish().catch(null),
  ack: z.number().nullish().catch(null),
  _data: Loose.optional(),
})

const AckPayload = z.object({
  id: z.string().min(1).max(300),
  fromMe: z.boolean().catch(true),
  ack: z.number(),
  _data: Loose.optional(),
})

/** Files are fetched from WAHA itself, whatever host the address names: only its path is kept. */
function filePathOf(url: string | null | undefined): string | null {
  if (url == null || !URL.canParse(url)) return null
  const { pathname } = new URL(url)
  const start = pathname.indexOf('/api/files/')
  return start < 0 ? null : pathname.slice(start, start + 500)
}

function stringAt(data: unknown, ...path: string[]): string | null {
  const found = path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Loose)[key] : undefined),
    data,
  )
  return typeof found === 'string' && found !== '' ? found : null
}
type Loose = Readonly<Record<string, unknown>>

/** Where engines put the name and the other id of a person: NOWEB, WEBJS, GOWS. */
function namesOf(data: unknown): Pick<MessageItem, 'name' | 'aliases'> {
  const name =
    stringAt(data, 'pushName') ?? stringAt(data, 'notifyName') ?? stringAt(data, 'Info', 'PushName')
  const aliases = [
    stringAt(data, 'key', 'remoteJidAlt'),
    stringAt(data, 'key', 'senderPn'),
    stringAt(data, 'key', 'senderLid'),
    stringAt(data, 'Info', 'SenderAlt'),
  ].filter((alias) => alias !== null)
  return { name: name?.slice(0, 200) ?? null, aliases }
}

/** Seconds where a time looks like seconds, else milliseconds; the envelope's time where there is none. */
function instantOf(timestamp: number, fallbackMs: number): number {
  if (!Number.isFinite(timestamp) || timestamp <= 0) return fallbackMs
  const ms = timestamp < 100_000_000_000 ? timestamp * 1000 : timestamp
  return Math.min(Math.round(ms), 8_640_000_000_000_000)
}

function readMedia({ hasMedia, media }: z.infer<typeof MessagePayload>): MessageItem['media'] {
  if (!hasMedia && !media) return null
  return {
    mimeType: media?.mimetype ?? 'application/octet-stream',
    fileName: media?.filename?.slice(0, 200) ?? null,
    path: filePathOf(media?.url),
  }
}

function readMessage(payload: unknown, receivedAtMs: number): WahaItem | null {
  const parsed = MessagePayload.safeParse(payload)
  if (!parsed.success) return null
  const { id, fromMe, source, from, to, body, replyTo, ack, timestamp, _data } = parsed.data
  return {
    kind: 'message',
    id,
    fromMe,
    source: source ?? null,
    from,
    to: to ?? null,
    ...namesOf(_data),
    text: (body ?? '').slice(0, textLengthMax),
    media: readMedia(parsed.data),
    inReplyTo: replyTo?.id == null ? null : bareIdOf(replyTo.id),
    ack: ack ?? null,
    atMs: instantOf(timestamp, receivedAtMs),
  }
}

/** NOWEB hands on what Baileys tells of a refusal: the code as the first parameter. */
function codeOfRefusal(data: Loose | undefined): number | null {
  const update = data?.['update']
  const source = typeof update === 'object' && update !== null ? (update as Loose) : data
  const parameters = source?.['messageStubParameters']
  const code = Array.isArray(parameters) ? Number(parameters[0]) : Number.NaN
  return Number.isInteger(code) ? code : null
}

function readAck(payload: unknown, atMs: number): AckItem | null {
  const parsed = AckPayload.safeParse(payload)
  if (!parsed.success || !parsed.data.fromMe) return null
  const { id, ack, _data } = parsed.data
  return { kind: 'ack', id, ack, code: codeOfRefusal(_data), atMs }
}

/** WEBJS and WPP name their states. Source: WAState of whatsapp-web.js. */
const causeOfState: Readonly<Record<string, ConnectionCause>> = {
  TOS_BLOCK: 'banned',
  SMB_TOS_BLOCK: 'banned',
  UNPAIRED: 'logged_out',
  UNPAIRED_IDLE: 'logged_out',
  CONFLICT: 'replaced',
}

/** NOWEB hands on the status code Baileys closes with. Source: channels.md §2. */
const causeOfCode: Readonly<Record<number, ConnectionCause>> = {
  401: 'logged_out',
  403: 'banned',
  440: 'replaced',
}

const ClosedConnection = z.object({
  lastDisconnect: z.object({ error: z.object({ output: z.object({ statusCode: z.number() }) }) }),
})

function readCause(payload: unknown, atMs: number): WahaItem | null {
  const closed = ClosedConnection.safeParse(payload)
  const cause = closed.success
    ? causeOfCode[closed.data.lastDisconnect.error.output.statusCode]
    : causeOfState[Text.parse(payload)]
  return cause === undefined ? null : { kind: 'cause', cause, atMs }
}

/** @returns the part of a webhook that concerns a sender, or null for events nobody asked for and payloads nobody can read. */
export function readEvent({ event, payload, timestamp }: Envelope, nowMs: number): WahaItem | null {
  const atMs = timestamp === undefined ? nowMs : instantOf(timestamp, nowMs)
  switch (event) {
    case 'message':
    case 'message.any':
      return readMessage(payload, atMs)
    case 'message.ack':
      return readAck(payload, atMs)
    case 'session.status':
      return { kind: 'status', atMs }
    case 'state.change':
      return readCause(payload, atMs)
    default:
      return null
  }
}
