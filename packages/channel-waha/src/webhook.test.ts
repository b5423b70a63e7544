import { createHmac } from 'node:crypto'
import { WebhookMalformed } from '@siar/channel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createWahaWebhook, webhookKeyOf } from './webhook.ts'

const nowMs = Date.parse('2026-11-20T03:00:00Z')
const webhook = createWahaWebhook(() => new Date(nowMs))
const bytes = (value: unknown): Buffer =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))

describe('signature', () => {
  /** The example of waha.devlike.pro/docs/how-to/events. */
  const body = bytes('{"event":"message","session":"default","engine":"WEBJS"}')
  const signature =
    '208f8a55dde9e05519e898b10b89bf0d0b3b0fdf11fdbf09b6b90476301b98d8097c462b2b17a6ce93b6b47a136cf2e78a33a63f6752c2c1631777076153fa89'
  const secrets = { apiKey: 'k', webhookKey: 'my-secret-key-16' }
  const own = createHmac('sha512', secrets.webhookKey).update(body).digest('hex')
  const isTaken = (headers: Record<string, string>, raw = body, given: Record<string, string> = secrets) =>
    webhook.isAuthentic(raw, headers, given)

  test('is HMAC-SHA512 of the raw body, as the vendor shows it', () => {
    expect(createHmac('sha512', 'my-secret-key').update(body).digest('hex')).toBe(signature)
    expect(isTaken({ 'x-webhook-hmac': own, 'x-webhook-hmac-algorithm': 'sha512' })).toBe(true)
    expect(isTaken({ 'x-webhook-hmac': own.toUpperCase() })).toBe(true)
  })

  test('of another key, body, algorithm or length is refused', () => {
    expect(isTaken({ 'x-webhook-hmac': signature })).toBe(false)
    expect(isTaken({ 'x-webhook-hmac': own }, bytes('{"event":"message","session":"default"}'))).toBe(false)
    expect(isTaken({ 'x-webhook-hmac': own }, body, { apiKey: 'k' })).toBe(false)
    expect(isTaken({ 'x-webhook-hmac': own }, body, {})).toBe(false)
    expect(isTaken({ 'x-webhook-hmac': own, 'x-webhook-hmac-algorithm': 'md5' })).toBe(false)
    for (const cut of ['', own.slice(1), `${own}00`, own.slice(0, 64), 'zz'.repeat(64)]) {
      expect(isTaken({ 'x-webhook-hmac': cut })).toBe(false)
    }
    expect(isTaken({})).toBe(false)
  })

  test('uses a key derived from the API key, which it does not show', () => {
    const derived = webhookKeyOf({ apiKey: 'k' })
    expect(derived).toMatch(/^[0-9a-f]{64}$/)
    expect(webhookKeyOf({ apiKey: 'other' })).not.toBe(derived)
    const signed = createHmac('sha512', derived).update(body).digest('hex')
    expect(isTaken({ 'x-webhook-hmac': signed }, body, { apiKey: 'k' })).toBe(true)
  })
})

