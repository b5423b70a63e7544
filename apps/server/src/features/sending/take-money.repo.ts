import type { WorkspaceScope } from '@siar/database'

const lockStatement = {
  name: 'sending-lock-spending',
  text: `
  select pg_advisory_xact_lock(k.key) from (
    select distinct hashtextextended(u.name, 0) as key from unnest($1::text[]) u(name) order by 1
  ) k`,
}

/**
 * Makes transactions that spend of the same purse wait for each other until they end; always in one order, so that none waits in a
 * ring.
 */
export async function lockSpending(scope: WorkspaceScope, purses: readonly string[]): Promise<void> {
  if (purses.length > 0) await scope.query(lockStatement, [[...purses]])
}

const costStatement = {
  name: 'sending-cost-so-far',
  text: `select run_id as "runId", count from run_figures where run_id = any($1::text[]) and figure = 'cost'`,
}

/** What runs have cost so far with what is on the way, in millionths of a US dollar. */
export async function findCostSoFar(
  scope: WorkspaceScope,
  runIds: readonly string[],
): Promise<Map<string, number>> {
  if (runIds.length === 0) return new Map()
  const rows = await scope.query<{ runId: string; count: number }>(costStatement, [[...runIds]])
  return new Map(rows.map(({ runId, count }) => [runId, count]))
}

const refundStatement = {
  name: 'sending-refund-attempts',
  text: `
  with charged as (
    select id, run_id, cost_micros from attempts where id = any($1::text[]) and cost_micros is not null for update
  ), cleared as (
    update attempts a set cost_micros = null from charged c where a.id = c.id
  )
  select run_id as "runId", sum(cost_micros)::bigint as micros from charged group by run_id`,
}

/** Attempts that never reached anybody cost nothing. @returns what they would have cost, by run. */
export async function refundAttempts(
  scope: WorkspaceScope,
  attemptIds: readonly string[],
): Promise<{ runId: string; micros: number }[]> {
  if (attemptIds.length === 0) return []
  return scope.query(refundStatement, [[...attemptIds]])
}
