import type { OutboundMedia, SendOutcome } from '@siar/channel'
import { isRecord } from './waha-config.ts'
import { wordsOfRefusal } from './waha-codes.ts'
import type { SentEntry } from './waha-events.ts'
import { addressOfChat, newMessageId, wholeId } from './waha-ids.ts'
import type { WahaBehaviour } from './waha-options.ts'
import { exception, problem, wrongStatus } from './waha-problem.ts'
import type { WahaSession } from './waha-session.ts'

export type WahaSendKind = 'text' | 'image' | 'video' | 'voice' | 'file'

interface ParsedSend {
  readonly chatId: string
  readonly to: string
  readonly text: string
  readonly media: OutboundMedia | null
}

const mediaKindOf = { image: 'image', video: 'video', voice: 'audio', file: 'document' } as const
const base64 = /^[A-Za-z0-9+/]+={0,2}$/

function stringOf(body: Readonly<Record<string, unknown>>, field: string): string {
  const value = body[field]
  if (typeof value !== 'string') throw problem(400, [`${field} must be a string`])
  return value
}

function parseFile(value: unknown, kind: keyof typeof mediaKindOf): OutboundMedia {
  if (!isRecord(value)) throw problem(400, ['file must be an object'])
  const { mimetype, filename, data, url } = value
  if (typeof mimetype !== 'string' || mimetype === '') throw problem(400, ['file.mimetype must be a string'])
  if (url !== undefined) throw problem(422, 'The simulator fetches no files: send them as data')
  if (typeof data !== 'string' || data.length % 4 !== 0 || !base64.test(data)) {
    throw problem(400, ['file.data must be base64 encoded'])
  }
  const bytes = Buffer.from(data, 'base64')
  return {
    kind: mediaKindOf[kind],
    mimeType: mimetype,
    fileName: typeof filename === 'string' ? filename : 'file',
    sizeBytes: bytes.byteLength,
    fingerprint: '',
    read: async () => bytes,
  }
}

function parseSend(kind: WahaSendKind, body: Readonly<Record<string, unknown>>): ParsedSend {
  const chatId = stringOf(body, 'chatId')
  const to = addressOfChat(chatId)
  if (to === null) throw problem(422, 'The simulator shows messages to people only')
  if (kind === 'text') return { chatId, to, text: stringOf(body, 'text'), media: null }
  const isConvertible = kind === 'voice' || kind === 'video'
  if (isConvertible && typeof body['convert'] !== 'boolean')
    throw problem(400, ['convert must be a boolean value'])
  const { caption } = body
  return {
    chatId,
    to,
    text: typeof caption === 'string' ? caption : '',
    media: parseFile(body['file'], kind),
  }
}

/** What each engine answers for a message it has sent. */
function sentAnswer({ engine }: WahaBehaviour, { id, chatId, text }: SentEntry, nowMs: number): object {
  const timestamp = Math.floor(nowMs / 1000)
  if (engine === 'NOWEB') {
    const remoteJid = chatId.replace('@c.us', '@s.whatsapp.net')
    const message = { extendedTextMessage: { text } }
    return {
      key: { remoteJid, fromMe: true, id },
      message,
      messageTimestamp: String(timestamp),
      status: 'PENDING',
    }
  }
  if (engine === 'WEBJS') {
    const _serialized = wholeId(true, chatId, id)
    return {
      _data: { id: { fromMe: true, remote: chatId, id, _serialized } },
      id: { fromMe: true, remote: chatId, id, _serialized },
      ack: 0,
      body: text,
      fromMe: true,
      timestamp,
    }
  }
  return {
    id: wholeId(true, chatId, id),
    timestamp,
    from: '',
    fromMe: true,
    source: 'api',
    to: chatId,
    body: text,
    hasMedia: false,
    ack: 0,
    ackName: 'PENDING',
  }
}

function refuse(
  behaviour: WahaBehaviour,
  session: WahaSession,
  entry: SentEntry,
  outcome: Extract<SendOutcome, { kind: 'refused' }>,
  nowMs: number,
): object {
  const words = wordsOfRefusal(behaviour.engine, outcome.reason, entry.chatId)
  if (words !== null) throw exception(behaviour, words)
  session.tellAck({
    type: 'receipt',
    channelMessageId: entry.id,
    messageId: null,
    kind: 'refused',
    at: new Date(nowMs),
    refusal: outcome,
  })
  return sentAnswer(behaviour, entry, nowMs)
}

/**
 * Sends by a working session.
 *
 * @returns the answer, or null when the connection breaks without one. Never resolves for a call that hangs, until
 *          `signal` ends it.
 */
export async function sendBy(
  session: WahaSession,
  behaviour: WahaBehaviour,
  kind: WahaSendKind,
  body: Readonly<Record<string, unknown>>,
  nowMs: () => number,
  signal: AbortSignal,
): Promise<object | null> {
  const { chatId, to, text, media } = parseSend(kind, body)
  const { network } = session
  if (network === null) throw wrongStatus(session.name, session.status, ['WORKING'])
  const entry: SentEntry = {
    id: newMessageId(),
    chatId: chatId.includes('@') ? chatId : `${chatId}@c.us`,
    text,
    media: media ? { url: null, mimetype: media.mimeType, filename: media.fileName } : null,
    isTold: false,
  }
  session.remember(entry)
  const message = { messageId: entry.id, channelMessageId: entry.id, to, text, ...(media ? { media } : {}) }
  const outcome = await network.send(message, signal)
  switch (outcome.kind) {
    case 'accepted': {
      session.tellSent(entry)
      const at = new Date(nowMs())
      session.tellAck({ type: 'receipt', channelMessageId: entry.id, messageId: null, kind: 'accepted', at })
      return sentAnswer(behaviour, entry, nowMs())
    }
    case 'refused':
      return refuse(behaviour, session, entry, outcome, nowMs())
    case 'not_sent':
      throw wrongStatus(session.name, 'STARTING', ['WORKING'])
    case 'unknown':
      return null
    default:
      return outcome satisfies never
  }
}
