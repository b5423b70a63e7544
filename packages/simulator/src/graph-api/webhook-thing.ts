import type { IncomingMessage, InboundEvent, Receipt } from '@siar/channel'
import type { Json } from './json.ts'
import { personOfOfficialId } from '../network-message.ts'
import { codeOfReason } from './refusal-codes.ts'

/** One thing a webhook tells, of a number (`list` names the array it stands in) or of its account. */
export type WebhookThing =
  | {
      readonly field: 'messages' | 'user_preferences' | 'smb_message_echoes'
      readonly list: 'statuses' | 'messages' | 'user_preferences' | 'message_echoes' | 'errors'
      readonly entry: Json
      readonly contact: Json | null
    }
  | { readonly field: string; readonly list: null; readonly value: Json }

export function digitsOf(address: string): string {
  return address.startsWith('+') ? address.slice(1) : address
}

function secondsOf(at: Date): string {
  return String(Math.floor(at.getTime() / 1_000))
}

const statuses = { accepted: 'sent', delivered: 'delivered', read: 'read', refused: 'failed' } as const

function errorsOf({ refusal }: Receipt): Json {
  if (refusal === undefined) return {}
  const code = codeOfReason(refusal.reason)
  const title = 'Message failed'
  return { errors: [{ code, title, message: title, error_data: { details: `Failed with ${code}` } }] }
}

function pricingOf({ pricing }: Receipt): Json {
  if (pricing === undefined) return {}
  const { billable, kind, category } = pricing
  return { pricing: { billable, pricing_model: 'PMP', type: kind, category } }
}

function statusThing(receipt: Receipt): WebhookThing {
  const { channelMessageId, kind, at, messageId } = receipt
  const to = digitsOf(personOfOfficialId(channelMessageId) ?? '')
  const recipient = /^\d+$/.test(to) ? { recipient_id: to } : { recipient_id: to, recipient_user_id: to }
  const entry = {
    id: channelMessageId,
    status: statuses[kind],
    timestamp: secondsOf(at),
    ...recipient,
    ...(messageId ? { biz_opaque_callback_data: messageId } : {}),
    ...pricingOf(receipt),
    ...errorsOf(receipt),
  }
  return { field: 'messages', list: 'statuses', entry, contact: null }
}

function contentOf({ text, media, button }: IncomingMessage): Json {
  if (button) {
    const reply = { type: 'button_reply', button_reply: { id: button.id, title: button.title } }
    return { type: 'interactive', interactive: reply }
  }
  if (media === null) return { type: 'text', text: { body: text } }
  const file = {
    id: media.ref ?? '',
    mime_type: media.mimeType,
    sha256: '',
    ...(text === '' ? {} : { caption: text }),
    ...(media.fileName === null ? {} : { filename: media.fileName }),
  }
  return { type: media.kind, [media.kind]: file }
}

/** People known by an id of WhatsApp alone come without a number. */
function personOf({ from, aliases, fromName }: IncomingMessage): { person: Json; contact: Json } {
  const userId = [from, ...aliases].find((address) => !address.startsWith('+'))
  const phone = [from, ...aliases].find((address) => address.startsWith('+'))
  const ids = {
    ...(phone === undefined ? {} : { wa_id: digitsOf(phone) }),
    ...(userId === undefined ? {} : { user_id: userId }),
  }
  return {
    person: {
      ...(phone === undefined ? {} : { from: digitsOf(phone) }),
      ...(userId === undefined ? {} : { from_user_id: userId }),
    },
    contact: { profile: { name: fromName ?? '' }, ...ids },
  }
}

function messageThing(message: IncomingMessage): WebhookThing {
  const { person, contact } = personOf(message)
  const { referral, inReplyTo, channelMessageId, at } = message
  const entry = {
    ...person,
    id: `wamid.${channelMessageId}`,
    timestamp: secondsOf(at),
    ...contentOf(message),
    ...(inReplyTo === null ? {} : { context: { id: inReplyTo } }),
    ...(referral === null
      ? {}
      : {
          referral: {
            source_type: referral.kind,
            source_id: referral.sourceId,
            source_url: 'https://fb.me/simulated',
            ctwa_clid: referral.clickId,
          },
        }),
  }
  return { field: 'messages', list: 'messages', entry, contact }
}

function stateThings(state: string): WebhookThing[] {
  if (state === 'banned') {
    const value = { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: '' } }
    return [{ field: 'account_update', list: null, value }]
  }
  if (state !== 'restricted') return []
  const restriction = { restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING' }
  const value = { event: 'ACCOUNT_RESTRICTION', restriction_info: [restriction] }
  return [{ field: 'account_update', list: null, value }]
}

/** What Meta would tell of an event of the network; blocks, for one, it never tells. */
export function thingsOf(event: InboundEvent): WebhookThing[] {
  switch (event.type) {
    case 'receipt':
      return [statusThing(event)]
    case 'message':
      return [messageThing(event)]
    case 'state':
      return stateThings(event.state)
    case 'marketing_choice': {
      const { from, choice, at } = event
      const entry = {
        wa_id: digitsOf(from),
        detail: `User requested to ${choice} marketing messages`,
        category: 'marketing_messages',
        value: choice,
        timestamp: Math.floor(at.getTime() / 1_000),
      }
      return [
        { field: 'user_preferences', list: 'user_preferences', entry, contact: { wa_id: digitsOf(from) } },
      ]
    }
    case 'own_message': {
      const { to, text, channelMessageId, at } = event
      const entry = {
        to: digitsOf(to),
        id: channelMessageId,
        timestamp: secondsOf(at),
        type: 'text',
        text: { body: text },
      }
      return [{ field: 'smb_message_echoes', list: 'message_echoes', entry, contact: null }]
    }
    default:
      return []
  }
}
