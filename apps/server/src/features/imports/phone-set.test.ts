import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PhoneSet } from './phone-set.ts'

test('knows a number exactly from its second time on, among any others', () => {
  const number = fc.oneof(
    fc.integer({ min: 6_281_200_000_000, max: 6_281_200_003_000 }),
    fc.integer({ min: 1_000_000, max: 999_999_999_999_999 }),
  )
  fc.assert(
    fc.property(fc.array(number, { maxLength: 3000 }), (numbers) => {
      const set = new PhoneSet()
      const known = new Set<number>()
      for (const value of numbers) {
        expect(set.add(`+${value}`)).toBe(!known.has(value))
        known.add(value)
      }
    }),
    { numRuns: 30 },
  )
})
