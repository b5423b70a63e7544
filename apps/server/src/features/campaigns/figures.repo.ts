import type { WorkspaceScope } from '@siar/database'
import { figuresOf, isPendingRecipient, recipientStatuses, runFigures } from '@siar/domain'
import type { Figures, RecipientStatus, RunFigure } from '@siar/domain'

/** Who waits and who is on the way count as one, so that a message changes two counters on its whole way to the person. */
const countedAs = (status: RecipientStatus): RecipientStatus =>
  isPendingRecipient(status) ? 'queued' : status

/** Changes of the figures of runs, gathered in memory and written at once. Keys are a status or `status:reason`. */
export class FigureDeltas {
  readonly #byRun = new Map<string, Map<string, number>>()

  add(runId: string, figure: string, count: number): void {
    let figures = this.#byRun.get(runId)
    if (!figures) this.#byRun.set(runId, (figures = new Map<string, number>()))
    figures.set(figure, (figures.get(figure) ?? 0) + count)
  }

  /** One recipient, or `count` of them, went from one status to another. Reasons are counted beside their status. */
  move(runId: string, from: RecipientStatus, to: RecipientStatus, reason: string | null, count = 1): void {
    this.add(runId, countedAs(from), -count)
    this.add(runId, countedAs(to), count)
    if (reason !== null && (to === 'skipped' || to === 'refused')) this.add(runId, `${to}:${reason}`, count)
  }

  /** Rows of `run_figures` to change, in one order for everybody, so that writers never wait for each other in a ring. */
  rows(): { runId: string; figure: string; count: number }[] {
    return [...this.#byRun]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .flatMap(([runId, figures]) =>
        [...figures]
          .filter(([, count]) => count !== 0)
          .sort(([left], [right]) => (left < right ? -1 : 1))
          .map(([figure, count]) => ({ runId, figure, count })),
      )
  }
}

const applyDeltas = {
  name: 'figures-apply',
  text: `insert into run_figures (workspace_id, run_id, figure, count)
    select $1, u.run_id, u.figure, u.count
    from unnest($2::text[], $3::text[], $4::bigint[]) with ordinality u(run_id, figure, count, n) order by u.n
    on conflict (run_id, figure) do update set count = run_figures.count + excluded.count`,
}

/** Adds the changes to the counters. Call it last in a transaction: the counters are what campaigns share. */
export async function applyFigures(scope: WorkspaceScope, deltas: FigureDeltas): Promise<void> {
  const rows = deltas.rows()
  if (rows.length === 0) return
  await scope.execute(applyDeltas, [
    scope.workspaceId,
    rows.map((row) => row.runId),
    rows.map((row) => row.figure),
    rows.map((row) => row.count),
  ])
}

export interface RunFigures {
  readonly figures: Figures
  readonly skipped: readonly { reason: string; count: number }[]
  readonly failed: readonly { reason: string; count: number }[]
}

/** The figures of several runs; a run without rows has none. */
export async function findFigures(
  scope: WorkspaceScope,
  runIds: readonly string[],
): Promise<Map<string, RunFigures>> {
  const rows = await scope.query<{ run_id: string; figure: string; count: number }>(
    'select run_id, figure, count from run_figures where run_id = any($1::text[]) and count <> 0',
    [[...runIds]],
  )
  const byRun = new Map<string, { figure: string; count: number }[]>()
  for (const row of rows) byRun.set(row.run_id, [...(byRun.get(row.run_id) ?? []), row])
  return new Map([...byRun].map(([runId, figures]) => [runId, toRunFigures(figures)]))
}

export const noFigures: RunFigures = { figures: figuresOf({}), skipped: [], failed: [] }

const countedFigures: ReadonlySet<string> = new Set([...recipientStatuses, ...runFigures])

function toRunFigures(rows: readonly { figure: string; count: number }[]): RunFigures {
  const counts: Partial<Record<RecipientStatus | RunFigure, number>> = {}
  for (const { figure, count } of rows) {
    if (countedFigures.has(figure)) counts[figure as RecipientStatus | RunFigure] = count
  }
  const reasons = (prefix: string) =>
    rows
      .filter(({ figure }) => figure.startsWith(prefix))
      .map(({ figure, count }) => ({ reason: figure.slice(prefix.length), count }))
      .sort((left, right) => right.count - left.count)
  return { figures: figuresOf(counts), skipped: reasons('skipped:'), failed: reasons('refused:') }
}

const drainedRuns = {
  name: 'figures-drained-runs',
  text: `select r.id as "runId", r.campaign_id as "campaignId" from runs r
    where r.id = any($1::text[]) and r.status = 'running' and not exists (
      select 1 from run_figures f where f.run_id = r.id and f.figure = 'queued' and f.count > 0)`,
}

/** Those of the running runs in which nobody waits or is on the way. */
export async function listDrainedRuns(
  scope: WorkspaceScope,
  runIds: readonly string[],
): Promise<{ runId: string; campaignId: string }[]> {
  return scope.query(drainedRuns, [[...runIds]])
}

/**
 * Keeps runs from being completed by somebody who does not see yet that people of them are queued again: whoever ends the
 * last one on its way changes this counter first, and looks for others afterwards.
 */
export async function holdCompletion(scope: WorkspaceScope, runIds: readonly string[]): Promise<void> {
  await scope.query(
    `select 1 from run_figures where run_id = any($1::text[]) and figure = 'queued' order by run_id for update`,
    [[...runIds]],
  )
}
