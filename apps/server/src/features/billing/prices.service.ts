import type { BodyOf, priceOperations, ResponseInput } from '@siar/contract'
import { AppError } from '@siar/domain'
import type { Actor, Core } from '../../core.ts'
import { deletePrice, deleteRate, listPrices, listRates, putPrice, putRate } from './prices.repo.ts'

type Operations = typeof priceOperations

/** What the official channel charges, and what a dollar is worth; kept by the platform admin, read by everybody. */
export interface PricesService {
  list(): Promise<ResponseInput<Operations['list']>>
  put(actor: Actor, price: BodyOf<Operations['put']>): Promise<void>
  /** @throws AppError `not_found`. */
  remove(actor: Actor, price: BodyOf<Operations['remove']>): Promise<void>
  putRate(actor: Actor, rate: BodyOf<Operations['putRate']>): Promise<void>
  /** @throws AppError `not_found`, `exchange_rate_last` for the only one there is. */
  removeRate(actor: Actor, rate: BodyOf<Operations['removeRate']>): Promise<void>
}

export function createPricesService(core: Core): PricesService {
  return {
    list: () =>
      core.inSystem(async (scope) => ({ prices: await listPrices(scope), rates: await listRates(scope) })),
    put: (actor, price) =>
      core.inSystem(async (scope) => {
        await putPrice(scope, price)
        await core.audit(scope, { actor, action: 'price.put', details: price })
      }),
    remove: (actor, price) =>
      core.inSystem(async (scope) => {
        if (!(await deletePrice(scope, price))) throw new AppError('not_found')
        await core.audit(scope, { actor, action: 'price.remove', details: price })
      }),
    putRate: (actor, rate) =>
      core.inSystem(async (scope) => {
        await putRate(scope, rate)
        await core.audit(scope, { actor, action: 'exchange_rate.put', details: rate })
      }),
    removeRate: (actor, rate) =>
      core.inSystem(async (scope) => {
        const outcome = await deleteRate(scope, rate.effectiveFrom)
        if (outcome === 'absent') throw new AppError('not_found')
        if (outcome === 'last') throw new AppError('exchange_rate_last')
        await core.audit(scope, { actor, action: 'exchange_rate.remove', details: rate })
      }),
  }
}
