import type { Price } from '@siar/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { datedPrices, idrOf, readUsdMicros, usdText } from './price-amounts.ts'

const price = (country: string, effectiveFrom: string, category: Price['category'] = 'marketing'): Price => ({
  country,
  category,
  effectiveFrom,
  usdMicros: 41_600,
})

describe('amounts of the price list', () => {
  test('a shown price is read back as the same price', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), (micros) => {
        expect(readUsdMicros(usdText(micros))).toBe(micros)
      }),
    )
  })

  test('both decimal signs are read, and nothing is guessed', () => {
    expect([readUsdMicros('0,0416'), readUsdMicros('0.0416')]).toEqual([41_600, 41_600])
    expect([readUsdMicros(''), readUsdMicros('$1'), readUsdMicros('11'), readUsdMicros('0.0000001')]).toEqual(
      [undefined, undefined, undefined, undefined],
    )
  })

  test('rupiah follow the exchange rate', () => {
    expect(idrOf(41_600, 16_500)).toBe(686)
  })
})

describe('which price counts', () => {
  test('of one country and category the newest that has begun', () => {
    const list = [price('ID', '2024-01-01'), price('ID', '2025-07-01'), price('ID', '2027-01-01')]
    expect(datedPrices(list, '2026-11-21').map(({ effectiveFrom, state }) => [effectiveFrom, state])).toEqual(
      [
        ['2027-01-01', 'later'],
        ['2025-07-01', 'now'],
        ['2024-01-01', 'over'],
      ],
    )
  })

  test('each category counts for itself, and the line for all other countries stands last', () => {
    const list = [price('*', '2024-01-01'), price('ID', '2024-01-01', 'utility'), price('ID', '2024-01-01')]
    expect(
      datedPrices(list, '2024-01-01').map(({ country, category, state }) => [country, category, state]),
    ).toEqual([
      ['ID', 'marketing', 'now'],
      ['ID', 'utility', 'now'],
      ['*', 'marketing', 'now'],
    ])
  })
})
