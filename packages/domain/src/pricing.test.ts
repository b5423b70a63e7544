import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  anyCountry,
  chargeOf,
  createPriceTable,
  formAt,
  microsOfAmount,
  moneyOfMicros,
  noWindows,
  priceCategories,
  priceCategoryOf,
  rateOn,
} from './pricing.ts'
import type { PricedMessage, PriceLine } from './pricing.ts'

const at = Date.UTC(2026, 10, 20, 5)
const hour = 3_600_000
const lines: PriceLine[] = [
  { country: 'ID', category: 'marketing', effectiveFrom: '2024-01-01', usdMicros: 41_100 },
  { country: 'ID', category: 'marketing', effectiveFrom: '2025-07-01', usdMicros: 41_600 },
  { country: 'ID', category: 'utility', effectiveFrom: '2025-07-01', usdMicros: 16_800 },
  { country: anyCountry, category: 'marketing', effectiveFrom: '2025-07-01', usdMicros: 60_000 },
]
const table = createPriceTable(lines)

const charge = (change: Partial<PricedMessage> = {}) =>
  chargeOf(table, {
    form: 'template',
    category: 'marketing',
    country: 'ID',
    windows: noWindows,
    atMs: at,
    day: '2026-11-20',
    ...change,
  })
const inWindow = { serviceUntilMs: at + hour, freeEntryUntilMs: null }
const inEntry = { serviceUntilMs: at + hour, freeEntryUntilMs: at + 2 * hour }

describe('the price of a message', () => {
  test('is that of the country, category and day, whatever the order of the lines', () => {
    const days = [
      ['2023-12-31', null],
      ['2024-01-01', 41_100],
      ['2025-06-30', 41_100],
      ['2025-07-01', 41_600],
      ['2030-01-01', 41_600],
    ] as const
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
        const found = createPriceTable(shuffled.filter(({ country }) => country === 'ID'))
        for (const [day, price] of days) expect(found.find('ID', 'marketing', day)).toBe(price)
      }),
    )
  })

  test('falls back to the line for every country, and is not known without one', () => {
    expect(charge({ country: 'DE' })).toEqual({ kind: 'paid', usdMicros: 60_000 })
    expect(charge({ country: null })).toEqual({ kind: 'paid', usdMicros: 60_000 })
    expect(charge({ country: 'DE', category: 'utility' })).toEqual({ kind: 'unknown' })
    expect(charge({ country: 'DE', day: '2025-01-01' })).toEqual({ kind: 'unknown' })
  })

  test('in the 24 hours after a message of theirs text and utility are free, a marketing template is not', () => {
    const free = { kind: 'free', why: 'service_window' }
    expect(charge({ windows: inWindow, form: 'free_form' })).toEqual(free)
    expect(charge({ windows: inWindow, category: 'utility' })).toEqual(free)
    expect(charge({ windows: inWindow })).toEqual({ kind: 'paid', usdMicros: 41_600 })
  })

  test('in a free entry everything is free, until the very instant it ends', () => {
    for (const category of priceCategories) {
      expect(charge({ windows: inEntry, category })).toEqual({ kind: 'free', why: 'free_entry' })
    }
    expect(charge({ windows: inEntry, atMs: at + 2 * hour })).toEqual({ kind: 'paid', usdMicros: 41_600 })
  })

  test('is never above that without a window', () => {
    const instant = fc.option(fc.integer({ min: at - hour, max: at + hour }), { nil: null })
    fc.assert(
      fc.property(instant, instant, fc.constantFrom(...priceCategories), (service, entry, category) => {
        const windows = { serviceUntilMs: service, freeEntryUntilMs: entry }
        const form = formAt(windows, at)
        const found = charge({ windows, form, category })
        if (found.kind === 'free') return
        expect(found).toEqual(charge({ category }))
      }),
    )
  })

  test('free-form text is for open windows only', () => {
    expect(formAt(inWindow, at)).toBe('free_form')
    expect(formAt(inWindow, at + hour)).toBe('template')
    expect(formAt(noWindows, at)).toBe('template')
  })

  test('templates of ours are marketing or utility', () => {
    expect(priceCategoryOf('promotion')).toBe('marketing')
    expect(priceCategoryOf('reminder')).toBe('utility')
  })
})

describe('two currencies', () => {
  test('the rate is the dated one, the oldest for days before it', () => {
    const rates = [
      { effectiveFrom: '2026-01-01', idrPerUsd: 16_800 },
      { effectiveFrom: '2025-07-01', idrPerUsd: 16_300 },
    ]
    expect(rateOn(rates, '2025-12-31')).toBe(16_300)
    expect(rateOn(rates, '2026-01-01')).toBe(16_800)
    expect(rateOn(rates, '2020-01-01')).toBe(16_300)
    expect(rateOn([], '2026-01-01')).toBeNull()
  })

  test('amounts are minor units: cents, and rupiah that have none', () => {
    expect(moneyOfMicros(41_600, 16_300)).toEqual({ idrMinor: 678, usdMinor: 4 })
    expect(moneyOfMicros(1_000_000, 16_300)).toEqual({ idrMinor: 16_300, usdMinor: 100 })
  })

  test('what a budget buys is never more than the budget', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000_000),
        fc.constantFrom('IDR' as const, 'USD' as const),
        fc.integer({ min: 1, max: 1_000_000 }),
        (amountMinor, currency, rate) => {
          const micros = microsOfAmount({ amountMinor, currency }, rate)
          const worth = currency === 'USD' ? micros / 10_000 : (micros * rate) / 1_000_000
          expect(Number.isInteger(micros)).toBe(true)
          expect(worth).toBeLessThanOrEqual(amountMinor * (1 + 1e-12))
          expect(amountMinor - worth).toBeLessThan(1 + 1e-6 * amountMinor)
        },
      ),
    )
  })
})
