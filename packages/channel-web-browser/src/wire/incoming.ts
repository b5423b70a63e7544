import type { IncomingMedia, IncomingMessage, OwnMessage } from '@siar/channel'
import type { PageMessageEvent } from '../page/page-event.ts'
import { addressOf } from './address.ts'
import { messageIdOf } from './message-id.ts'

const mediaKinds: Readonly<Record<string, string>> = {
  image: 'image',
  video: 'video',
  audio: 'audio',
  ptt: 'audio',
  document: 'document',
  sticker: 'sticker',
}

const textTypes: ReadonlySet<string> = new Set([
  'chat',
  'buttons_response',
  'template_button_reply',
  'list_response',
  'interactive_response',
])

function mediaOf(event: PageMessageEvent): IncomingMedia | null {
  const kind = mediaKinds[event.type]
  if (kind === undefined) return null
  const { mimeType, fileName, key } = event
  return { kind, mimeType: mimeType ?? 'application/octet-stream', fileName, ref: key }
}

function incomingOf(event: PageMessageEvent): IncomingMessage {
  const media = mediaOf(event)
  // The body of a file is its preview, not text.
  const text = media ? event.caption : event.body
  const from = addressOf(event.phone ?? event.chat)
  return {
    type: 'message',
    channelMessageId: event.key,
    from,
    aliases: event.phone === null ? [] : [event.chat],
    fromName: event.name,
    text,
    media,
    button: event.button === null ? null : { id: event.button, title: text },
    inReplyTo: event.quoted,
    referral: event.adId === null ? null : { kind: 'ad', sourceId: event.adId, clickId: null },
    at: new Date(event.at * 1_000),
  }
}

/**
 * A message the page told of: somebody wrote, or the owner did on the phone. Null for our own sends, and for notices
 * that no person wrote.
 */
export function messageOf(event: PageMessageEvent): IncomingMessage | OwnMessage | null {
  if (!textTypes.has(event.type) && mediaKinds[event.type] === undefined) return null
  if (!event.fromMe) return incomingOf(event)
  if (messageIdOf(event.id) !== null) return null
  return {
    type: 'own_message',
    channelMessageId: event.id,
    to: addressOf(event.phone ?? event.chat),
    text: mediaKinds[event.type] === undefined ? event.body : event.caption,
    at: new Date(event.at * 1_000),
  }
}
