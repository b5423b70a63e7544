import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { classifyKeyword, normaliseKeyword, optInKeywords, optOutKeywords } from './keywords.ts'

describe('classifyKeyword', () => {
  test.each([
    'STOP',
    'stop',
    ' Stop. ',
    '*STOP*!!',
    'STOP 🙏',
    '“berhenti”',
    'BERHENTI',
    'Unsubscribe',
    'unsub',
    'STOP PROMO',
    'stop\u00a0promo',
    'st\u200bop',
    'ＳＴＯＰ',
    'Tolong stop ya kak',
    'please stop',
    'STOP STOP STOP',
    'Jangan kirim lagi.',
  ])('%j opts out', (message) => {
    expect(classifyKeyword(message)).toBe('opt_out')
  })

  test.each(['START', 'mulai', 'Daftar!', 'MULAI 😀', 'subscribe', 'start ya min'])(
    '%j opts in',
    (message) => {
      expect(classifyKeyword(message)).toBe('opt_in')
    },
  )

  test.each([
    '',
    ' ',
    '🙏',
    'jangan stop',
    'bus stop',
    'stopper',
    'Apakah stok masih ada?',
    'kapan mulai promo',
    'ya kak',
    'non stop',
    'stop '.repeat(50),
  ])('%j is neither', (message) => {
    expect(classifyKeyword(message)).toBeNull()
  })

  test('takes the workspace’s own keywords, and an opt-out wins', () => {
    expect(classifyKeyword('Cukup!', { optOut: ['CUKUP'] })).toBe('opt_out')
    expect(classifyKeyword('IKUT', { optIn: ['ikut'] })).toBe('opt_in')
    expect(classifyKeyword('start', { optOut: ['start'] })).toBe('opt_out')
  })

  test('knows every keyword in any case and dressing', () => {
    const dressing = fc.constantFrom('', ' ', '!', '🙏', '*', '…', '\n')
    fc.assert(
      fc.property(fc.constantFrom(...optOutKeywords), dressing, dressing, (keyword, before, after) => {
        expect(classifyKeyword(before + keyword.toUpperCase() + after)).toBe('opt_out')
      }),
    )
  })

  test('the two lists share no word and are written as they are compared', () => {
    for (const keyword of [...optOutKeywords, ...optInKeywords])
      expect(normaliseKeyword(keyword)).toBe(keyword)
    expect(
      optInKeywords.filter((keyword) => (optOutKeywords as readonly string[]).includes(keyword)),
    ).toEqual([])
  })

  test('answers any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect([null, 'opt_in', 'opt_out']).toContain(classifyKeyword(text))
      }),
    )
  })
})
