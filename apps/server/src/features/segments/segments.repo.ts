import type { WorkspaceScope } from '@siar/database'
import type { SegmentId, SegmentRule } from '@siar/domain'

export { isOutOfTime, isUniqueViolation } from '@siar/database'

export interface SegmentRow {
  readonly id: SegmentId
  readonly name: string
  readonly description: string
  readonly rule: SegmentRule
  readonly createdAt: Date
  readonly updatedAt: Date
}

const columns = `id, name, description, rule, created_at as "createdAt", updated_at as "updatedAt"`

/** By name. */
export async function listSegments(scope: WorkspaceScope): Promise<SegmentRow[]> {
  return scope.query<SegmentRow>(
    `select ${columns} from segments where workspace_id = $1 order by lower(name), id`,
    [scope.workspaceId],
  )
}

/** Those that exist, in no order. */
export async function findSegments(scope: WorkspaceScope, ids: readonly string[]): Promise<SegmentRow[]> {
  if (ids.length === 0) return []
  return scope.query<SegmentRow>(
    `select ${columns} from segments where workspace_id = $1 and id = any($2::text[])`,
    [scope.workspaceId, ids],
  )
}

export async function countSegments(scope: WorkspaceScope): Promise<number> {
  const [row] = await scope.query<{ count: number }>(
    'select count(*)::int as count from segments where workspace_id = $1',
    [scope.workspaceId],
  )
  return row?.count ?? 0
}

/** Fails with a unique violation when another segment has the name. */
export async function insertSegment(
  scope: WorkspaceScope,
  segment: Omit<SegmentRow, 'createdAt' | 'updatedAt'> & { readonly createdBy: string; readonly at: Date },
): Promise<void> {
  const { id, name, description, rule, createdBy, at } = segment
  await scope.execute(
    `insert into segments (workspace_id, id, name, description, rule, created_by, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [scope.workspaceId, id, name, description, JSON.stringify(rule), createdBy, at],
  )
}

export interface SegmentChanges {
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly rule?: SegmentRule | undefined
}

/** @returns false when there is no such segment. Fails with a unique violation when another one has the name. */
export async function updateSegment(
  scope: WorkspaceScope,
  id: SegmentId,
  { name, description, rule }: SegmentChanges,
  at: Date,
): Promise<boolean> {
  const changed = await scope.execute(
    `update segments set name = coalesce($3, name), description = coalesce($4, description),
       rule = coalesce($5::jsonb, rule), updated_at = $6
     where workspace_id = $1 and id = $2`,
    [scope.workspaceId, id, name ?? null, description ?? null, rule ? JSON.stringify(rule) : null, at],
  )
  return changed > 0
}

export async function removeSegment(scope: WorkspaceScope, id: SegmentId): Promise<boolean> {
  const removed = await scope.execute('delete from segments where workspace_id = $1 and id = $2', [
    scope.workspaceId,
    id,
  ])
  return removed > 0
}

/** Names of campaigns that are to start or start again and name this segment, at most three. */
export async function listCampaignsUsing(scope: WorkspaceScope, id: SegmentId): Promise<string[]> {
  const rows = await scope.query<{ name: string }>(
    `select name from campaigns
     where workspace_id = $1 and status in ('scheduled', 'overdue', 'running', 'paused', 'halted')
       and strpos(audience::text, $2) > 0 order by created_at desc limit 3`,
    [scope.workspaceId, id],
  )
  return rows.map(({ name }) => name)
}
