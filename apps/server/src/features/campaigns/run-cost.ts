import type { RunCost } from './run-forecast.ts'
import type { RunRoutes, RoutingFacts } from './run-routing.ts'
import { dayOf } from './prepare-run.ts'
import type { MetCount } from './roads.repo.ts'
import { templatePrice } from './run-routing.ts'

/**
 * What a planned run costs, as far as prices are known; null where no sender is charged.
 *
 * `likely` is the plan with the prices of the day. `low` is the same, less the messages without a known price; they count in `likely` with
 * the dearest price of the run. `high` adds what is free only while the windows of the moment are open, as if all of them closed before
 * their turn. Where a limit of cost holds, none of the three is above it.
 *
 * @param share Of the planned messages, how many are left when values are missing; 0 … 1.
 */
export function costOf(
  facts: RoutingFacts,
  { plan, limitMicros }: RunRoutes,
  met: readonly MetCount[],
  share: number,
): RunCost | null {
  if (plan === null) return null
  const prices = met.map(({ country }) => templatePrice(facts, country))
  const dearest = Math.max(0, ...prices.map((price) => price ?? 0))
  const closing = met.reduce(
    (sum, { reason, free, count }, index) =>
      reason === null && free !== null ? sum + count * (prices[index] ?? dearest) : sum,
    0,
  )
  const likely = plan.costMicros + plan.unpriced * dearest
  const day = dayOf(facts.workspace.timeZone, facts.now)
  const money = (micros: number) =>
    facts.tariff.moneyOn(day, Math.min(limitMicros ?? Infinity, Math.round(micros * share)))
  return { low: money(plan.costMicros), likely: money(likely), high: money(likely + closing) }
}
