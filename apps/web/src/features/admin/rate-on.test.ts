import { expect, test } from 'vitest'
import { rateOn } from './rate-on.ts'

test('the newest exchange rate that has begun counts, in whatever order they come', () => {
  const rates = [
    { effectiveFrom: '2026-01-01', idrPerUsd: 16_000 },
    { effectiveFrom: '2026-11-01', idrPerUsd: 16_500 },
    { effectiveFrom: '2027-01-01', idrPerUsd: 17_000 },
  ]
  expect(rateOn(rates, '2026-11-21')?.idrPerUsd).toBe(16_500)
  expect(rateOn(rates.toReversed(), '2026-11-01')?.idrPerUsd).toBe(16_500)
  expect(rateOn(rates, '2025-12-31')).toBeNull()
})
