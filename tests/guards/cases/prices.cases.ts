import type { priceOperations } from '@siar/contract'
import type { CasesOf } from './case.ts'
import { platform, silent } from './case.ts'

const price = { country: 'SG', category: 'utility', effectiveFrom: '2026-01-01' }

export const priceCases: CasesOf<typeof priceOperations> = {
  'prices.list': silent(),
  'prices.put': platform(() => ({ body: { ...price, usdMicros: 20_000 } })),
  'prices.remove': platform(async ({ world }) => {
    await world.core.inSystem((scope) =>
      scope.execute(
        `insert into prices (country, category, effective_from, usd_micros) values ($1, $2, $3::date, 1)
         on conflict do nothing`,
        Object.values(price),
      ),
    )
    return { body: price }
  }),
  'prices.putRate': platform(() => ({ body: { effectiveFrom: '2025-07-01', idrPerUsd: 16_300 } })),
  'prices.removeRate': platform(async ({ world }) => {
    await world.core.inSystem((scope) =>
      scope.execute(
        `insert into exchange_rates (effective_from, idr_per_usd) values ('2027-01-01', 17000) on conflict do nothing`,
      ),
    )
    return { body: { effectiveFrom: '2027-01-01' } }
  }),
}
