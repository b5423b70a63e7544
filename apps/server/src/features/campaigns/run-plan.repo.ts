import type { Budget } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import type { RunForecast, ZoneCount } from './run-forecast.ts'

/** Where the queued people of a run live. */
export async function countZones(scope: WorkspaceScope, runId: string): Promise<ZoneCount[]> {
  return scope.query<ZoneCount>(
    `select c.time_zone as zone, a.country, count(*)::int as count
     from recipients r join contacts c on c.id = r.contact_id
       left join addresses a on a.workspace_id = $1 and a.contact_id = r.contact_id and a.value = r.address
     where r.run_id = $2 and r.due_at is not null group by c.time_zone, a.country`,
    [scope.workspaceId, runId],
  )
}

/** Keeps with a run what was foretold at its start, and the budget it has. */
export async function saveRunPlan(
  scope: WorkspaceScope,
  runId: string,
  plan: { readonly forecast: RunForecast; readonly budget: Budget | null },
): Promise<void> {
  await scope.execute('update runs set forecast = $2, budget = $3 where id = $1', [
    runId,
    JSON.stringify(plan.forecast),
    plan.budget && JSON.stringify(plan.budget),
  ])
}

export interface RunMoney {
  readonly startedAt: Date
  readonly finishedAt: Date | null
  /** Null for runs from before there was one. */
  readonly forecast: RunForecast | null
  /** Millionths of a US dollar, messages on the way included. */
  readonly costMicros: number
}

export async function findRunMoney(scope: WorkspaceScope, runId: string): Promise<RunMoney | null> {
  const [row] = await scope.query<RunMoney>(
    `select r.started_at as "startedAt", r.finished_at as "finishedAt", r.forecast,
       coalesce((select f.count from run_figures f where f.run_id = r.id and f.figure = 'cost'), 0) as "costMicros"
     from runs r where r.id = $1`,
    [runId],
  )
  return row ?? null
}

/** Why the people of a run have the sender they have, the most frequent reason first. */
export async function countRoutes(
  scope: WorkspaceScope,
  runId: string,
): Promise<{ reason: string; count: number }[]> {
  return scope.query(
    `select route_reason as reason, count(*)::int as count from recipients
     where run_id = $1 and route_reason is not null group by route_reason order by count desc, route_reason`,
    [runId],
  )
}
