import type { WorkspaceId } from '@siar/domain'
import { createHash } from 'node:crypto'
import type { TestCore } from '../../../apps/server/src/testing/test-core.ts'

const anyId = /\b[a-z]{2,3}_[0-9a-f]{32}\b/g

/** Every tenant table, as the database itself tells: those with a `workspace_id`. */
export function listTenantTables(core: TestCore): Promise<string[]> {
  const listed = known.get(core) ?? readTenantTables(core)
  known.set(core, listed)
  return listed
}

const known = new WeakMap<TestCore, Promise<string[]>>()

async function readTenantTables(core: TestCore): Promise<string[]> {
  return core.inSystem(async (scope) => {
    const rows = await scope.query<{ name: string }>(
      `select c.table_name as name from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'public' and c.column_name = 'workspace_id' and t.table_type = 'BASE TABLE'
       order by 1`,
      [],
    )
    return rows.map(({ name }) => name)
  })
}

/** The rows of one workspace by table, its people and their log-ins included, each row as one text. */
export type TenantRows = ReadonlyMap<string, readonly string[]>

export async function readTenantRows(core: TestCore, workspaceId: WorkspaceId): Promise<TenantRows> {
  const people = 'select user_id from members where workspace_id = $1'
  const sources = [
    ...(await listTenantTables(core)).map((table) => [table, 'workspace_id = $1'] as const),
    ['workspaces', 'id = $1'],
    ['users', `id in (${people})`],
    ['login_sessions', `user_id in (${people})`],
    ['login_accounts', `user_id in (${people})`],
  ] as const
  const statement = sources
    .map(([table, where]) => `select '${table}' as name, r::text as row from ${table} r where ${where}`)
    .join(' union all ')
  const rows = await core.inSystem((scope) =>
    scope.query<{ name: string; row: string }>(`${statement} order by 1, 2`, [workspaceId]),
  )
  const byTable = new Map<string, string[]>(sources.map(([table]) => [table, []]))
  for (const { name, row } of rows) byTable.get(name)?.push(row)
  return byTable
}

/** One short text for each table; two equal answers mean that no row was added, changed or lost. */
export function hashRows(rows: TenantRows): Record<string, string> {
  return Object.fromEntries(
    [...rows].map(([table, lines]) => [
      table,
      `${lines.length} rows, ${createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16)}`,
    ]),
  )
}

/** Every id that stands in the rows, whatever it names. */
export function idsOf(rows: TenantRows): Set<string> {
  return new Set([...rows.values()].flat().flatMap((row) => row.match(anyId) ?? []))
}

/** The same input with every id replaced by one of the same kind that nothing has. */
export function withUnknownIds<T>(core: TestCore, input: T): T {
  const text = JSON.stringify(input).replace(anyId, (id) => {
    const prefix = id.slice(0, id.indexOf('_'))
    return core.newId(prefix as 'con')
  })
  return JSON.parse(text) as T
}
