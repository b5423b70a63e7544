import type { ContactViewFilter } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'

export interface ContactViewRow {
  readonly id: string
  readonly name: string
  readonly shared: boolean
  readonly isOwn: boolean
  readonly filter: ContactViewFilter
  readonly sort: 'newest' | 'name'
  readonly columns: string[]
}

/** Those of the workspace and those of one member, by name. */
export async function listViews(scope: WorkspaceScope, memberId: string): Promise<ContactViewRow[]> {
  return scope.query<ContactViewRow>(
    `select id, name, shared, created_by = $2 as "isOwn", filter, sort, columns from contact_views
     where workspace_id = $1 and (shared or created_by = $2) order by lower(name), id`,
    [scope.workspaceId, memberId],
  )
}

/** How many views one member has made. */
export async function countViews(scope: WorkspaceScope, memberId: string): Promise<number> {
  const [row] = await scope.query<{ count: number }>(
    `select count(*)::int as count from contact_views where workspace_id = $1 and created_by = $2`,
    [scope.workspaceId, memberId],
  )
  return row?.count ?? 0
}

/** Fails with a unique violation when the member has one of this name. */
export async function insertView(
  scope: WorkspaceScope,
  view: Omit<ContactViewRow, 'isOwn'> & { readonly createdBy: string; readonly at: Date },
): Promise<void> {
  await scope.execute(
    `insert into contact_views (workspace_id, id, name, shared, filter, sort, columns, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      scope.workspaceId,
      view.id,
      view.name,
      view.shared,
      JSON.stringify(view.filter),
      view.sort,
      JSON.stringify(view.columns),
      view.createdBy,
      view.at,
    ],
  )
}

/** @returns false when there is no such view that this member may see. */
export async function removeView(scope: WorkspaceScope, id: string, memberId: string): Promise<boolean> {
  const removed = await scope.execute(
    `delete from contact_views where workspace_id = $1 and id = $2 and (shared or created_by = $3)`,
    [scope.workspaceId, id, memberId],
  )
  return removed > 0
}
