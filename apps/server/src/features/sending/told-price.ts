import type { ReceiptPricing } from '@siar/channel'
import type { WorkspaceScope } from '@siar/database'
import { priceCategories, receiptRank } from '@siar/domain'
import type { PriceCategory } from '@siar/domain'
import type { Tariff } from '../billing/index.ts'
import { dayOf } from '../campaigns/index.ts'
import type { FigureDeltas } from '../campaigns/index.ts'
import type { ReceiptRow } from './receipts.repo.ts'
import { correctCosts, listCharged } from './told-price.repo.ts'

/** What the channel says one message is charged as. */
export interface ToldPrice {
  readonly attemptId: string
  readonly pricing: ReceiptPricing
  /** Receipts that say more of a message count more: delivery is what is charged. */
  readonly rank: number
}

/**
 * The prices that receipts told, one for each message: that of the furthest receipt. Refusals are passed over, they cost nothing anyway.
 * Pure.
 */
export function toldPrices(byAttempt: ReadonlyMap<string, readonly ReceiptRow[]>): ToldPrice[] {
  return [...byAttempt].flatMap(([attemptId, receipts]) => {
    const told = receipts
      .flatMap(({ kind, pricing }) =>
        pricing === null || kind === 'refused' ? [] : [{ attemptId, pricing, rank: receiptRank(kind) }],
      )
      .toSorted((a, b) => b.rank - a.rank)
    return told.slice(0, 1)
  })
}

export interface PriceBook {
  readonly tariff: (scope: WorkspaceScope) => Promise<Tariff>
  readonly timeZone: string
}

/**
 * Corrects what messages were expected to cost by what the channel says: free costs nothing, another category its own price on the day the
 * message was sent. A category nobody has a price for leaves the estimate. Twice equals once; a receipt that says less of a message than an
 * earlier one corrects nothing.
 */
export async function reconcilePrices(
  scope: WorkspaceScope,
  told: readonly ToldPrice[],
  { tariff, timeZone }: PriceBook,
  figures: FigureDeltas,
): Promise<void> {
  if (told.length === 0) return
  const billable = told.filter(({ pricing }) => pricing.billable).map(({ attemptId }) => attemptId)
  const charged = new Map((await listCharged(scope, billable)).map((row) => [row.attemptId, row]))
  const prices = billable.length > 0 ? (await tariff(scope)).prices : null
  const corrections = told.flatMap(({ attemptId, pricing, rank }) => {
    const charge = `${pricing.kind}/${pricing.category}`.slice(0, 60)
    if (!pricing.billable) return [{ attemptId, micros: 0, charge, rank }]
    const row = charged.get(attemptId)
    const category = categoryOf(pricing.category)
    if (!row || category === null) return []
    const micros = prices?.find(row.country, category, dayOf(timeZone, row.startedAt)) ?? null
    return micros === null ? [] : [{ attemptId, micros, charge, rank }]
  })
  for (const { runId, micros } of await correctCosts(scope, corrections)) figures.add(runId, 'cost', micros)
}

function categoryOf(told: string): PriceCategory | null {
  return priceCategories.find((category) => category === told) ?? null
}