describe('items', () => {
  const message = {
    id: 'false_6281200000001@c.us_3EB0AA',
    timestamp: 1_790_000_000,
    from: '6281200000001@c.us',
    fromMe: false,
    body: 'Halo',
    hasMedia: false,
  }
  const envelope = { event: 'message.any', session: 'toko', payload: message }
  const split = (value: unknown) => webhook.split(bytes(value))

  test('belong to the session they name, one address for all', () => {
    expect(split({ ...envelope, session: 'a' })[0]?.account).toBe('a')
    expect(split({ ...envelope, session: 'b' })[0]?.account).toBe('b')
    const settings = { waha: { baseUrl: 'https://example.com', session: 'a' } }
    expect(webhook.accountsOf(settings)).toEqual(['a'])
    expect(webhook.accountsOf({})).toEqual([])
    expect(webhook.serverOf?.(settings)).toBe('https://example.com')
    expect(webhook.serverOf?.({})).toBeNull()
  })

  test('have one key for a repetition, by the id of the event or by what it says', () => {
    const first = { ...envelope, id: 'evt_1', timestamp: nowMs }
    expect(split(first)[0]?.key).toBe('evt_1')
    expect(split(envelope)[0]?.key).toBe(split(envelope)[0]?.key)
    expect(split(envelope)[0]?.key).not.toBe(split({ ...envelope, session: 'b' })[0]?.key)
    const ack = (level: number) => ({ event: 'message.ack', session: 'a', payload: { id: 'x', ack: level } })
    expect(split(ack(2))[0]?.key).not.toBe(split(ack(3))[0]?.key)
    expect(split(ack(2))[0]?.key.length).toBeLessThanOrEqual(200)
  })

  test('hold what is used and nothing of the engine', () => {
    const [item] = split({
      ...envelope,
      payload: { ...message, _data: { pushName: 'Sari', thumbnail: 'x'.repeat(9_000) } },
    })
    expect(item?.item).toMatchObject({ kind: 'message', name: 'Sari', text: 'Halo', atMs: 1_790_000_000_000 })
    expect(JSON.stringify(item).length).toBeLessThan(700)
  })

  test.each([
    ['NOWEB', { key: { remoteJidAlt: '6281200000001@s.whatsapp.net' }, pushName: 'Sari' }],
    ['WEBJS', { notifyName: 'Sari' }],
    ['GOWS', { Info: { PushName: 'Sari', SenderAlt: '6281200000001@s.whatsapp.net' } }],
  ])('take the name from where %s keeps it', (_engine, _data) => {
    expect(split({ ...envelope, payload: { ...message, _data } })[0]?.item).toMatchObject({ name: 'Sari' })
  })

  test.each([
    ['NOWEB', 401, 'logged_out'],
    ['NOWEB', 403, 'banned'],
    ['NOWEB', 440, 'replaced'],
  ])('tell why %s closed with %i', (_engine, statusCode, cause) => {
    const payload = { connection: 'close', lastDisconnect: { error: { output: { statusCode } } } }
    expect(split({ event: 'state.change', session: 'a', payload })[0]?.item).toMatchObject({
      kind: 'cause',
      cause,
    })
  })

  test.each([
    ['TOS_BLOCK', 'banned'],
    ['SMB_TOS_BLOCK', 'banned'],
    ['UNPAIRED', 'logged_out'],
    ['CONFLICT', 'replaced'],
  ])('tell what the state %s of WEBJS means', (payload, cause) => {
    expect(split({ event: 'state.change', session: 'a', payload })[0]?.item).toMatchObject({ cause })
  })

  test('of a passing state or of events nobody asked for are none', () => {
    for (const payload of ['OPENING', 'CONNECTED', { connection: 'open' }, null, 7]) {
      expect(split({ event: 'state.change', session: 'a', payload })).toEqual([])
    }
    expect(split({ event: 'presence.update', session: 'a', payload: {} })).toEqual([])
  })

  test('name files by their path on WAHA only', () => {
    const path = (url: unknown): unknown =>
      (
        split({
          ...envelope,
          payload: { ...message, hasMedia: true, media: { url, mimetype: 'image/jpeg' } },
        })[0]?.item as { media: { path: unknown } }
      ).media.path
    expect(path('http://localhost:3000/api/files/toko/a.jpeg')).toBe('/api/files/toko/a.jpeg')
    expect(path('https://evil.example/x/api/files/a.jpeg')).toBe('/api/files/a.jpeg')
    expect(path('http://169.254.169.254/latest/meta-data')).toBeNull()
    expect(path('not a url')).toBeNull()
    expect(path(null)).toBeNull()
  })

  test('come from hostile bodies as nothing, or not at all, and never as another error', () => {
    const event = fc.constantFrom(
      'message',
      'message.any',
      'message.ack',
      'session.status',
      'state.change',
      'x',
    )
    const bodies = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .record({ event, session: fc.string(), payload: fc.jsonValue() })
        .map((value) => JSON.stringify(value)),
      fc
        .record({
          event,
          session: fc.constant('a'),
          payload: fc.record({
            id: fc.string(),
            from: fc.string(),
            ack: fc.integer(),
            timestamp: fc.double(),
            media: fc.jsonValue(),
            _data: fc.jsonValue(),
          }),
        })
        .map((value) => JSON.stringify(value)),
    )
    fc.assert(
      fc.property(bodies, (body) => {
        try {
          for (const { account, key, item } of webhook.split(bytes(body))) {
            expect(account.length).toBeGreaterThan(0)
            expect(key.length).toBeLessThanOrEqual(200)
            expect(JSON.parse(JSON.stringify(item))).toEqual(item)
          }
        } catch (error) {
          expect(error).toBeInstanceOf(WebhookMalformed)
        }
      }),
    )
  })

  test('are refused when the body is cut off or not text', () => {
    const whole = bytes(envelope)
    for (const length of [0, 1, 10, whole.length - 1]) {
      expect(() => webhook.split(whole.subarray(0, length))).toThrow(WebhookMalformed)
    }
    expect(() => webhook.split(new Uint8Array([0xff, 0xfe, 0x00]))).toThrow(WebhookMalformed)
  })
})
