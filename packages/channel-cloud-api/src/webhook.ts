import { createHmac, timingSafeEqual } from 'node:crypto'
import type { ChannelWebhook } from '@siar/channel'
import { parseCloudApiSettings } from './settings.ts'
import { splitWebhook } from './webhook-item.ts'

/** Equal texts, in the same time for every wrong one of the same length. */
function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.byteLength === right.byteLength && timingSafeEqual(left, right)
}

/** What Meta signs a body with: `X-Hub-Signature-256`. */
export function signatureOf(rawBody: Uint8Array, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(rawBody).digest('hex')}`
}

export const cloudApiWebhook: ChannelWebhook = {
  accountsOf: (settings) => {
    const parsed = parseCloudApiSettings(settings)
    return parsed.kind === 'valid' ? [parsed.value.phoneNumberId, parsed.value.wabaId] : []
  },
  handshake: (query, secrets) => {
    const token = secrets['verifyToken']
    if (query['hub.mode'] !== 'subscribe' || token === undefined || token === '') return null
    return isSame(query['hub.verify_token'] ?? '', token) ? (query['hub.challenge'] ?? null) : null
  },
  isAuthentic: (rawBody, headers, secrets) => {
    const secret = secrets['appSecret']
    const given = headers['x-hub-signature-256']
    if (secret === undefined || secret === '' || given === undefined) return false
    return isSame(given, signatureOf(rawBody, secret))
  },
  split: splitWebhook,
}
