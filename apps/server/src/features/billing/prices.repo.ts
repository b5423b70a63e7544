import type { ExchangeRate, Price } from '@siar/contract'
import type { AnyScope, SystemScope } from '@siar/database'

/** Every price line, by country and category, the newest day first. */
export async function listPrices(scope: AnyScope): Promise<Price[]> {
  return scope.query<Price>(
    `select country, category, effective_from::text as "effectiveFrom", usd_micros as "usdMicros"
     from prices order by country, category, effective_from desc`,
  )
}

/** Every exchange rate, the newest day first. */
export async function listRates(scope: AnyScope): Promise<ExchangeRate[]> {
  return scope.query<ExchangeRate>(
    `select effective_from::text as "effectiveFrom", idr_per_usd as "idrPerUsd"
     from exchange_rates order by effective_from desc`,
  )
}

/** Adds the price of a country, category and day, or changes it. */
export async function putPrice(scope: SystemScope, price: Price): Promise<void> {
  await scope.execute(
    `insert into prices (country, category, effective_from, usd_micros) values ($1, $2, $3::date, $4)
     on conflict (country, category, effective_from) do update set usd_micros = excluded.usd_micros`,
    [price.country, price.category, price.effectiveFrom, price.usdMicros],
  )
}

/** @returns False when there is no such line. */
export async function deletePrice(scope: SystemScope, price: Omit<Price, 'usdMicros'>): Promise<boolean> {
  const deleted = await scope.execute(
    'delete from prices where country = $1 and category = $2 and effective_from = $3::date',
    [price.country, price.category, price.effectiveFrom],
  )
  return deleted > 0
}

export async function putRate(scope: SystemScope, rate: ExchangeRate): Promise<void> {
  await scope.execute(
    `insert into exchange_rates (effective_from, idr_per_usd) values ($1::date, $2)
     on conflict (effective_from) do update set idr_per_usd = excluded.idr_per_usd`,
    [rate.effectiveFrom, rate.idrPerUsd],
  )
}

/**
 * Removes the rate of a day, unless it is the only one: amounts could not be turned into rupiah any more. Whoever changes rates at the
 * same time waits.
 */
export async function deleteRate(
  scope: SystemScope,
  effectiveFrom: string,
): Promise<'removed' | 'absent' | 'last'> {
  await scope.execute('lock table exchange_rates in share row exclusive mode')
  const rates = await listRates(scope)
  if (!rates.some((rate) => rate.effectiveFrom === effectiveFrom)) return 'absent'
  if (rates.length === 1) return 'last'
  await scope.execute('delete from exchange_rates where effective_from = $1::date', [effectiveFrom])
  return 'removed'
}
