import type { ImportLayout, ImportOptions } from '@siar/contract'
import type { SystemScope, WorkspaceScope } from '@siar/database'
import type { ImportId, ListId, SenderId, TagId, WorkspaceId } from '@siar/domain'
import type { CursorKeys } from '../../list-cursor.ts'

export { isPassing, isRetryable, isUniqueViolation } from '@siar/database'

export type ImportStatus = 'uploaded' | 'running' | 'completed' | 'failed' | 'cancelled'
export type ImportFormat = 'csv' | 'txt' | 'xlsx' | 'google' | 'vcard' | 'paste' | 'address_book' | 'group'

/** The options as they are kept, with the member who vouches for the consent wording. */
export interface StoredOptions extends ImportOptions {
  readonly attestedBy: { readonly id: string; readonly name: string }
}

export interface ImportRow {
  readonly id: ImportId
  readonly fileName: string
  readonly format: ImportFormat
  readonly storageKey: string
  readonly sizeBytes: number
  readonly layout: ImportLayout
  readonly options: StoredOptions | null
  readonly status: ImportStatus
  readonly error: string | null
  readonly rowsEstimated: number
  readonly rowsDone: number
  readonly valid: number
  readonly created: number
  readonly updated: number
  readonly duplicates: number
  readonly invalid: number
  readonly optedOut: number
  readonly createdBy: string
  readonly createdAt: Date
  readonly createdAtText: string
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
}

const columns = `id, file_name as "fileName", format, storage_key as "storageKey", size_bytes as "sizeBytes", layout, options,
  status, error, rows_estimated as "rowsEstimated", rows_done as "rowsDone", valid, created, updated, duplicates, invalid,
  opted_out as "optedOut", created_by as "createdBy", created_at as "createdAt", created_at::text as "createdAtText",
  started_at as "startedAt", finished_at as "finishedAt"`

export interface NewImport {
  readonly id: ImportId
  readonly fileName: string
  readonly format: ImportFormat
  readonly storageKey: string
  readonly sizeBytes: number
  readonly layout: ImportLayout
  readonly rowsEstimated: number
  readonly createdBy: string
  readonly at: Date
}

export async function insertImport(scope: WorkspaceScope, row: NewImport): Promise<ImportRow> {
  const rows = await scope.query<ImportRow>(
    `insert into imports (workspace_id, id, file_name, format, storage_key, size_bytes, layout, rows_estimated, created_by,
       created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning ${columns}`,
    [
      scope.workspaceId,
      row.id,
      row.fileName,
      row.format,
      row.storageKey,
      row.sizeBytes,
      JSON.stringify(row.layout),
      row.rowsEstimated,
      row.createdBy,
      row.at,
    ],
  )
  return rows[0] as ImportRow
}

export async function findImport(scope: WorkspaceScope, id: ImportId): Promise<ImportRow | null> {
  const rows = await scope.query<ImportRow>(
    `select ${columns} from imports where workspace_id = $1 and id = $2`,
    [scope.workspaceId, id],
  )
  return rows[0] ?? null
}

export async function listImports(
  scope: WorkspaceScope,
  after: CursorKeys | null,
  limit: number,
): Promise<ImportRow[]> {
  return scope.query<ImportRow>(
    `select ${columns} from imports
     where workspace_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2::timestamptz, $3::text))
     order by created_at desc, id desc limit $4`,
    [scope.workspaceId, after?.[0] ?? null, after?.[1] ?? null, limit],
  )
}

/** The sender's name and number; null when the workspace has no such sender. */
export async function findSenderName(
  scope: WorkspaceScope,
  id: SenderId,
): Promise<{ readonly name: string; readonly phone: string | null } | null> {
  const rows = await scope.query<{ name: string; phone: string | null }>(
    'select name, phone from senders where workspace_id = $1 and id = $2',
    [scope.workspaceId, id],
  )
  return rows[0] ?? null
}

/** `uploaded → running`; null when it is in another state or not there. */
export async function startImport(
  scope: WorkspaceScope,
  id: ImportId,
  options: StoredOptions,
  at: Date,
): Promise<ImportRow | null> {
  const rows = await scope.query<ImportRow>(
    `update imports set status = 'running', options = $3, started_at = $4
     where workspace_id = $1 and id = $2 and status = 'uploaded' returning ${columns}`,
    [scope.workspaceId, id, JSON.stringify(options), at],
  )
  return rows[0] ?? null
}

