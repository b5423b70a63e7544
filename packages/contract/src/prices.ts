import { z } from 'zod'
import { defineOperation } from './operation.ts'
import { noContent } from './shapes.ts'

export const priceCategories = ['marketing', 'utility', 'authentication'] as const

/** What the official channel charges for one delivered template, from a day on. */
export const Price = z
  .object({
    /** ISO 3166-1 alpha-2, or `*` for every country without a line of its own. */
    country: z.string().regex(/^([A-Z]{2}|\*)$/),
    category: z.enum(priceCategories),
    effectiveFrom: z.iso.date(),
    /** Millionths of a US dollar. */
    usdMicros: z.number().int().min(0).max(10_000_000),
  })
  .meta({ id: 'Price' })
export type Price = z.output<typeof Price>

/** Rupiah for one US dollar, from a day on. */
export const ExchangeRate = z
  .object({ effectiveFrom: z.iso.date(), idrPerUsd: z.number().int().min(1).max(1_000_000) })
  .meta({ id: 'ExchangeRate' })
export type ExchangeRate = z.output<typeof ExchangeRate>

export const priceOperations = {
  list: defineOperation({
    id: 'prices.list',
    method: 'GET',
    path: '/api/v1/prices',
    summary: 'Prices of paid messages and exchange rates, newest first',
    access: 'signed_in',
    response: z.object({ prices: z.array(Price), rates: z.array(ExchangeRate) }),
  }),
  put: defineOperation({
    id: 'prices.put',
    method: 'PUT',
    path: '/api/v1/admin/prices',
    summary: 'Add a price or change the one of that country, category and day',
    access: 'platform_admin',
    body: Price,
    status: 204,
    response: noContent,
  }),
  remove: defineOperation({
    id: 'prices.remove',
    method: 'DELETE',
    path: '/api/v1/admin/prices',
    summary: 'Remove one price',
    access: 'platform_admin',
    body: Price.omit({ usdMicros: true }),
    status: 204,
    response: noContent,
  }),
  putRate: defineOperation({
    id: 'prices.putRate',
    method: 'PUT',
    path: '/api/v1/admin/exchange-rates',
    summary: 'Set the exchange rate from a day on',
    access: 'platform_admin',
    body: ExchangeRate,
    status: 204,
    response: noContent,
  }),
  removeRate: defineOperation({
    id: 'prices.removeRate',
    method: 'DELETE',
    path: '/api/v1/admin/exchange-rates',
    summary: 'Remove one exchange rate; the last one stays',
    access: 'platform_admin',
    body: ExchangeRate.omit({ idrPerUsd: true }),
    status: 204,
    response: noContent,
  }),
} as const
