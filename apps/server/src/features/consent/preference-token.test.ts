import { newId } from '@siar/domain'
import type { ContactId, RunId } from '@siar/domain'
import fc from 'fast-check'
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createPreferenceTokens } from './preference-token.ts'

const secret = randomBytes(32).toString('hex')
const tokens = createPreferenceTokens(secret)
const contact = (): ContactId => newId('con', Date.now(), randomBytes(10))
const run = (): RunId => newId('run', Date.now(), randomBytes(10))

describe('a preference token', () => {
  test('gives back its person and run, and is the same each time', () => {
    for (const runId of [run(), null]) {
      const subject = { contactId: contact(), runId }
      const text = tokens.make(subject)
      expect(text).toMatch(/^[0-9a-z]{69}$/)
      expect(tokens.make(subject)).toBe(text)
      expect(tokens.read(text)).toEqual(subject)
    }
  })

  test('changed in any one digit is unknown', () => {
    const text = tokens.make({ contactId: contact(), runId: run() })
    fc.assert(
      fc.property(
        fc.nat(text.length - 1),
        fc.constantFrom(...'0123456789abcdefghijklmnopqrstuvwxyz'),
        (at, digit) => {
          const altered = text.slice(0, at) + digit + text.slice(at + 1)
          if (altered !== text) expect(tokens.read(altered)).toBeNull()
        },
      ),
      { numRuns: 500 },
    )
  })

  test('is never any other text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 90 }), (text) => {
        expect(tokens.read(text)).toBeNull()
      }),
    )
    expect(tokens.read('z'.repeat(69))).toBeNull()
    expect(tokens.read('0'.repeat(69))).toBeNull()
  })

  test('of another installation is unknown; one from before a change of the key still holds', () => {
    const subject = { contactId: contact(), runId: null }
    const other = createPreferenceTokens(randomBytes(32).toString('hex'))
    expect(other.read(tokens.make(subject))).toBeNull()
    const renewed = createPreferenceTokens(randomBytes(32).toString('hex'), [secret])
    expect(renewed.read(tokens.make(subject))).toEqual(subject)
    expect(renewed.make(subject)).not.toBe(tokens.make(subject))
  })
})
