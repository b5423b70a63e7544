import type { InboundEvent, Receipt } from '@siar/channel'
import { refusalReasons } from '@siar/domain'
import { bareIdOf } from './chat-id.ts'
import type { OpenAttempts } from './open-attempts.ts'
import type { People } from './people.ts'
import type { RecentMap } from './recent-map.ts'
import { reasonOfServerCode } from './refusals.ts'
import type { AckItem, MessageItem } from './webhook-item.ts'

export interface IncomingContext {
  readonly people: People
  readonly attempts: OpenAttempts
  /** The whole ids of messages people sent, by the part that stays the same. */
  readonly wholeIds: RecentMap<string>
}

function mediaKindOf(mimeType: string): string {
  const [family = ''] = mimeType.split('/')
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'document'
}

function mediaOf({ media }: MessageItem): Extract<InboundEvent, { type: 'message' }>['media'] {
  if (media === null) return null
  const { mimeType, fileName, path } = media
  return { kind: mediaKindOf(mimeType), mimeType, fileName, ref: path }
}

function samePeople(people: People, at: Date): InboundEvent[] {
  return people.takeLearned().map((addresses) => ({ type: 'same_person', addresses, at }))
}

async function readIncoming(item: MessageItem, context: IncomingContext): Promise<InboundEvent[]> {
  const person = await context.people.identify(item.from, item.aliases)
  if (person === null) return []
  const channelMessageId = bareIdOf(item.id)
  context.wholeIds.put(channelMessageId, item.id)
  const at = new Date(item.atMs)
  return [
    ...samePeople(context.people, at),
    {
      type: 'message',
      channelMessageId,
      from: person.address,
      aliases: person.aliases,
      fromName: item.name,
      text: item.text,
      media: mediaOf(item),
      button: null,
      inReplyTo: item.inReplyTo,
      referral: null,
      at,
    },
  ]
}

function receipt(
  channelMessageId: string,
  messageId: string | null,
  kind: Receipt['kind'],
  atMs: number,
): Receipt {
  return { type: 'receipt', channelMessageId, messageId, kind, at: new Date(atMs) }
}

/**
 * A message that left by this sender: one of ours, which settles an attempt whose answer was lost, or one the owner
 * wrote on the phone.
 */
async function readOwn(item: MessageItem, { people, attempts }: IncomingContext): Promise<InboundEvent[]> {
  const person = await people.identify(item.to ?? item.id.split('_')[1] ?? '', item.aliases)
  if (person === null) return []
  const at = new Date(item.atMs)
  const id = bareIdOf(item.id)
  const learned = samePeople(people, at)
  const likeness = { to: person.address, text: item.text, hasMedia: item.media !== null }
  const origin =
    item.source === 'app' ? ({ kind: 'foreign' } as const) : await attempts.originOf(id, likeness, item.atMs)
  switch (origin.kind) {
    case 'ours':
      return [...learned, receipt(id, origin.messageId, 'accepted', item.atMs)]
    case 'ambiguous':
      return [
        ...learned,
        { type: 'note', kind: 'ambiguous_echo', detail: 'several open messages look alike', at },
      ]
    case 'foreign':
      if (item.source === 'api') return learned
      return [
        ...learned,
        { type: 'own_message', channelMessageId: id, to: person.address, text: item.text, at },
      ]
    default:
      return origin satisfies never
  }
}

export function readMessage(item: MessageItem, context: IncomingContext): Promise<InboundEvent[]> {
  return item.fromMe ? readOwn(item, context) : readIncoming(item, context)
}

/** ACK of WAHA: −1 error, 0 pending, 1 server, 2 device, 3 read, 4 played. */
export function readAck({ id, ack, code, atMs }: AckItem, { attempts }: IncomingContext): InboundEvent[] {
  const channelMessageId = bareIdOf(id)
  const messageId = attempts.settledIdOf(channelMessageId)
  if (ack >= 3) return [receipt(channelMessageId, messageId, 'read', atMs)]
  if (ack === 2) return [receipt(channelMessageId, messageId, 'delivered', atMs)]
  if (ack === 1) return [receipt(channelMessageId, messageId, 'accepted', atMs)]
  if (ack >= 0) return []
  const reason = code === null ? 'undeliverable' : reasonOfServerCode(code)
  const { action } = refusalReasons[reason]
  return [{ ...receipt(channelMessageId, messageId, 'refused', atMs), refusal: { reason, action } }]
}
