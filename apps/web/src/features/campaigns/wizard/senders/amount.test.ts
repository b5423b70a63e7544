import fc from 'fast-check'
import { expect, test } from 'vitest'
import { amountMinorMax, amountOf, amountText } from './amount.ts'

const languages = fc.constantFrom('id-ID', 'en-GB')
const currencies = fc.constantFrom('IDR', 'USD')

test('what a field shows is read back as the same amount, in both languages and currencies', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: amountMinorMax }),
      currencies,
      languages,
      (amount, currency, locale) => {
        expect(amountOf(amountText(amount, currency, locale), currency, locale)).toBe(amount)
      },
    ),
  )
})

test('no text is read as anything but an amount within bounds', () => {
  fc.assert(
    fc.property(fc.string(), currencies, languages, (text, currency, locale) => {
      const amount = amountOf(text, currency, locale)
      if (amount !== null) expect(amount).toSatisfy((value: number) => Number.isInteger(value) && value >= 0)
    }),
  )
})

test('amounts are read as people type them', () => {
  expect(amountOf('Rp 50.000', 'IDR', 'id-ID')).toBe(50_000)
  expect(amountOf('50000', 'IDR', 'en-GB')).toBe(50_000)
  expect(amountOf('12,5', 'USD', 'id-ID')).toBe(1250)
  expect(amountOf('12.50', 'USD', 'en-GB')).toBe(1250)
  expect(amountOf('-5', 'IDR', 'id-ID')).toBeNull()
  expect(amountOf('12,505', 'USD', 'id-ID')).toBeNull()
  expect(amountOf('', 'IDR', 'id-ID')).toBeNull()
})
