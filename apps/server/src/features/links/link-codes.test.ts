import fc from 'fast-check'
import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createLinkCodes } from './link-codes.ts'
import { quickHmac } from './quick-hmac.ts'

const secret = 'a'.repeat(64)
const codes = createLinkCodes(secret)
const number = fc.integer({ min: 1, max: 2 ** 31 - 1 })
const digits = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

describe('the code of a tracked link', () => {
  test('is the same each time, and proves itself for its run', () => {
    fc.assert(
      fc.property(fc.string(), number, number, (runId, target, sequence) => {
        const made = codes.make(runId, { target, sequence })
        expect(createLinkCodes(secret).make(runId, { target, sequence })).toBe(made)
        const read = codes.read(made)
        expect(read && codes.proves(runId, read)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('proves nothing for another run, of another installation, or with one sign changed', () => {
    const stranger = createLinkCodes('b'.repeat(64))
    fc.assert(
      fc.property(number, number, fc.nat(), fc.constantFrom(...digits), (target, sequence, at, digit) => {
        const made = codes.make('run_1', { target, sequence })
        const place = at % made.length
        const altered = made.slice(0, place) + digit + made.slice(place + 1)
        const read = codes.read(altered)
        expect(read !== null && codes.proves('run_1', read)).toBe(altered === made)
        const own = codes.read(made)
        expect(own && codes.proves('run_2', own)).toBe(false)
        expect(own && stranger.proves('run_1', own)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })
})

test('the quick HMAC is the one of the standard, for any key and text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.string({ unit: 'binary' }), (key, text) => {
      expect(quickHmac(key)(text)).toEqual(createHmac('sha256', key).update(text).digest())
    }),
  )
  expect(() => quickHmac(new Uint8Array(65))).toThrow(RangeError)
})
