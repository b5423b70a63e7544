import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSeal, SealBroken } from './seal.ts'

const secret = 'a'.repeat(64)
const bytes = fc.uint8Array({ maxLength: 300 })

test('what is sealed opens again at its place and nowhere else', () => {
  const seal = createSeal(secret)
  fc.assert(
    fc.property(bytes, fc.string(), fc.string(), (plain, place, other) => {
      const sealed = seal.seal(plain, place)
      expect(Buffer.from(seal.open(sealed, place))).toEqual(Buffer.from(plain))
      if (other !== place) expect(() => seal.open(sealed, other)).toThrow(SealBroken)
    }),
  )
})

test('no byte of a sealed value can be changed or cut off without notice', () => {
  const seal = createSeal(secret)
  const sealed = seal.seal(Buffer.from('token'), 'here')
  for (let at = 0; at < sealed.byteLength; at += 1) {
    const changed = Uint8Array.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => seal.open(changed, 'here')).toThrow(SealBroken)
    expect(() => seal.open(sealed.subarray(0, at), 'here')).toThrow(SealBroken)
  }
})

test('the same value never looks the same twice', () => {
  const seal = createSeal(secret)
  expect(seal.seal(Buffer.from('x'), 'p')).not.toEqual(seal.seal(Buffer.from('x'), 'p'))
})

test('after the key was changed, old values open as long as the old key is named', () => {
  const sealed = createSeal(secret).seal(Buffer.from('token'), 'here')
  const rotated = createSeal('b'.repeat(64), [secret])
  expect(Buffer.from(rotated.open(sealed, 'here')).toString()).toBe('token')
  expect(rotated.isOld(sealed)).toBe(true)
  expect(rotated.isOld(rotated.seal(Buffer.from('token'), 'here'))).toBe(false)
  expect(() => createSeal('b'.repeat(64)).open(sealed, 'here')).toThrow(/not configured/)
})
