import { areJidsSameUser } from 'baileys'
import type { BinaryNode, WAMessage, WASocket } from 'baileys'
import type { IncomingMessage, InboundEvent, OwnMessage, Receipt } from '@siar/channel'
import { jidOf, lidOf, phoneOf } from '../address.ts'
import { refusalOf } from '../nack.ts'
import { messageIdOf } from '../stanza-id.ts'
import { BoundedCache } from './bounded-cache.ts'
import { readContent } from './inbound-message.ts'

/** Seconds since 1970, as a number or one of the wire's big ones. */
function instantOf(seconds: unknown): Date {
  const value = Number(seconds)
  return Number.isFinite(value) && value > 0 ? new Date(value * 1_000) : new Date()
}

function listedIds({ attrs, content }: BinaryNode): string[] {
  const [list] = Array.isArray(content) ? content : []
  const items = Array.isArray(list?.content) ? list.content : []
  return [
    attrs['id'] ?? '',
    ...items.flatMap((item) => (item.tag === 'item' ? (item.attrs['id'] ?? []) : [])),
  ]
}

const receiptKinds: Readonly<Record<string, Receipt['kind']>> = {
  '': 'delivered',
  read: 'read',
  played: 'read',
}

/**
 * What a `<receipt>` says about Siar's messages. Read from the stanza itself: Baileys' own event joins receipts that come
 * together. Receipts of the sender's other devices and of groups say nothing about the person.
 */
export function readReceipts(stanza: BinaryNode, me: { id?: string; lid?: string } | undefined): Receipt[] {
  const { from = '', type = '', participant, recipient, t } = stanza.attrs
  const kind = receiptKinds[type]
  const isPerson = phoneOf(from) !== null || lidOf(from) !== null
  const isOwn = areJidsSameUser(from, me?.id) || areJidsSameUser(from, me?.lid)
  if (kind === undefined || !isPerson || isOwn || participant !== undefined || recipient !== undefined)
    return []
  return listedIds(stanza).flatMap((id): Receipt[] => {
    const messageId = messageIdOf(id)
    return messageId === null
      ? []
      : [{ type: 'receipt', channelMessageId: id, messageId, kind, at: instantOf(t) }]
  })
}

/** An acknowledgement nobody waits for any more. */
export function lateAcknowledgement({ attrs }: BinaryNode): Receipt | null {
  const { id = '', error, t } = attrs
  const messageId = messageIdOf(id)
  if (messageId === null) return null
  const receipt = { type: 'receipt', channelMessageId: id, messageId, at: instantOf(t) } as const
  if (error === undefined) return { ...receipt, kind: 'accepted' }
  return { ...receipt, kind: 'refused', refusal: refusalOf(error) }
}

const lateMax = 1_000
const pairsMax = 5_000

/** Turns what Baileys hears into what the port tells. */
export class Reporter {
  /** Stanzas that waited on the server while this sender was away. Baileys calls them history; they are not. */
  private readonly late = new BoundedCache<true>(lateMax)
  private readonly told = new BoundedCache<true>(pairsMax)

  noteStanza({ attrs }: BinaryNode): void {
    if (attrs['offline'] !== undefined && attrs['id'] !== undefined) this.late.set(attrs['id'], true)
  }

  /** @param kind `notify`: it just came. `append`: Baileys added it by itself, or it waited on the server. */
  async read(socket: WASocket, message: WAMessage, kind: 'notify' | 'append'): Promise<InboundEvent[]> {
    const { key } = message
    const id = key.id ?? ''
    if (kind !== 'notify' && !this.late.has(id)) return []
    const addresses = await this.addressesOf(socket, key)
    const content = readContent(message.message)
    if (addresses === null || content === null || message.category === 'peer') return []
    const at = instantOf(message.messageTimestamp)
    const [first, ...aliases] = addresses
    const learned = this.learn(addresses, at)
    if (key.fromMe === true) {
      const own: OwnMessage = { type: 'own_message', channelMessageId: id, to: first, text: content.text, at }
      return [...learned, own]
    }
    const incoming: IncomingMessage = {
      type: 'message',
      channelMessageId: id,
      from: first,
      aliases,
      fromName: message.pushName ?? null,
      ...content,
      at,
    }
    return [...learned, incoming]
  }

  /** The person's number first where it is known, else the LID. */
  private async addressesOf(socket: WASocket, key: WAMessage['key']): Promise<[string, ...string[]] | null> {
    const { remoteJid, remoteJidAlt } = key
    const lid = lidOf(remoteJid) ?? lidOf(remoteJidAlt)
    let phone = phoneOf(remoteJid) ?? phoneOf(remoteJidAlt)
    if (phone === null && lid !== null) {
      phone = phoneOf(await socket.signalRepository.lidMapping.getPNForLID(lid).catch(() => null))
    }
    if (phone !== null) return lid === null ? [phone] : [phone, lid]
    return lid === null || jidOf(lid) === null ? null : [lid]
  }

  private learn(addresses: readonly string[], at: Date): InboundEvent[] {
    const key = addresses.join(' ')
    if (addresses.length < 2 || this.told.has(key)) return []
    this.told.set(key, true)
    return [{ type: 'same_person', addresses, at }]
  }
}
