import type { WorkspaceScope } from '@siar/database'
import { chargeOf, formAt, priceCategoryOf, windowsOfTalk } from '@siar/domain'
import type { OpenWindows } from '@siar/domain'
import { dayOf, findQuotaUse, senderTier } from '../campaigns/index.ts'
import type { QuotaUse, WorkspaceFacts } from '../campaigns/index.ts'
import type { OwnedSender } from '../senders/index.ts'
import { findCostSoFar, lockSpending } from './take-money.repo.ts'
import type { DueRow, Want } from './take.repo.ts'
import { runFor } from './workspace-context.ts'
import type { LaneRun, WorkspaceContext } from './workspace-context.ts'

/** What a batch of one transaction may cost and use up. */
export interface TakeMoney {
  /** Millionths of a US dollar that sending to this row adds; 0 where it is free, null where no price is known. */
  readonly costOf: (row: DueRow) => number | null
  /** What paid messages of a run may still cost; null without a budget. */
  readonly leftOf: (runId: string) => number | null
  /** Null without a quota. */
  readonly quota: QuotaUse | null
}

/** Whether messages of this sender are charged. */
export const isCharged = ({ channel, settings }: Pick<OwnedSender, 'channel' | 'settings'>): boolean =>
  senderTier(channel, settings) === 'cloud_api'

/**
 * Reads what the batch may spend, and keeps every other process from spending of the same until the transaction ends.
 *
 * Costs nothing where no sender is charged and the workspace has no quota. Otherwise one lock and one small read for the runs with a budget,
 * and one for the quota. The figure of cost is raised with the attempt, so what is on the way counts, and a budget is never exceeded.
 * Call it first in the transaction: those who wait for each other here hold nothing yet.
 */
export async function openMoney(
  scope: WorkspaceScope,
  context: WorkspaceContext,
  senders: ReadonlyMap<string, OwnedSender>,
  wants: readonly Want[],
  now: Date,
): Promise<TakeMoney> {
  const workspace = await context.facts(scope)
  const charged = new Set([...senders].filter(([, sender]) => isCharged(sender)).map(([id]) => id))
  const paying = wants.filter(({ senderId }) => charged.has(senderId)).map(({ runId }) => runId)
  if (charged.size === 0 && workspace.messageQuota === null) return free
  const runs = await context.runs(scope, [...new Set(paying)])
  const budgeted = [...new Set(paying)].filter((runId) => (runs.get(runId)?.budget ?? null) !== null)
  await lockSpending(scope, [
    ...(workspace.messageQuota === null ? [] : [`quota/${scope.workspaceId}`]),
    ...budgeted.map((runId) => `budget/${runId}`),
  ])
  const tariff = await context.tariff(scope)
  const spent = await findCostSoFar(scope, budgeted)
  const left = new Map(
    budgeted.map((runId) => {
      const run = runs.get(runId) as LaneRun
      const day = dayOf(workspace.timeZone, run.startedAt)
      const limit = run.budget ? tariff.microsOn(day, run.budget) : 0
      return [runId, limit - (spent.get(runId) ?? 0)] as const
    }),
  )
  return {
    costOf: (row) => {
      const run = runs.get(row.run_id)
      // Under the id of an earlier try it is counted already.
      if (!run || !charged.has(row.sender_id) || row.message_id !== null) return 0
      return priceOf(row, runFor(run, row.variant), tariff.prices, workspace, now)
    },
    leftOf: (runId) => left.get(runId) ?? null,
    quota: await findQuotaUse(scope, workspace, now),
  }
}

const free: TakeMoney = { costOf: () => 0, leftOf: () => null, quota: null }

function priceOf(
  row: DueRow,
  run: LaneRun,
  prices: Parameters<typeof chargeOf>[0],
  workspace: WorkspaceFacts,
  now: Date,
): number | null {
  const atMs = now.getTime()
  const windows = windowsOf(row)
  const charge = chargeOf(prices, {
    form: formAt(windows, atMs),
    category: priceCategoryOf(run.content.category ?? 'marketing'),
    country: row.country,
    windows,
    atMs,
    day: dayOf(workspace.timeZone, now),
  })
  if (charge.kind === 'unknown') return null
  return charge.kind === 'paid' ? charge.usdMicros : 0
}

/** The windows that the person of a row has open with its sender. */
export function windowsOf({ last_incoming_at, free_entry_until }: DueRow): OpenWindows {
  return windowsOfTalk({
    lastIncomingAtMs: last_incoming_at?.getTime() ?? null,
    adEntryAtMs: null,
    freeEntryUntilMs: free_entry_until?.getTime() ?? null,
  })
}