/** `running → completed | failed`, `uploaded | running → cancelled`; null when it is in another state or not there. */
export async function finishImport(
  scope: WorkspaceScope,
  id: ImportId,
  status: 'completed' | 'failed' | 'cancelled',
  error: string | null,
  at: Date,
): Promise<ImportRow | null> {
  const sources = status === 'cancelled' ? ['uploaded', 'running'] : ['running']
  const rows = await scope.query<ImportRow>(
    `update imports set status = $3, error = $4, finished_at = $5,
       rows_estimated = case when $3 = 'completed' then rows_done else rows_estimated end
     where workspace_id = $1 and id = $2 and status = any($6) returning ${columns}`,
    [scope.workspaceId, id, status, error, at, sources],
  )
  return rows[0] ?? null
}

/** Removes an import that is not running; answers the key of its file, or null. */
export async function removeImport(scope: WorkspaceScope, id: ImportId): Promise<string | null> {
  const rows = await scope.query<{ storageKey: string }>(
    `delete from imports where workspace_id = $1 and id = $2 and status <> 'running' returning storage_key as "storageKey"`,
    [scope.workspaceId, id],
  )
  return rows[0]?.storageKey ?? null
}

/** Imports of every workspace that were running when a process ended. */
export async function listRunningImports(
  scope: SystemScope,
): Promise<{ id: ImportId; workspaceId: WorkspaceId }[]> {
  return scope.query(
    `select id, workspace_id as "workspaceId" from imports where status = 'running' order by started_at`,
  )
}

export interface RejectRow {
  readonly row: number
  readonly kind: 'duplicate' | 'invalid'
  readonly reason: string
  readonly cells: string[]
}

/** The next rejects behind a row number, in the file's order. */
export async function listRejects(
  scope: WorkspaceScope,
  id: ImportId,
  afterRow: number,
  limit: number,
): Promise<RejectRow[]> {
  return scope.query<RejectRow>(
    `select "row", kind, reason, cells from import_rejects
     where workspace_id = $1 and import_id = $2 and "row" > $3 order by "row" limit $4`,
    [scope.workspaceId, id, afterRow, limit],
  )
}

/** Which of these ids are lists and tags of the workspace. */
export async function findGroups(
  scope: WorkspaceScope,
  listIds: readonly string[],
  tagIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await scope.query<{ id: string }>(
    `select id from lists where workspace_id = $1 and id = any($2)
     union all select id from tags where workspace_id = $1 and id = any($3)`,
    [scope.workspaceId, listIds, tagIds],
  )
  return new Set(rows.map(({ id }) => id))
}

/** The list of this name, made when it is not there. */
export async function ensureList(
  scope: WorkspaceScope,
  list: { id: ListId; name: string; at: Date },
): Promise<ListId> {
  const rows = await scope.query<{ id: ListId }>(
    `with made as (
       insert into lists (workspace_id, id, name, created_at) values ($1, $2, $3, $4)
       on conflict (workspace_id, lower(name)) do nothing returning id
     ) select id from made union all select id from lists where workspace_id = $1 and lower(name) = lower($3) limit 1`,
    [scope.workspaceId, list.id, list.name, list.at],
  )
  return rows[0]?.id ?? list.id
}

/** Ids of the tags of these names, by their small letters; makes those that are not there. */
export async function ensureTags(
  scope: WorkspaceScope,
  tags: readonly { id: TagId; name: string }[],
  at: Date,
): Promise<ReadonlyMap<string, TagId>> {
  const names = tags.map(({ name }) => name)
  await scope.execute(
    `insert into tags (workspace_id, id, name, created_at)
     select $1, t.id, t.name, $4 from unnest($2::text[], $3::text[]) as t (id, name)
     order by lower(t.name) on conflict (workspace_id, lower(name)) do nothing`,
    [scope.workspaceId, tags.map(({ id }) => id), names, at],
  )
  const rows = await scope.query<{ id: TagId; asked: string }>(
    `select t.id, asked from unnest($2::text[]) as asked
     join tags t on t.workspace_id = $1 and lower(t.name) = lower(asked)`,
    [scope.workspaceId, names],
  )
  return new Map(rows.map(({ id, asked }) => [asked.toLowerCase(), id]))
}
