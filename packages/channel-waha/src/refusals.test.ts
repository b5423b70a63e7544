import { refusalReasons } from '@siar/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRefusal, reasonOfServerCode } from './refusals.ts'

const gows = (message: string): object => ({
  statusCode: 500,
  timestamp: '2026-02-10T23:38:04.173Z',
  exception: { message: `2 UNKNOWN: ${message}`, code: 2, details: message, metadata: {}, name: 'Error' },
})
const webjs = (message: string): object => ({ statusCode: 500, exception: { message, name: 'Error' } })
const wrongStatus = {
  error: 'Session status is not as expected. Try again later or restart the session',
  session: 'a',
  status: 'STARTING',
  expected: ['WORKING'],
}

test.each([
  ['the reach-out time-lock', 500, gows('server returned error 463'), 'new_chats_locked', 'stop_new_chats'],
  ['too many at once', 500, gows('server returned error 429'), 'sender_too_fast', 'slow_sender'],
  ['too many look-ups', 500, webjs('rate-overlimit'), 'sender_too_fast', 'slow_sender'],
  ['a stuck engine', 500, gows('server returned error 400'), 'service_busy', 'retry_later'],
  [
    'an unexplained prohibition',
    500,
    gows('server returned error 403'),
    'spam_limited',
    'stop_campaign_on_sender',
  ],
  ['an invalid stanza', 500, gows('server returned error 479'), 'undeliverable', 'drop_recipient'],
  ['a busy server', 500, gows('server returned error 503'), 'service_busy', 'retry_later'],
  ['a signed-out session', 500, gows('server returned error 401'), 'sender_signed_out', 'stop_sender'],
  ['a code nobody knows', 500, gows('server returned error 499'), 'other', 'drop_recipient'],
  [
    'nobody behind the number, GOWS',
    500,
    gows('no LID found for 62812@s.whatsapp.net from server'),
    'not_on_whatsapp',
    'drop_recipient',
  ],
  ['nobody behind the number, WEBJS', 500, webjs('No LID for user'), 'not_on_whatsapp', 'drop_recipient'],
  ['a session that starts', 422, wrongStatus, 'not_connected', 'retry_later'],
  [
    'a session that failed',
    422,
    { statusCode: 422, message: 'The session under FAILED status. Please try to restart it.' },
    'not_connected',
    'retry_later',
  ],
  [
    'no such session',
    404,
    { statusCode: 404, message: "We didn't find a session with name 'a'." },
    'not_connected',
    'retry_later',
  ],
  ['a wrong key', 401, { message: 'Unauthorized', statusCode: 401 }, 'sender_signed_out', 'stop_sender'],
  [
    'a form it does not take',
    400,
    { message: ['chatId must be a string'], statusCode: 400 },
    'bad_request',
    'our_fault',
  ],
  ['a body too large', 413, { message: 'request entity too large' }, 'bad_request', 'our_fault'],
  [
    'a paid feature',
    422,
    { message: 'The feature is available only in Plus version' },
    'not_supported',
    'our_fault',
  ],
  ['a gateway that slows down', 429, null, 'service_busy', 'retry_later'],
  ['a redirect', 302, null, 'not_connected', 'retry_later'],
])('%s is refused with its reason and action', (_name, status, body, reason, action) => {
  expect(readRefusal(status, body)).toMatchObject({ kind: 'refused', reason })
  expect(refusalReasons[reason as keyof typeof refusalReasons].action).toBe(action)
})

test.each([
  ['a crashed page', 500, webjs('Protocol error (Runtime.callFunctionOn): Target closed.')],
  ['a page that was replaced', 500, webjs('Attempted to use detached Frame')],
  ['a gateway that gave up waiting', 504, null],
  ['a gateway without its server', 502, '<html>Bad Gateway</html>'],
  ['an unavailable server', 503, null],
  ['an unknown exception', 500, {}],
  ['a request time-out', 408, null],
])('after %s nobody knows whether the message went', (_name, status, body) => {
  expect(readRefusal(status, body)).toEqual({ kind: 'uncertain' })
})

test('the status of the session comes along where WAHA says it', () => {
  expect(readRefusal(422, wrongStatus)).toMatchObject({ sessionStatus: 'STARTING' })
})

test('whatever an answer holds, it is read as one of the closed reasons', () => {
  fc.assert(
    fc.property(fc.integer({ min: 300, max: 599 }), fc.jsonValue(), (status, body) => {
      const refusal = readRefusal(status, body)
      if (refusal.kind === 'refused') expect(refusalReasons).toHaveProperty(refusal.reason)
    }),
  )
  fc.assert(fc.property(fc.integer(), (code) => reasonOfServerCode(code) in refusalReasons))
})
