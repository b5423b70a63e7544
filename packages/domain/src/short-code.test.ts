import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  exampleShortCode,
  formatShortCode,
  parseShortCode,
  shortCodeCheck,
  shortCodeLengthMax,
} from './short-code.ts'

const number = fc.oneof(fc.integer({ min: 1, max: 2 ** 31 - 1 }), fc.integer({ min: 1, max: 200 }))
const mac = fc.uint8Array({ minLength: 32, maxLength: 32 })

describe('a short code', () => {
  test('gives back the numbers and the check it was made of', () => {
    fc.assert(
      fc.property(number, number, mac, (target, sequence, bytes) => {
        const check = shortCodeCheck(bytes)
        const code = formatShortCode({ target, sequence }, check)
        expect(code.length).toBeLessThanOrEqual(shortCodeLengthMax)
        expect(parseShortCode(code)).toEqual({ target, sequence, check })
      }),
      { numRuns: 2000 },
    )
  })

  test('has one spelling: two different texts never mean the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'123456789ABCz'), maxLength: 20 }), (text) => {
        const parsed = parseShortCode(text)
        if (parsed) expect(formatShortCode(parsed, parsed.check)).toBe(text)
      }),
      { numRuns: 5000 },
    )
  })

  test('is read without trouble from any text at all', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => void parseShortCode(text)))
    for (const text of ['', '1', '111111111', '../../etc', 'javascript:', '1'.repeat(10_000), '0OIl0OIl0']) {
      expect(parseShortCode(text)).toBeNull()
    }
  })

  test('stays short: 12 signs for the three-thousandth link and a million people', () => {
    const check = shortCodeCheck(new Uint8Array(32).fill(255))
    expect(formatShortCode({ target: 57, sequence: 8 }, check)).toHaveLength(8)
    expect(formatShortCode({ target: 3_363, sequence: 30_000 }, check)).toHaveLength(11)
    expect(formatShortCode({ target: 3_363, sequence: 1_000_000 }, check)).toHaveLength(12)
    expect(formatShortCode({ target: 195_000, sequence: 1_000_000 }, check)).toHaveLength(13)
  })

  test('refuses numbers it cannot carry', () => {
    for (const bad of [0, -1, 1.5, Number.NaN, 2 ** 31]) {
      expect(() => formatShortCode({ target: bad, sequence: 1 }, '111111')).toThrow(RangeError)
      expect(() => formatShortCode({ target: 1, sequence: bad }, '111111')).toThrow(RangeError)
    }
  })

  test('is never the example that stands in for one', () => {
    expect(parseShortCode(exampleShortCode)).toBeNull()
  })
})
