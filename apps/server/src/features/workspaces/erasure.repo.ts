import type { SystemScope } from '@siar/database'

export async function listRemovedWorkspaces(scope: SystemScope): Promise<string[]> {
  const rows = await scope.query<{ id: string }>(
    `select id from workspaces where status = 'removed' order by id`,
  )
  return rows.map(({ id }) => id)
}

/**
 * Every table with rows of workspaces, as the database itself knows them, so that a table added later is not forgotten.
 * A table that refers to another comes before it.
 */
export async function listTenantTables(scope: SystemScope): Promise<string[]> {
  const tables = await scope.query<{ name: string; refersTo: string[] }>(
    `select c.relname as name,
            coalesce(array_agg(target.relname::text) filter (where target.oid is not null), '{}') as "refersTo"
     from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
     left join pg_constraint f on f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid
     left join pg_class target on target.oid = f.confrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     group by c.oid, c.relname order by c.relname`,
  )
  return referringFirst(new Map(tables.map(({ name, refersTo }) => [name, refersTo])))
}

/** Tables in a circle come in any order; their own rules on delete settle it. */
function referringFirst(tables: ReadonlyMap<string, readonly string[]>): string[] {
  const seen = new Set<string>()
  const referredFirst: string[] = []
  const visit = (name: string): void => {
    if (seen.has(name)) return
    seen.add(name)
    for (const target of tables.get(name) ?? []) visit(target)
    if (tables.has(name)) referredFirst.push(name)
  }
  for (const name of tables.keys()) visit(name)
  return referredFirst.reverse()
}

/**
 * Deletes some rows of one workspace from one table; `0` means that none is left. Also from the append-only ones, which
 * let rows go only in a transaction that says it erases.
 *
 * @param table From `listTenantTables`.
 */
export async function deleteRows(
  scope: SystemScope,
  table: string,
  workspaceId: string,
  rowsMax: number,
): Promise<number> {
  await scope.execute(`set local siar.erase = 'on'`)
  const name = `"${table.replaceAll('"', '""')}"`
  return scope.execute(
    `delete from ${name} where ctid = any (array (select ctid from ${name} where workspace_id = $1 limit $2))
       and workspace_id = $1`,
    [workspaceId, rowsMax],
  )
}

export async function deleteWorkspace(scope: SystemScope, workspaceId: string): Promise<void> {
  await scope.execute('update login_sessions set active_workspace_id = null where active_workspace_id = $1', [
    workspaceId,
  ])
  await scope.execute(`delete from workspaces where id = $1 and status = 'removed'`, [workspaceId])
}
