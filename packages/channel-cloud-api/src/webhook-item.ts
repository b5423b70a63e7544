import { createHash } from 'node:crypto'
import type { WebhookItem } from '@siar/channel'
import { WebhookMalformed } from '@siar/channel'
import { asList, asRecord, asText, parseJson } from './json.ts'
import type { Json } from './json.ts'

/** One thing of a webhook, as the server keeps it: plain JSON. */
export type CloudApiItem =
  | { readonly kind: 'status'; readonly status: Json }
  | { readonly kind: 'message'; readonly message: Json; readonly contact: Json }
  | { readonly kind: 'error'; readonly error: Json; readonly time: string | null }
  | { readonly kind: 'preference'; readonly preference: Json }
  | { readonly kind: 'echo'; readonly message: Json }
  | { readonly kind: 'account'; readonly field: string; readonly value: Json; readonly time: string | null }

const keyMax = 200

function fingerprintOf(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/** A key of readable parts; of their hash when one is missing or they are too long for a key. */
function keyOf(prefix: string, parts: readonly (string | null)[], whole: unknown): string {
  if (parts.every((part) => part !== null)) {
    const key = [prefix, ...parts].join(':')
    if (key.length <= keyMax) return key
  }
  return `${prefix}:${fingerprintOf(whole)}`
}

interface Change {
  readonly account: string
  readonly field: string
  readonly value: Json
  readonly time: string | null
}

function statusItem({ account }: Change, given: unknown): WebhookItem {
  const status = asRecord(given)
  const item: CloudApiItem = { kind: 'status', status }
  const key = keyOf('s', [asText(status['id']), asText(status['status'])], status)
  return { account, key, item, anyOrder: true }
}

function contactOf(contacts: readonly unknown[], message: Json): Json {
  const from = message['from'] ?? message['from_user_id']
  const known = contacts.map(asRecord)
  return known.find((contact) => contact['wa_id'] === from || contact['user_id'] === from) ?? known[0] ?? {}
}

function messageItems(change: Change): WebhookItem[] {
  const { account, value, time } = change
  const contacts = asList(value['contacts'])
  const messages = asList(value['messages']).map((given) => {
    const message = asRecord(given)
    const item: CloudApiItem = { kind: 'message', message, contact: contactOf(contacts, message) }
    return { account, key: keyOf('m', [asText(message['id'])], message), item }
  })
  const errors = asList(value['errors']).map((given) => {
    const item: CloudApiItem = { kind: 'error', error: asRecord(given), time }
    return { account, key: keyOf('e', [null], item), item }
  })
  return [...asList(value['statuses']).map((given) => statusItem(change, given)), ...messages, ...errors]
}

function preferenceItems({ account, value }: Change): WebhookItem[] {
  return asList(value['user_preferences']).map((given) => {
    const item: CloudApiItem = { kind: 'preference', preference: asRecord(given) }
    return { account, key: keyOf('p', [null], item), item }
  })
}

function echoItems({ account, value }: Change): WebhookItem[] {
  return asList(value['message_echoes']).map((given) => {
    const message = asRecord(given)
    const item: CloudApiItem = { kind: 'echo', message }
    return { account, key: keyOf('o', [asText(message['id'])], message), item }
  })
}

function itemsOf(change: Change): WebhookItem[] {
  const { account, field, value, time } = change
  switch (field) {
    case 'messages':
      return messageItems(change)
    case 'user_preferences':
      return preferenceItems(change)
    case 'smb_message_echoes':
      return echoItems(change)
    default: {
      const item: CloudApiItem = { kind: 'account', field, value, time }
      return [{ account, key: keyOf('a', [null], [field, value, time]), item }]
    }
  }
}

function changesOf(entry: Json): Change[] {
  const wabaId = asText(entry['id'])
  if (wabaId === null || !Array.isArray(entry['changes']))
    throw new WebhookMalformed('An entry is incomplete')
  return entry['changes'].map((given) => {
    const change = asRecord(given)
    const field = asText(change['field'])
    if (field === null) throw new WebhookMalformed('A change has no field')
    const value = asRecord(change['value'])
    const account = asText(asRecord(value['metadata'])['phone_number_id']) ?? wabaId
    return { account, field, value, time: asText(entry['time']) }
  })
}

const longId = /("message_template_id"\s*:\s*)(\d{16,})/g

/** Ids of templates come as numbers that may have more digits than a number keeps. */
function parseBody(rawBody: Uint8Array): unknown {
  const text = Buffer.from(rawBody.buffer, rawBody.byteOffset, rawBody.byteLength)
  if (!text.includes('message_template_id')) return parseJson(rawBody)
  return parseJson(Buffer.from(text.toString('utf8').replace(longId, '$1"$2"')))
}

/**
 * Cuts a body into its things; several businesses may stand in one. What names a phone number goes to that number, the
 * rest to its account. Pure.
 */
export function splitWebhook(rawBody: Uint8Array): readonly WebhookItem[] {
  const body = asRecord(parseBody(rawBody))
  if (body['object'] !== 'whatsapp_business_account' || !Array.isArray(body['entry'])) {
    throw new WebhookMalformed('Not a webhook of a WhatsApp Business account')
  }
  return body['entry'].flatMap((entry) => changesOf(asRecord(entry)).flatMap(itemsOf))
}
