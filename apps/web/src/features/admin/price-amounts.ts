import { priceCategories } from '@siar/contract'
import type { Price } from '@siar/contract'

const microsMax = 10_000_000

/** US dollars with up to six decimals, point or comma, as millionths; undefined when it cannot be read or is above 10 dollars. */
export function readUsdMicros(text: string): number | undefined {
  if (!/^\d+([.,]\d{1,6})?$/.test(text.trim())) return undefined
  const micros = Math.round(Number(text.trim().replace(',', '.')) * 1_000_000)
  return micros <= microsMax ? micros : undefined
}

/** The plain decimal a form shows: 41600 is `0.0416`. */
export function usdText(usdMicros: number): string {
  return (usdMicros / 1_000_000).toFixed(6).replace(/\.?0+$/, '')
}

/** Rupiah, rounded to whole ones. */
export function idrOf(usdMicros: number, idrPerUsd: number): number {
  return Math.round((usdMicros * idrPerUsd) / 1_000_000)
}

/** One price and whether it counts today: the newest of its country and category that has begun does. */
export type DatedPrice = Price & { state: 'now' | 'later' | 'over' }

/**
 * Puts prices in the order people read them: by country (the one for all others last), by category, newest first.
 *
 * @param today `2026-11-21`.
 */
export function datedPrices(prices: readonly Price[], today: string): DatedPrice[] {
  const current = new Map<string, string>()
  for (const price of prices) {
    const newest = current.get(lineOf(price)) ?? ''
    if (price.effectiveFrom <= today && price.effectiveFrom > newest)
      current.set(lineOf(price), price.effectiveFrom)
  }
  const stateOf = (price: Price) => {
    if (price.effectiveFrom > today) return 'later' as const
    return current.get(lineOf(price)) === price.effectiveFrom ? ('now' as const) : ('over' as const)
  }
  return prices.map((price) => ({ ...price, state: stateOf(price) })).sort(byPlace)
}

function lineOf({ country, category }: Price): string {
  return `${country} ${category}`
}

function byPlace(left: Price, right: Price): number {
  if ((left.country === '*') !== (right.country === '*')) return left.country === '*' ? 1 : -1
  return (
    left.country.localeCompare(right.country) ||
    priceCategories.indexOf(left.category) - priceCategories.indexOf(right.category) ||
    right.effectiveFrom.localeCompare(left.effectiveFrom)
  )
}
