import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ID_PATTERN, idCreatedAtMs, idPrefixes, isId, newId } from './ids.ts'

const random = fc.uint8Array({ minLength: 10, maxLength: 10 })
const instant = fc.integer({ min: 0, max: 2 ** 48 - 1 })

test('has the format that the database makes too', () => {
  const bytes = Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 7, 254, 255])
  expect(newId('con', 0x18c2_0000_00ff, bytes)).toBe('con_18c2000000ff0001020304050607feff')
  expect(ID_PATTERN('con').source).toBe('^con_[0-9a-f]{32}$')
})

test('is an id of its own kind only, and knows when it was made', () => {
  fc.assert(
    fc.property(instant, random, (atMs, bytes) => {
      const id = newId('cmp', atMs, bytes)
      expect(isId('cmp', id)).toBe(true)
      expect(isId('con', id)).toBe(false)
      expect(idCreatedAtMs(id)).toBe(atMs)
    }),
  )
})

test('sorts by time as text', () => {
  fc.assert(
    fc.property(instant, instant, random, random, (first, second, left, right) => {
      fc.pre(first < second)
      expect(newId('msg', first, left) < newId('msg', second, right)).toBe(true)
    }),
  )
})

test('refuses a time or a randomness out of bounds', () => {
  expect(() => newId('con', -1, new Uint8Array(10))).toThrow(RangeError)
  expect(() => newId('con', 1.5, new Uint8Array(10))).toThrow(RangeError)
  expect(() => newId('con', 2 ** 48, new Uint8Array(10))).toThrow(RangeError)
  expect(() => newId('con', 1, new Uint8Array(9))).toThrow(RangeError)
})

test('takes nothing else for an id', () => {
  for (const value of [null, 7, '', 'con_', 'con_xyz', `con_${'0'.repeat(31)}`, `con_${'0'.repeat(32)}\n`]) {
    expect(isId('con', value)).toBe(false)
  }
})

test('every prefix is two or three small letters', () => {
  for (const prefix of Object.keys(idPrefixes)) expect(prefix).toMatch(/^[a-z]{2,3}$/)
})
