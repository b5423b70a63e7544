import { describe, expect, test } from 'vitest'
import { isPerson } from './visitor.ts'

const android =
  'Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36'
const visit = (headers: Record<string, string> = {}, method = 'GET') =>
  isPerson({ method, headers: { 'user-agent': android, ...headers } })

describe('a visit counts as a person', () => {
  test.each([
    android,
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (Linux; Android 12; CPH2127; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/124.0 Mobile Safari/537.36',
    'Mozilla/5.0 (Linux; U; Android 11; id-id; Redmi Note 8) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/89.0.4389.116 Mobile Safari/537.36 XiaoMi/MiuiBrowser/13.13.1',
    'Opera/9.80 (J2ME/MIDP; Opera Mini/7.1.32052/29.3638; U; en) Presto/2.8.119 Version/11.10',
  ])('in %s', (userAgent) => expect(visit({ 'user-agent': userAgent })).toBe(true))
})

describe('a visit counts nowhere', () => {
  test.each([
    'WhatsApp/2.23.20.0 A',
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    'TelegramBot (like TwitterBot)',
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/119.0.0.0 Safari/537.36',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) BarracudaCentral',
    'curl/8.1',
    'node',
    '',
    '   ',
  ])('by %s', (userAgent) => expect(visit({ 'user-agent': userAgent })).toBe(false))

  test('without a name, without the page, ahead of a tap, and by signed-in people of the shop', () => {
    expect(isPerson({ method: 'GET', headers: {} })).toBe(false)
    expect(visit({}, 'HEAD')).toBe(false)
    for (const header of ['sec-purpose', 'purpose', 'x-purpose', 'x-moz']) {
      expect(visit({ [header]: 'prefetch;prerender' })).toBe(false)
    }
    expect(visit({ cookie: 'a=1; siar.session_token=x' })).toBe(false)
    expect(visit({ cookie: '__Secure-siar.session_token=x' })).toBe(false)
    expect(visit({ cookie: 'theme=dark; notsiar.session_token=x' })).toBe(true)
  })
})
