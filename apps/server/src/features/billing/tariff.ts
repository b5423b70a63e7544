import type { AnyScope } from '@siar/database'
import { createPriceTable, microsOfAmount, moneyOfMicros, rateOn } from '@siar/domain'
import type { MoneyInBoth, PriceTable, RateLine } from '@siar/domain'
import { listPrices, listRates } from './prices.repo.ts'

type Amount = Parameters<typeof microsOfAmount>[0]

/** Prices and exchange rates as they stood at one reading, ready to be asked. Days are `2026-11-20`. */
export interface Tariff {
  readonly prices: PriceTable
  /** An amount of millionths of a dollar in both currencies, at the rate of a day. */
  moneyOn(day: string, usdMicros: number): MoneyInBoth
  /** The millionths of a dollar an amount is worth at the rate of a day, rounded down. */
  microsOn(day: string, amount: Amount): number
}

/** Reads all prices and rates; a few hundred lines at most. */
export async function readTariff(scope: AnyScope): Promise<Tariff> {
  const prices = createPriceTable(await listPrices(scope))
  const rates = await listRates(scope)
  return {
    prices,
    moneyOn: (day, usdMicros) => moneyOfMicros(usdMicros, rateOf(rates, day)),
    microsOn: (day, amount) => microsOfAmount(amount, amount.currency === 'USD' ? 1 : rateOf(rates, day)),
  }
}

/** The installation begins with one rate, and the last one is never removed. */
function rateOf(rates: readonly RateLine[], day: string): number {
  const rate = rateOn(rates, day)
  if (rate === null) throw new Error('There is no exchange rate')
  return rate
}
