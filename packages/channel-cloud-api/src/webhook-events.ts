import type { InboundEvent } from '@siar/channel'
import { readAccountNews } from './account-event.ts'
import type { AccountNews } from './account-event.ts'
import { addressOf, readIncoming } from './incoming-message.ts'
import { readInstant } from './instants.ts'
import { asInteger, asRecord, asText } from './json.ts'
import type { Json } from './json.ts'
import { readReceipt } from './status-receipt.ts'

function readPreference(preference: Json, now: Date): InboundEvent[] {
  const from = addressOf(preference['wa_id'] ?? preference['user_id'])
  const choice = preference['value']
  if (from === null || (choice !== 'stop' && choice !== 'resume')) return []
  return [{ type: 'marketing_choice', from, choice, at: readInstant(preference['timestamp'], now) }]
}

/** The owner wrote on the phone; only numbers that are in the WhatsApp Business app as well. */
function readEcho(message: Json, now: Date): InboundEvent[] {
  const channelMessageId = asText(message['id'])
  const to = addressOf(message['to'])
  if (channelMessageId === null || to === null) return []
  const type = asText(message['type']) ?? 'text'
  const part = asRecord(message[type])
  const text = asText(part['body'] ?? part['caption']) ?? ''
  return [{ type: 'own_message', channelMessageId, to, text, at: readInstant(message['timestamp'], now) }]
}

/** A phone number's news names it; those of other numbers of the account are not for this sender. */
function isOfOther(value: Json, ownPhone: string | null): boolean {
  const named = asText(value['display_phone_number'] ?? value['phone_number'])
  return named !== null && ownPhone !== null && named.replace(/\D/g, '') !== ownPhone.replace(/\D/g, '')
}

/**
 * Reads one item that `splitWebhook` cut out. Pure; never throws, whatever the item is: what cannot be read says nothing.
 *
 * @param ownPhone The sender's number once known, to pass over news of other numbers of its account.
 */
export function readItem(given: unknown, ownPhone: string | null, now: Date): AccountNews {
  const item = asRecord(given)
  switch (item['kind']) {
    case 'status': {
      const receipt = readReceipt(asRecord(item['status']), now)
      return { events: receipt === null ? [] : [receipt] }
    }
    case 'message':
      return { events: readIncoming(asRecord(item['message']), asRecord(item['contact']), now) }
    case 'preference':
      return { events: readPreference(asRecord(item['preference']), now) }
    case 'echo':
      return { events: readEcho(asRecord(item['message']), now) }
    case 'error': {
      const code = asInteger(asRecord(item['error'])['code'])
      const at = readInstant(item['time'], now)
      return { events: [{ type: 'note', kind: 'service_error', detail: String(code ?? 'unknown'), at }] }
    }
    case 'account': {
      const value = asRecord(item['value'])
      if (isOfOther(value, ownPhone)) return { events: [] }
      return readAccountNews(asText(item['field']) ?? '', value, asText(item['time']), now)
    }
    default:
      return { events: [] }
  }
}
