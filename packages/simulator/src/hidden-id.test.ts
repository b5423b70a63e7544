import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hiddenIdOf, phoneOfHiddenId } from './hidden-id.ts'

const phone = fc.bigInt({ min: 1_000_000n, max: 999_999_999_999_999n }).map((number) => `+${number}`)

test('every number is found again from its hidden id', () => {
  fc.assert(fc.property(phone, (number) => phoneOfHiddenId(hiddenIdOf(number)) === number))
})

test('a hidden id looks like one and does not show the number', () => {
  expect(hiddenIdOf('+6281200000001')).toMatch(/^\d{15}@lid$/)
  expect(hiddenIdOf('+6281200000001')).not.toContain('81200000001')
})

test('what no number has leads nowhere', () => {
  for (const id of ['', '1@lid', '123456789012345', `${'9'.repeat(16)}@lid`]) {
    expect(phoneOfHiddenId(id)).toBeNull()
  }
})
