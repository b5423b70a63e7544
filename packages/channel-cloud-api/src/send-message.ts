import type { OutboundMessage, SendOutcome } from '@siar/channel'
import type { GraphClient, GraphEnd } from './graph-client.ts'
import { asList, asRecord, asText } from './json.ts'
import type { MediaShelf } from './media-shelf.ts'
import { isMarketingMessage, messageBody, recipientOf } from './message-body.ts'
import type { Recipient, UploadedMedia } from './message-body.ts'
import { refusedOutcome } from './refusal-table.ts'
import type { CloudApiSettings } from './settings.ts'

export interface SendTools {
  readonly client: GraphClient
  readonly shelf: MediaShelf
  readonly settings: CloudApiSettings
}

const retryAfterMs = 1_000
const ourFault = { kind: 'refused', reason: 'not_supported', action: 'our_fault' } as const
const gaveUp = { kind: 'not_sent', reason: 'gave_up', retryAfterMs } as const

/** Codes by which Meta turns away a file id it no longer holds. Source: Meta's list of error codes. */
const staleMediaCodes: readonly (number | null)[] = [100, 131009, 131052, 131053]

function outcomeOf(end: GraphEnd): SendOutcome {
  switch (end.kind) {
    case 'done': {
      const channelMessageId = asText(asRecord(asList(end.body['messages'])[0])['id'])
      if (channelMessageId === null) return { kind: 'unknown', reason: 'unexpected_answer' }
      return { kind: 'accepted', channelMessageId }
    }
    case 'failed':
      return refusedOutcome(end.error)
    case 'not_sent':
      return { kind: 'not_sent', reason: end.reason, retryAfterMs }
    case 'lost':
      return { kind: 'unknown', reason: end.reason }
    default:
      return end satisfies never
  }
}

/** Ends the wait of one message for an upload that others wait for too. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T | null> {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    const giveUp = (): void => resolve(null)
    signal.addEventListener('abort', giveUp, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
  })
}

function post(
  { client, settings }: SendTools,
  message: OutboundMessage,
  recipient: Recipient,
  media: UploadedMedia | null,
  signal: AbortSignal | undefined,
): Promise<GraphEnd> {
  const path = isMarketingMessage(message, settings) ? 'marketing_messages' : 'messages'
  return client.post(`${settings.phoneNumberId}/${path}`, messageBody(message, recipient, media, settings), {
    signal,
  })
}

async function sendWithMedia(
  tools: SendTools,
  message: OutboundMessage,
  recipient: Recipient,
  signal: AbortSignal | undefined,
): Promise<SendOutcome> {
  const { media } = message
  if (media === undefined) return outcomeOf(await post(tools, message, recipient, null, signal))
  for (let isSecondTry = false; ; isSecondTry = true) {
    const shelf = await untilAborted(tools.shelf.take(media), signal)
    if (shelf === null) return gaveUp
    if (shelf.kind === 'failed') return shelf.outcome
    const { kind, fileName } = media
    const end = await post(tools, message, recipient, { id: shelf.id, kind, fileName }, signal)
    const isStale = end.kind === 'failed' && staleMediaCodes.includes(end.error.code)
    if (!isStale) return outcomeOf(end)
    await tools.shelf.forget(media)
    if (shelf.isFresh || isSecondTry) return outcomeOf(end)
  }
}

/**
 * Hands one message to Meta. A file Meta no longer holds is uploaded again once; nothing else is ever sent twice.
 *
 * Text beside audio is turned away: WhatsApp shows none, and it would be lost.
 */
export async function sendMessage(
  tools: SendTools,
  message: OutboundMessage,
  signal: AbortSignal | undefined,
): Promise<SendOutcome> {
  if (signal?.aborted === true) return gaveUp
  const recipient = recipientOf(message.to)
  const isTextLost = message.media?.kind === 'audio' && message.text !== '' && !message.template
  if (recipient === null || isTextLost) return ourFault
  return sendWithMedia(tools, message, recipient, signal)
}
