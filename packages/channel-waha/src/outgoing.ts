import type { OutboundMedia, OutboundMessage } from '@siar/channel'
import { fullIdOf } from './chat-id.ts'
import type { SendPath } from './waha-api.ts'

/** A message as WAHA takes it. */
export interface WahaMessage {
  readonly path: SendPath
  readonly body: object
}

const pathOfKind = {
  image: 'sendImage',
  video: 'sendVideo',
  audio: 'sendVoice',
  document: 'sendFile',
} as const satisfies Record<OutboundMedia['kind'], SendPath>

const voiceTypes = /^audio\/ogg\b/i
const imageTypes = /^image\/(jpeg|png)$/i

/**
 * The call that fits a file. A voice note shows no text, so audio with a text goes as a file; pictures WhatsApp would
 * not show go as files too.
 */
function pathOf({ kind, mimeType }: OutboundMedia, text: string): SendPath {
  if (kind === 'audio' && text !== '') return 'sendFile'
  if (kind === 'image' && !imageTypes.test(mimeType)) return 'sendFile'
  return pathOfKind[kind]
}

/** What WAHA has to turn into the form WhatsApp plays. */
function convertOf(path: SendPath, mimeType: string): object {
  if (path === 'sendVoice') return { convert: !voiceTypes.test(mimeType) }
  if (path === 'sendVideo') return { convert: mimeType !== 'video/mp4', asNote: false }
  return {}
}

/**
 * @param quotedId The id of the message this one answers, as WAHA showed it, where it was seen.
 * Files travel inside the call as base64: WAHA is given no address of ours to fetch from.
 */
export async function composeMessage(
  { text, media, inReplyTo }: OutboundMessage,
  chatId: string,
  quotedId: string | undefined,
): Promise<WahaMessage> {
  const reply = inReplyTo === undefined ? {} : { reply_to: quotedId ?? fullIdOf(inReplyTo, chatId, false) }
  if (!media) return { path: 'sendText', body: { chatId, text, linkPreview: true, ...reply } }
  const path = pathOf(media, text)
  const data = Buffer.from(await media.read()).toString('base64')
  const file = { mimetype: media.mimeType, filename: media.fileName, data }
  const caption = path === 'sendVoice' || text === '' ? {} : { caption: text }
  return { path, body: { chatId, file, ...caption, ...convertOf(path, media.mimeType), ...reply } }
}
