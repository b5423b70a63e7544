const dayMs = 24 * 3_600_000
/** A message counts at Meta from when it arrives there, which may be a while after it was handed out. */
const arrivalMsMax = 2 * 60_000

/**
 * How long somebody counts against the limit of a business portfolio after the last message outside of their window.
 *
 * Source: Meta, messaging limits: different people outside of customer service windows within 24 moving hours, shared by all numbers
 * of a portfolio.
 */
export const portfolioWindowMs = dayMs + arrivalMsMax

/** How far the limit of a portfolio is used up. */
export type PortfolioUse = {
  /** Null without a limit. */
  readonly peopleMax: number | null
  /** Different people written to outside of their window within `portfolioWindowMs`. */
  readonly people: number
  /** When places come free again, soonest first; the counts add up to `people`. */
  readonly returns: readonly { readonly atMs: number; readonly count: number }[]
}

/**
 * When there is a place for the `index`-th further person, 0 being the next: now while there is room, then as places return, and a
 * whole window later for everybody who takes the place of somebody written to meanwhile. Infinity where the limit is 0.
 */
export function placeAtMs(use: PortfolioUse, nowAtMs: number, index: number): number {
  const { peopleMax, people, returns } = use
  if (peopleMax === null) return nowAtMs
  if (peopleMax <= 0) return Infinity
  const rounds = Math.floor(index / peopleMax)
  const place = (index % peopleMax) + people - peopleMax
  return firstPlaceAtMs(returns, nowAtMs, place) + rounds * portfolioWindowMs
}

function firstPlaceAtMs(returns: PortfolioUse['returns'], nowAtMs: number, place: number): number {
  if (place < 0) return nowAtMs
  let passed = 0
  for (const { atMs, count } of returns) {
    passed += count
    if (place < passed) return Math.max(nowAtMs, atMs)
  }
  return nowAtMs + portfolioWindowMs
}
