import type { IncomingMessage, OwnMessage, Receipt } from '@siar/channel'
import { serverCodeOf, ackNames } from './waha-codes.ts'
import { chatOf, wholeId } from './waha-ids.ts'
import type { WahaBehaviour } from './waha-options.ts'

/** A message that went out by a session, as long as something may still be told of it. */
export interface SentEntry {
  readonly id: string
  readonly chatId: string
  readonly text: string
  readonly media: object | null
  /** `message.any` was told. */
  isTold: boolean
}

/** The file of a message as WAHA names it, where it was stored. */
export type FileUrl = (ref: string, mimeType: string) => string

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000)
}

/** The engine's own data next to a message: each keeps the name, and the other id of the person, elsewhere. */
function engineData(
  { engine, addressing }: WahaBehaviour,
  chatId: string,
  { id, from, name, fromMe }: { id: string; from: string; name: string | null; fromMe: boolean },
): object {
  if (engine === 'WEBJS') return { notifyName: name, id: { fromMe, remote: chatId, id } }
  const jid = chatId.replace('@c.us', '@s.whatsapp.net')
  if (engine === 'NOWEB') return { key: { remoteJid: jid, fromMe, id }, pushName: name }
  const phone = from.startsWith('+') ? `${from.slice(1)}@s.whatsapp.net` : ''
  const alternative = addressing === 'lid' ? { SenderAlt: phone } : {}
  return { Info: { Chat: jid, Sender: jid, IsFromMe: fromMe, ID: id, PushName: name, ...alternative } }
}

export function incomingPayload(
  behaviour: WahaBehaviour,
  me: string,
  message: IncomingMessage,
  fileUrl: FileUrl,
): object {
  const { channelMessageId: id, from, fromName, text, media, inReplyTo, at } = message
  const chatId = chatOf(from, behaviour)
  const isStored = media !== null && media.ref !== null
  return {
    id: wholeId(false, chatId, id),
    timestamp: seconds(at),
    from: chatId,
    fromMe: false,
    ...(behaviour.isPlain ? {} : { source: 'app' }),
    to: me,
    participant: null,
    body: text,
    hasMedia: media !== null,
    media: isStored
      ? { url: fileUrl(id, media.mimeType), mimetype: media.mimeType, filename: media.fileName, error: null }
      : null,
    ack: 1,
    ackName: 'SERVER',
    vCards: [],
    ...(inReplyTo === null ? {} : { replyTo: { id: inReplyTo, hasMedia: false } }),
    _data: engineData(behaviour, chatId, { id, from, name: fromName, fromMe: false }),
  }
}

export function sentPayload(
  behaviour: WahaBehaviour,
  me: string,
  { id, chatId, text, media }: Omit<SentEntry, 'isTold'>,
  source: 'api' | 'app',
  at: Date,
): object {
  return {
    id: wholeId(true, chatId, id),
    timestamp: seconds(at),
    from: me,
    fromMe: true,
    ...(behaviour.isPlain ? {} : { source }),
    to: chatId,
    participant: null,
    body: text,
    hasMedia: media !== null,
    media,
    ack: 0,
    ackName: 'PENDING',
    vCards: [],
    _data: engineData(behaviour, chatId, { id, from: '', name: null, fromMe: true }),
  }
}

export function ownPayload(behaviour: WahaBehaviour, me: string, message: OwnMessage): object {
  const { channelMessageId: id, to, text, at } = message
  return sentPayload(behaviour, me, { id, chatId: chatOf(to, behaviour), text, media: null }, 'app', at)
}

const ackOfKind = { accepted: 1, delivered: 2, read: 3, refused: -1 } as const

export function ackPayload(
  { engine }: WahaBehaviour,
  me: string,
  chatId: string,
  { channelMessageId: id, kind, refusal }: Receipt,
): object {
  const ack = ackOfKind[kind]
  const parameters = refusal ? [String(serverCodeOf(refusal.reason))] : []
  const key = { remoteJid: chatId, fromMe: true, id }
  return {
    id: wholeId(true, chatId, id),
    from: me,
    to: chatId,
    participant: null,
    fromMe: true,
    ack,
    ackName: ackNames[ack],
    ...(engine === 'NOWEB'
      ? { _data: { key, update: { status: ack + 1, messageStubParameters: parameters } } }
      : {}),
  }
}

/** What an engine says when WhatsApp closes its connection for good; GOWS says nothing. */
export function closedPayload(engine: WahaBehaviour['engine'], cause: 'logged_out' | 'banned'): unknown {
  if (engine === 'GOWS') return null
  if (engine === 'WEBJS') return cause === 'banned' ? 'TOS_BLOCK' : 'UNPAIRED'
  const statusCode = cause === 'banned' ? 403 : 401
  const output = { statusCode, payload: { statusCode }, headers: {} }
  return { connection: 'close', lastDisconnect: { error: { data: null, isBoom: true, output } } }
}
