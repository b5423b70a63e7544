import { expect, test } from 'vitest'
import { moneyText, readMoney } from './money-text.ts'

test.each([
  ['2.50', 'USD', 250],
  ['2,5', 'USD', 250],
  [' 3 ', 'USD', 300],
  ['40000', 'IDR', 40_000],
  ['40.000', 'IDR', 40_000],
  ['1,250,000', 'IDR', 1_250_000],
] as const)('%s %s is read', (text, currency, amountMinor) => {
  expect(readMoney(text, currency)).toEqual({ amountMinor, currency })
})

test.each([
  ['abc', 'USD'],
  ['-1', 'USD'],
  ['2.555', 'USD'],
  ['99999999999', 'USD'],
  ['40.00', 'IDR'],
] as const)('%s %s is not', (text, currency) => {
  expect(readMoney(text, currency)).toBeUndefined()
})

test('nothing is no price, and what a form shows is read back the same', () => {
  expect(readMoney('  ', 'USD')).toBeNull()
  expect(moneyText(null)).toBe('')
  for (const money of [
    { amountMinor: 205, currency: 'USD' },
    { amountMinor: 40_000, currency: 'IDR' },
  ] as const) {
    expect(readMoney(moneyText(money), money.currency)).toEqual(money)
  }
})
