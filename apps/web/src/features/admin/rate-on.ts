import type { ExchangeRate } from '@siar/contract'

/** The exchange rate that counts on a day (`2026-11-21`): the newest that has begun; null before the first. */
export function rateOn(rates: readonly ExchangeRate[], day: string): ExchangeRate | null {
  return rates.reduce<ExchangeRate | null>((best, rate) => {
    const begun = rate.effectiveFrom <= day
    return begun && (best === null || rate.effectiveFrom > best.effectiveFrom) ? rate : best
  }, null)
}
