import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePageEvent } from './page-event.ts'

const message = {
  kind: 'message',
  key: 'false_628@c.us_A',
  id: 'A',
  fromMe: false,
  chat: '6281234567890@c.us',
  type: 'chat',
  body: 'Halo',
  at: 1_000,
}

test('what the page tells is read when it has the shape, with what is missing as null', () => {
  expect(parsePageEvent(JSON.stringify(message))).toMatchObject({ body: 'Halo', caption: '', phone: null })
  expect(parsePageEvent('{"kind":"acks","ack":3,"ids":["A"]}')).toEqual({ kind: 'acks', ack: 3, ids: ['A'] })
})

test.each([
  ['not a text', { kind: 'attached' }],
  ['not JSON', '{'],
  ['an unknown kind', '{"kind":"credentials"}'],
  ['a group', JSON.stringify({ ...message, chat: '120363@g.us' })],
  ['a number as a text', JSON.stringify({ ...message, at: 'now' })],
  ['a receipt of no number', '{"kind":"acks","ack":"3","ids":["A"]}'],
  ['too many ids', JSON.stringify({ kind: 'acks', ack: 1, ids: Array.from({ length: 2_001 }, () => 'A') })],
  ['a code with markup', '{"kind":"link_code","code":"<b>12345678</b>"}'],
  ['too long', JSON.stringify({ ...message, body: 'x'.repeat(600_000) })],
])('a foreign page is not believed: %s', (_name, raw) => {
  expect(parsePageEvent(raw)).toBeNull()
})

test('no input makes it throw, and no text gets longer than it may', () => {
  fc.assert(
    fc.property(fc.anything(), (raw) => {
      parsePageEvent(raw)
      parsePageEvent(JSON.stringify(raw))
    }),
  )
  const long = parsePageEvent(JSON.stringify({ ...message, body: 'x'.repeat(100_000) }))
  expect(long?.kind === 'message' && long.body.length).toBe(70_000)
})
