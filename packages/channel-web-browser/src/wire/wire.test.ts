import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PageMessageEvent } from '../page/page-event.ts'
import type { SendAnswer } from '../page/send-action.ts'
import { addressOf, phoneOf, widOf } from './address.ts'
import { messageOf } from './incoming.ts'
import { messageIdOf, wireIdOf } from './message-id.ts'
import { receiptsOf } from './receipt.ts'
import { outcomeOf } from './send-outcome.ts'

const hexId = fc.stringMatching(/^[0-9a-f]{32}$/).map((hex) => `msg_${hex}`)

test('an id of ours comes back from the wire as it was; others stay foreign', () => {
  fc.assert(fc.property(hexId, (id) => messageIdOf(wireIdOf(id)) === id))
  expect(wireIdOf('msg_0123456789abcdef0123456789abcdef')).toBe('3EB00123456789ABCDEF0123456789ABCDEF')
  expect(messageIdOf('3EB0C431C26A1916E07E')).toBeNull()
  expect(messageIdOf('3AF2C431C26A1916E07E')).toBeNull()
  expect(() => wireIdOf('other')).toThrow(RangeError)
})

test('numbers and hidden ids go to the wire and back', () => {
  expect(widOf('+6281234567890')).toBe('6281234567890@c.us')
  expect(addressOf('6281234567890@c.us')).toBe('+6281234567890')
  expect(widOf('128394728374@lid')).toBe('128394728374@lid')
  expect(addressOf('128394728374@lid')).toBe('128394728374@lid')
  for (const wrong of ['', '0812345', '+0x12', '120363@g.us', 'status@broadcast'])
    expect(widOf(wrong)).toBeNull()
  expect(phoneOf('6281234567890:12@c.us')).toBe('+6281234567890')
  expect(phoneOf('128394728374@lid')).toBeNull()
})

const sent = (result: string | null, ack: number): SendAnswer => ({ kind: 'sent', ack, result })
const threw = (code: string, queued: boolean): SendAnswer => ({ kind: 'threw', code, queued })

test.each([
  ['the server took it', sent('OK', 1), { kind: 'accepted', channelMessageId: 'ID' }],
  ['an ack without a result', sent(null, 1), { kind: 'accepted' }],
  ['no ack', sent(null, 0), { kind: 'unknown', reason: 'no_ack' }],
  ['a network error, which WhatsApp Web repeats itself', sent('ERROR_NETWORK', 0), { kind: 'unknown' }],
  ['expired', sent('ERROR_EXPIRED', 0), { kind: 'unknown', reason: 'error_expired' }],
  ['cancelled', sent('ERROR_CANCELLED', 0), { kind: 'unknown' }],
  ['an upload that failed', sent('ERROR_UPLOAD', 0), { kind: 'refused', action: 'upload_again' }],
  ['refused without a reason', sent('ERROR_UNKNOWN', -1), { kind: 'refused', reason: 'other' }],
  ['an unknown end that is not a failure yet', sent('ERROR_UNKNOWN', 0), { kind: 'unknown' }],
  ['a result of a later build', sent('ERROR_NEW', 0), { kind: 'unknown', reason: 'error_new' }],
  ['an error before it was queued', threw('chat_not_found', false), { kind: 'not_sent' }],
  ['an error after it was queued', threw('TypeError', true), { kind: 'unknown', reason: 'page_failed' }],
  ['a file that is too large', threw('file_too_large', false), { kind: 'refused', action: 'our_fault' }],
] as const)('a send ends rightly: %s', (_name, answer, outcome) => {
  expect(outcomeOf(answer, 'ID')).toMatchObject(outcome)
})

test('acks become receipts of our messages only', () => {
  const at = new Date(0)
  const ours = wireIdOf('msg_0123456789abcdef0123456789abcdef')
  const kinds = [0, 1, 2, 3, 4, 5].map((ack) => receiptsOf(ack, [ours, '3AFFEE'], at).map(({ kind }) => kind))
  expect(kinds).toEqual([[], ['accepted'], ['delivered'], ['read'], ['read'], []])
  expect(receiptsOf(-1, [ours], at)).toMatchObject([
    { kind: 'refused', refusal: { reason: 'undeliverable', action: 'drop_recipient' } },
  ])
  expect(receiptsOf(-5, [ours], at)).toMatchObject([{ refusal: { action: 'upload_again' } }])
})

const event: PageMessageEvent = {
  kind: 'message',
  key: 'false_628@c.us_A',
  id: 'A',
  fromMe: false,
  chat: '6281234567890@c.us',
  phone: null,
  type: 'chat',
  body: 'Halo',
  caption: '',
  mimeType: null,
  fileName: null,
  name: 'Budi',
  at: 1_000,
  quoted: null,
  button: null,
  adId: null,
}

test('messages are read by who wrote them and what they are', () => {
  expect(messageOf(event)).toMatchObject({
    type: 'message',
    from: '+6281234567890',
    text: 'Halo',
    media: null,
    at: new Date(1_000_000),
  })
  const hidden = { ...event, chat: '55555@lid', phone: '6281234567890@c.us' }
  expect(messageOf(hidden)).toMatchObject({ from: '+6281234567890', aliases: ['55555@lid'] })
  expect(messageOf({ ...event, chat: '55555@lid' })).toMatchObject({ from: '55555@lid', aliases: [] })
  const image = { ...event, type: 'image', body: '/9j/preview', caption: 'bukti', mimeType: 'image/jpeg' }
  expect(messageOf(image)).toMatchObject({ text: 'bukti', media: { kind: 'image', ref: event.key } })
  expect(messageOf({ ...event, type: 'ptt', mimeType: 'audio/ogg' })).toMatchObject({
    media: { kind: 'audio' },
  })
  expect(messageOf({ ...event, type: 'buttons_response', button: 'b1' })).toMatchObject({
    button: { id: 'b1', title: 'Halo' },
  })
  expect(messageOf({ ...event, adId: 'ad1' })).toMatchObject({ referral: { kind: 'ad', sourceId: 'ad1' } })
  for (const type of ['ciphertext', 'e2e_notification', 'protocol', 'revoked', 'call_log', '']) {
    expect(messageOf({ ...event, type })).toBeNull()
  }
})

test('what the owner wrote on the phone is told, what we sent is not', () => {
  const own = { ...event, fromMe: true }
  expect(messageOf(own)).toMatchObject({ type: 'own_message', to: '+6281234567890', text: 'Halo' })
  expect(messageOf({ ...own, id: wireIdOf('msg_0123456789abcdef0123456789abcdef') })).toBeNull()
})
