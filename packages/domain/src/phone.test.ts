import fc from 'fast-check'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { describe, expect, test } from 'vitest'
import { badNumbers, goodNumbers } from './phone.fixtures.ts'
import { formatPhone, maskPhone, parsePhone, phoneProblems } from './phone.ts'

const digits = (min: number, max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((list) => list.join(''))

const indonesianMobile = fc
  .tuple(fc.constantFrom('1', '2', '3', '5', '6', '7', '8', '9'), digits(7, 10))
  .map(([second, rest]) => `8${second}${rest}`)

describe('parsePhone', () => {
  test.each(goodNumbers)('reads %j as %s', (raw, e164, kind) => {
    expect(parsePhone(raw)).toMatchObject({ ok: true, e164, kind })
  })

  test.each(badNumbers)('refuses %j because it is %s', (raw, reason) => {
    expect(parsePhone(raw)).toEqual({ ok: false, reason })
  })

  test('gives every way of writing one number the same E.164, so duplicates are found', () => {
    const separator = fc.constantFrom('', ' ', '-', '.', '\u00a0', ' - ', '\u2011')
    const prefix = fc.constantFrom('+62', '62', '0', '', "'62", '+62 (0)', '(+62)', '0062', '\u202a+62')
    fc.assert(
      fc.property(
        indonesianMobile,
        prefix,
        fc.array(separator, { minLength: 13, maxLength: 13 }),
        (number, start, gaps) => {
          const spaced = [...number].map((digit, index) => digit + (gaps[index] ?? '')).join('')
          expect(parsePhone(start + spaced)).toEqual({
            ok: true,
            e164: `+62${number}`,
            country: 'ID',
            kind: 'mobile',
          })
        },
      ),
    )
  })

  test('agrees with the numbering plan wherever it takes its own short way', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('+62', '0', ''),
        fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 15 }),
        (start, rest) => {
          const raw = `${start}8${rest}`
          const expected = parsePhoneNumberFromString(raw, { defaultCountry: 'ID', extract: false })
          const parsed = parsePhone(raw)
          expect(parsed.ok ? parsed.e164 : null).toBe(expected?.isValid() ? expected.number : null)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('answers any text with a number or a known reason, and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom(...'0+68 -().e') }),
        ),
        (raw) => {
          const parsed = parsePhone(raw)
          if (parsed.ok) expect(parsed.e164).toMatch(/^\+[1-9]\d{6,14}$/)
          else expect(phoneProblems).toHaveProperty(parsed.reason)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('reads its own result back unchanged', () => {
    for (const [, e164] of goodNumbers) expect(parsePhone(e164)).toMatchObject({ ok: true, e164 })
  })

  test('reads a national number in the default country it is given', () => {
    expect(parsePhone('8123 4567', 'SG')).toMatchObject({ ok: true, e164: '+6581234567', country: 'SG' })
    expect(parsePhone('081281590830', 'SG')).toMatchObject({ ok: false })
    expect(parsePhone('081281590830', 'nowhere')).toMatchObject({ ok: false })
    expect(parsePhone('+6281281590830', 'nowhere')).toMatchObject({ ok: true, country: 'ID' })
  })

  test('refuses a very long text without reading it', () => {
    expect(parsePhone('0'.repeat(1_000_000))).toEqual({ ok: false, reason: 'too_long' })
  })
})

test('formatPhone writes a number for people and gives back what it cannot read', () => {
  expect(formatPhone('+6581234567')).toBe('+65 8123 4567')
  expect(formatPhone('lid:123')).toBe('lid:123')
})

test('maskPhone never shows more than the ends, whatever the length', () => {
  expect(maskPhone('+6281281590830')).toBe('+6281••••••830')
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), (address) => {
      const masked = maskPhone(address)
      expect(masked).toHaveLength(address.length)
      expect([...masked].filter((sign) => sign === '•').length).toBeGreaterThanOrEqual(
        Math.min(4, address.length),
      )
    }),
  )
})
