import { expect, test } from 'vitest'
import { parseWahaSecrets, parseWahaSettings } from './settings.ts'

const read = (waha: unknown) => parseWahaSettings({ waha })

test.each([
  ['https://waha.example.com', 'https://waha.example.com'],
  ['http://192.168.1.7:3000/', 'http://192.168.1.7:3000'],
  [' https://example.com/tools/waha/ ', 'https://example.com/tools/waha'],
])('the address %s is taken, also inside the own network', (given, kept) => {
  expect(read({ baseUrl: given, session: 'toko_1' }).data).toEqual({
    baseUrl: kept,
    session: 'toko_1',
    whenClosed: 'keep_running',
  })
})

test.each([
  'waha.example.com',
  'ftp://example.com',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://user:secret@example.com',
  'https://example.com/?key=1',
  'https://example.com/#top',
  '',
  `https://example.com/${'a'.repeat(600)}`,
])('the address %s is refused', (baseUrl) => {
  expect(read({ baseUrl, session: 'a' }).success).toBe(false)
})

test.each(['', 'a b', '../x', 'a/b', 'x'.repeat(65)])('the session name "%s" is refused', (session) => {
  expect(read({ baseUrl: 'https://example.com', session }).success).toBe(false)
})

test('a key is needed, and one for webhooks only where somebody gives it', () => {
  expect(parseWahaSecrets({}).success).toBe(false)
  expect(parseWahaSecrets({ apiKey: 'k' }).data).toEqual({ apiKey: 'k' })
  expect(parseWahaSecrets({ apiKey: 'k', webhookKey: 'short' }).success).toBe(false)
  expect(parseWahaSettings({}).success).toBe(false)
})
