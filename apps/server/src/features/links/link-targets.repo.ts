import type { Database, WorkspaceScope } from '@siar/database'
import type { WorkspaceId } from '@siar/domain'

export interface LinkTarget {
  readonly number: number
  readonly runId: string
  readonly url: string
}

/** Keeps the links of a run, in the order given. */
export async function insertTargets(
  scope: WorkspaceScope,
  runId: string,
  urls: readonly string[],
): Promise<void> {
  if (urls.length === 0) return
  await scope.execute(
    `insert into link_targets (workspace_id, run_id, url)
     select $1, $2, u.url from unnest($3::text[]) with ordinality u(url, n) order by u.n`,
    [scope.workspaceId, runId, [...urls]],
  )
}

export async function listTargets(scope: WorkspaceScope, runIds: readonly string[]): Promise<LinkTarget[]> {
  return scope.query<LinkTarget>(
    'select number, run_id as "runId", url from link_targets where run_id = any($1::text[])',
    [[...runIds]],
  )
}

export interface FoundTarget extends LinkTarget {
  readonly workspaceId: WorkspaceId
}

/**
 * The target of a visitor's code, whatever its workspace: one statement by primary key, no transaction. Null when it was
 * removed with its campaign, or when its workspace is suspended or removed.
 */
export async function findTarget(
  { pool }: Pick<Database, 'pool'>,
  number: number,
): Promise<FoundTarget | null> {
  const { rows } = await pool.query<FoundTarget>({
    name: 'links-find-target',
    text: `select t.number, t.run_id as "runId", t.url, t.workspace_id as "workspaceId" from link_targets t
      join workspaces w on w.id = t.workspace_id and w.status = 'active' where t.number = $1`,
    values: [number],
  })
  return rows[0] ?? null
}

export interface LinkFigures {
  readonly url: string
  readonly clicks: number
  readonly people: number
}

/** The links of a run in the order of its text, those nobody followed included. Robots count nowhere. */
export async function reportLinks(scope: WorkspaceScope, runId: string): Promise<LinkFigures[]> {
  return scope.query<LinkFigures>(
    `select t.url, count(k.id)::int as clicks, count(distinct k.recipient_id)::int as people
     from link_targets t
     left join clicks k on k.run_id = t.run_id and k.target_number = t.number and not k.is_robot
     where t.run_id = $1 group by t.number order by t.number`,
    [runId],
  )
}
