import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WebhookMalformed } from '@siar/channel'
import { cloudApiWebhook, signatureOf } from './webhook.ts'
import { readItem } from './webhook-events.ts'

const secrets = { appSecret: '0123456789abcdef0123456789abcdef', verifyToken: 'verify-me' }
const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))

const bodyOf = (...entry: unknown[]): Buffer => bytes({ object: 'whatsapp_business_account', entry })

function statusEntry(wabaId: string, numberId: string, ids: readonly string[]): unknown {
  const metadata = { display_phone_number: '62895', phone_number_id: numberId }
  const statuses = ids.map((id) => ({ id, status: 'sent', timestamp: '1760000000', recipient_id: '62812' }))
  return {
    id: wabaId,
    changes: [{ field: 'messages', value: { messaging_product: 'whatsapp', metadata, statuses } }],
  }
}

describe('webhooks of Cloud API', () => {
  test('a handshake is answered with its challenge only for the right token', () => {
    const query = { 'hub.mode': 'subscribe', 'hub.verify_token': 'verify-me', 'hub.challenge': '1158201444' }
    expect(cloudApiWebhook.handshake(query, secrets)).toBe('1158201444')
    expect(cloudApiWebhook.handshake({ ...query, 'hub.verify_token': 'verify-mf' }, secrets)).toBeNull()
    expect(cloudApiWebhook.handshake({ ...query, 'hub.mode': 'unsubscribe' }, secrets)).toBeNull()
    expect(cloudApiWebhook.handshake({}, secrets)).toBeNull()
    expect(cloudApiWebhook.handshake({ ...query, 'hub.verify_token': '' }, { verifyToken: '' })).toBeNull()
  })

  test('only the app secret over the very bytes makes a signature right', () => {
    const body = bodyOf(statusEntry('500', '100', ['wamid.a']))
    const headers = { 'x-hub-signature-256': signatureOf(body, secrets.appSecret) }
    expect(cloudApiWebhook.isAuthentic(body, headers, secrets)).toBe(true)
    expect(cloudApiWebhook.isAuthentic(body.subarray(1), headers, secrets)).toBe(false)
    expect(cloudApiWebhook.isAuthentic(body, headers, { appSecret: 'f'.repeat(32) })).toBe(false)
    expect(cloudApiWebhook.isAuthentic(body, {}, secrets)).toBe(false)
    expect(cloudApiWebhook.isAuthentic(body, { 'x-hub-signature-256': 'sha256=' }, secrets)).toBe(false)
    expect(cloudApiWebhook.isAuthentic(body, headers, {})).toBe(false)
  })

  test('a body with several businesses is cut for each number', () => {
    const items = cloudApiWebhook.split(
      bodyOf(statusEntry('500', '100', ['wamid.a', 'wamid.b']), statusEntry('501', '101', ['wamid.c']), {
        id: '501',
        changes: [{ field: 'account_update', value: { event: 'ACCOUNT_VIOLATION' } }],
      }),
    )
    expect(items.map(({ account, key }) => [account, key.slice(0, 14)])).toEqual([
      ['100', 's:wamid.a:sent'],
      ['100', 's:wamid.b:sent'],
      ['101', 's:wamid.c:sent'],
      ['501', expect.stringMatching(/^a:/)],
    ])
  })

  test('a repetition has the same keys, and another status of the message another one', () => {
    const keysOf = (status: string): string[] =>
      cloudApiWebhook
        .split(
          Buffer.from(
            String(bodyOf(statusEntry('500', '100', ['wamid.a']))).replace('"sent"', `"${status}"`),
          ),
        )
        .map(({ key }) => key)
    expect(keysOf('sent')).toEqual(keysOf('sent'))
    expect(keysOf('sent')).not.toEqual(keysOf('read'))
  })

  test('the id of a template keeps all its digits', () => {
    const value = '{"message_template_id":12345678901234567,"event":"APPROVED"}'
    const body = `{"object":"whatsapp_business_account","entry":[{"id":"500","changes":[{"field":"x","value":${value}}]}]}`
    const [item] = cloudApiWebhook.split(Buffer.from(body))
    expect(item?.item).toMatchObject({ value: { message_template_id: '12345678901234567' } })
  })

  test('keys stay within their bound however long the ids are', () => {
    const [item] = cloudApiWebhook.split(bodyOf(statusEntry('500', '100', [`wamid.${'x'.repeat(5_000)}`])))
    expect(item?.key.length).toBeLessThanOrEqual(200)
  })

  test('a foreign or truncated body is malformed, and is never quoted', () => {
    const body = bodyOf(statusEntry('500', '100', ['wamid.secret']))
    for (const wrong of [
      body.subarray(0, -3),
      bytes([]),
      bytes({ object: 'page', entry: [] }),
      Buffer.alloc(0),
    ]) {
      expect(() => cloudApiWebhook.split(wrong)).toThrow(WebhookMalformed)
    }
    expect(() => cloudApiWebhook.split(body.subarray(0, -3))).not.toThrow(/secret/)
  })

  test('whatever comes, a body is cut or malformed, and an item never throws', () => {
    const anything = fc.jsonValue({ maxDepth: 5 })
    const change = fc.record({
      field: fc.oneof(fc.constantFrom('messages', 'user_preferences', 'account_update', 'x'), anything),
      value: fc.oneof(
        anything,
        fc.dictionary(
          fc.constantFrom('statuses', 'messages', 'contacts', 'errors', 'metadata', 'event'),
          anything,
        ),
      ),
    })
    const entry = fc.record({
      id: fc.oneof(fc.string(), anything),
      changes: fc.oneof(fc.array(change), anything),
    })
    const body = fc.record({
      object: fc.constant('whatsapp_business_account'),
      entry: fc.oneof(fc.array(entry), anything),
    })
    fc.assert(
      fc.property(fc.oneof(body, anything), (given) => {
        let items: readonly { item: unknown }[] = []
        try {
          items = cloudApiWebhook.split(bytes(given))
        } catch (error) {
          expect(error).toBeInstanceOf(WebhookMalformed)
        }
        for (const { item } of items) readItem(item, null, new Date())
        readItem(given, '+62812', new Date())
      }),
    )
  })

  test('its names are those of the number and of its account', () => {
    const settings = { cloud_api: { phoneNumberId: '100000', wabaId: '500000' } }
    expect(cloudApiWebhook.accountsOf(settings)).toEqual(['100000', '500000'])
    expect(cloudApiWebhook.accountsOf({})).toEqual([])
  })
})
