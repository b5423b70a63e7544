import type { InboundEvent, IncomingMedia, IncomingMessage, Referral } from '@siar/channel'
import { readInstant } from './instants.ts'
import { asList, asRecord, asText } from './json.ts'
import type { Json } from './json.ts'

type Content = Partial<Pick<IncomingMessage, 'text' | 'media' | 'button' | 'inReplyTo'>>

/** `6281…` as E.164; an id of WhatsApp as it is. */
export function addressOf(value: unknown): string | null {
  const text = asText(value)
  return text !== null && /^\d{6,15}$/.test(text) ? `+${text}` : text
}

function withoutFile(kind: string, text: string): Content {
  return { text, media: { kind, mimeType: 'text/plain', fileName: null, ref: null } }
}

function lines(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join('\n')
}

function readMedia(kind: string, file: Json): Content {
  const media: IncomingMedia = {
    kind,
    mimeType: asText(file['mime_type']) ?? 'application/octet-stream',
    fileName: asText(file['filename']),
    ref: asText(file['id']),
  }
  return { text: asText(file['caption']) ?? '', media }
}

function readButton(id: unknown, title: unknown): Content {
  const text = asText(title) ?? ''
  return { text, button: { id: asText(id) ?? text, title: text } }
}

function readInteractive(interactive: Json): Content {
  const reply = asRecord(interactive['button_reply'] ?? interactive['list_reply'])
  if (Object.keys(reply).length > 0) return readButton(reply['id'], reply['title'])
  return { text: asText(asRecord(interactive['nfm_reply'])['body']) ?? '' }
}

function readLocation(location: Json): Content {
  const { latitude, longitude } = location
  const point =
    typeof latitude === 'number' && typeof longitude === 'number' ? `${latitude},${longitude}` : null
  const link = point === null ? null : `https://www.google.com/maps?q=${point}`
  return withoutFile('location', lines(asText(location['name']), asText(location['address']), link))
}

function readContacts(contacts: readonly unknown[]): Content {
  const cards = contacts.map((given) => {
    const card = asRecord(given)
    const phones = asList(card['phones']).map((entry) => asText(asRecord(entry)['phone']))
    return lines(asText(asRecord(card['name'])['formatted_name']), ...phones)
  })
  return withoutFile('contacts', cards.join('\n\n'))
}

function readOrder(order: Json): Content {
  const items = asList(order['product_items']).map((given) => {
    const item = asRecord(given)
    const [amount, price, currency] = ['quantity', 'item_price', 'currency'].map(
      (key) => asText(item[key]) ?? '',
    )
    return `${amount} × ${asText(item['product_retailer_id']) ?? ''} @ ${currency} ${price}`
  })
  return withoutFile('order', lines(asText(order['text']), ...items))
}

/** @returns null for what is no message, such as a reaction that was taken back. */
function readContent(type: string, message: Json): Content | null {
  const part = asRecord(message[type])
  switch (type) {
    case 'text':
      return { text: asText(part['body']) ?? '' }
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return readMedia(type, part)
    case 'voice':
      return readMedia('audio', part)
    case 'button':
      return readButton(part['payload'], part['text'])
    case 'interactive':
      return readInteractive(part)
    case 'location':
      return readLocation(part)
    case 'contacts':
      return readContacts(asList(message['contacts']))
    case 'reaction': {
      const emoji = asText(part['emoji'])
      return emoji === null
        ? null
        : { ...withoutFile('reaction', emoji), inReplyTo: asText(part['message_id']) }
    }
    case 'order':
      return readOrder(part)
    default:
      return withoutFile('unsupported', '')
  }
}

function readReferral(given: unknown): Referral | null {
  const referral = asRecord(given)
  if (Object.keys(referral).length === 0) return null
  return {
    kind: referral['source_type'] === 'post' ? 'post' : 'ad',
    sourceId: asText(referral['source_id']),
    clickId: asText(referral['ctwa_clid']),
  }
}

/** Every address of the person, the number first; usernames change owners and are none. */
function addressesOf(message: Json, contact: Json): string[] {
  const given = [
    addressOf(message['from'] ?? contact['wa_id']),
    asText(message['from_user_id'] ?? contact['user_id']),
    asText(message['from_parent_user_id'] ?? contact['parent_user_id']),
  ]
  return [...new Set(given.filter((address) => address !== null))]
}

/** The owner of a number changed it, or an id of a person was replaced: both are one person. */
function readSystem(message: Json, addresses: readonly string[], at: Date): InboundEvent[] {
  const system = asRecord(message['system'])
  const preference = asText(system['marketing'])
  const [from] = addresses
  if (from !== undefined && (preference === 'stop' || preference === 'resume')) {
    return [{ type: 'marketing_choice', from, choice: preference, at }]
  }
  const next = [addressOf(system['wa_id'] ?? system['new_wa_id']), asText(system['user_id'])]
  const all = [...new Set([...addresses, ...next.filter((address) => address !== null)])]
  return all.length > 1 ? [{ type: 'same_person', addresses: all, at }] : []
}

/** Reads one incoming message of any kind; what it cannot place arrives as `unsupported`, never as nothing. */
export function readIncoming(message: Json, contact: Json, now: Date): InboundEvent[] {
  const channelMessageId = asText(message['id'])
  const [from, ...aliases] = addressesOf(message, contact)
  const type = asText(message['type']) ?? 'unsupported'
  const at = readInstant(message['timestamp'], now)
  if (type === 'system') return readSystem(message, from === undefined ? [] : [from, ...aliases], at)
  const content = readContent(type, message)
  if (channelMessageId === null || from === undefined || content === null) return []
  return [
    {
      type: 'message',
      channelMessageId,
      from,
      aliases,
      fromName: asText(asRecord(contact['profile'])['name']),
      text: '',
      media: null,
      button: null,
      inReplyTo: asText(asRecord(message['context'])['id']),
      ...content,
      referral: readReferral(message['referral']),
      at,
    },
  ]
}
