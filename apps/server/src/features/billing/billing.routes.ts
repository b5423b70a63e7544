import { priceOperations as operations } from '@siar/contract'
import { bind } from '../../http/binding.ts'
import type { Binding } from '../../http/binding.ts'
import type { PricesService } from './prices.service.ts'

export function billingBindings(prices: PricesService): Binding[] {
  return [
    bind(operations.list, () => prices.list()),
    bind(operations.put, async ({ actor, body }) => {
      await prices.put(actor, body)
      return undefined
    }),
    bind(operations.remove, async ({ actor, body }) => {
      await prices.remove(actor, body)
      return undefined
    }),
    bind(operations.putRate, async ({ actor, body }) => {
      await prices.putRate(actor, body)
      return undefined
    }),
    bind(operations.removeRate, async ({ actor, body }) => {
      await prices.removeRate(actor, body)
      return undefined
    }),
  ]
}
