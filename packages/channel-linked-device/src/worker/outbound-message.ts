import { randomBytes } from 'node:crypto'
import type { proto } from 'baileys'
import type { MediaKind, OutboundMessage } from '@siar/channel'
import type { Uploaded } from './media-host.ts'

/** A message as it crosses to the thread of its session: without its file, which is fetched when it is needed. */
export type PlainMessage = Omit<OutboundMessage, 'media' | 'template' | 'buttons' | 'link' | 'list'> & {
  readonly media?: {
    readonly kind: MediaKind
    readonly mimeType: string
    readonly fileName: string
    readonly sizeBytes: number
    readonly fingerprint: string
  }
}

function contextOf(message: PlainMessage, jid: string): { contextInfo?: proto.IContextInfo } {
  if (message.inReplyTo === undefined) return {}
  const quotedMessage = { conversation: '' }
  return { contextInfo: { stanzaId: message.inReplyTo, participant: jid, quotedMessage } }
}

function fileMessage(
  media: NonNullable<PlainMessage['media']>,
  text: string,
  file: Uploaded,
  context: object,
): proto.IMessage {
  const { kind, mimeType, fileName, sizeBytes } = media
  const mediaKeyTimestamp = Math.floor(Date.now() / 1_000)
  const about = { ...file, ...context, mimetype: mimeType, fileLength: sizeBytes, mediaKeyTimestamp }
  const caption = text === '' ? {} : { caption: text }
  switch (kind) {
    case 'image':
      return { imageMessage: { ...about, ...caption } }
    case 'video':
      return { videoMessage: { ...about, ...caption } }
    case 'audio':
      return { audioMessage: { ...about, ptt: false } }
    case 'document':
      return { documentMessage: { ...about, ...caption, fileName, title: fileName } }
    default:
      return kind satisfies never
  }
}

/** The message as Baileys sends it. No preview of links is made: it would fetch pages by a way of its own. */
export function composeMessage(message: PlainMessage, jid: string, file: Uploaded | null): proto.IMessage {
  const context = contextOf(message, jid)
  const { media, text } = message
  const content =
    file && media ? fileMessage(media, text, file, context) : { extendedTextMessage: { text, ...context } }
  return { ...content, messageContextInfo: { messageSecret: randomBytes(32) } }
}
