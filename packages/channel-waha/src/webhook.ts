import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { WebhookMalformed } from '@siar/channel'
import type { ChannelWebhook, WebhookItem } from '@siar/channel'
import { Envelope, readEvent } from './read-event.ts'
import { parseWahaSecrets, parseWahaSettings } from './settings.ts'
import type { WahaSecrets } from './settings.ts'

/** The events Siar asks for. `message.any` has what people write and what was written here, so `message` is not needed. */
export const webhookEvents = ['session.status', 'message.any', 'message.ack', 'state.change'] as const

/** The key WAHA signs webhooks with. Derived, so that nobody has to think of one; it does not reveal the API key. */
export function webhookKeyOf({ apiKey, webhookKey }: WahaSecrets): string {
  return webhookKey ?? createHmac('sha256', apiKey).update('siar webhooks').digest('hex')
}

function isSame(given: string, expected: Buffer): boolean {
  const bytes = Buffer.from(/^[0-9a-f]{128}$/i.test(given) ? given : '', 'hex')
  const padded = bytes.length === expected.length ? bytes : Buffer.alloc(expected.length)
  return timingSafeEqual(padded, expected) && bytes.length === expected.length
}

function parseJson(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody))
  } catch {
    throw new WebhookMalformed('not JSON')
  }
}

function keyOf({ id, event, session, payload }: Envelope): string {
  if (id !== undefined) return id
  return createHash('sha256')
    .update(JSON.stringify([session, event, payload]))
    .digest('hex')
}

/**
 * WAHA's webhooks: one event a body, signed with `X-Webhook-Hmac` (hex HMAC-SHA512 of the raw body). One address serves
 * all sessions, told apart by their name. A repetition has the same event id; versions without ids are told apart by
 * what they say.
 */
export function createWahaWebhook(now: () => Date): ChannelWebhook {
  return {
    accountsOf: (settings) => {
      const parsed = parseWahaSettings(settings)
      return parsed.success ? [parsed.data.session] : []
    },
    serverOf: (settings) => {
      const parsed = parseWahaSettings(settings)
      return parsed.success ? parsed.data.baseUrl : null
    },
    handshake: () => null,
    isAuthentic: (rawBody, headers, secrets) => {
      const parsed = parseWahaSecrets(secrets)
      const key = parsed.success ? webhookKeyOf(parsed.data) : ''
      const expected = createHmac('sha512', key).update(rawBody).digest()
      const isRight = isSame(headers['x-webhook-hmac'] ?? '', expected)
      const algorithm = headers['x-webhook-hmac-algorithm'] ?? 'sha512'
      return isRight && parsed.success && algorithm.toLowerCase() === 'sha512'
    },
    split: (rawBody): readonly WebhookItem[] => {
      const parsed = Envelope.safeParse(parseJson(rawBody))
      if (!parsed.success) throw new WebhookMalformed('no event of WAHA')
      const item = readEvent(parsed.data, now().getTime())
      return item === null ? [] : [{ account: parsed.data.session, key: keyOf(parsed.data), item }]
    },
  }
}
