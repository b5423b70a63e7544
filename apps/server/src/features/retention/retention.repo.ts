import type { SystemScope, WorkspaceScope } from '@siar/database'
import type { ImportId, WorkspaceId } from '@siar/domain'

export interface KeepingWorkspace {
  readonly id: WorkspaceId
  /** As stored; shape: `WorkspaceSettings.retention`. */
  readonly retention: unknown
}

/** Workspaces with a rule of retention of their own. */
export async function listKeepingWorkspaces(scope: SystemScope): Promise<KeepingWorkspace[]> {
  return scope.query<KeepingWorkspace>(
    `select id, settings->'retention' as retention from workspaces
     where status <> 'removed' and settings ? 'retention' order by id`,
  )
}

/** Up to when messages were emptied; before the first time the instant of the oldest one. Null when there is none. */
export async function findMessagesMark(scope: WorkspaceScope): Promise<Date | null> {
  const rows = await scope.query<{ doneUntil: Date | null }>(
    `select coalesce(
       (select done_until from retention_marks where workspace_id = $1 and kind = 'messages'),
       (select min(at) from messages where workspace_id = $1)) as "doneUntil"`,
    [scope.workspaceId],
  )
  return rows[0]?.doneUntil ?? null
}

export async function keepMessagesMark(scope: WorkspaceScope, doneUntil: Date): Promise<void> {
  await scope.execute(
    `insert into retention_marks (workspace_id, kind, done_until) values ($1, 'messages', $2)
     on conflict (workspace_id, kind) do update set done_until = excluded.done_until`,
    [scope.workspaceId, doneUntil],
  )
}

/** Takes text and file off messages of `[from, to)`. @returns how many; fewer than `rowsMax` when none is left. */
export async function emptyMessages(
  scope: WorkspaceScope,
  from: Date,
  to: Date,
  rowsMax: number,
): Promise<number> {
  return scope.execute(
    `update messages set text = '', media_id = null where workspace_id = $1 and id = any (array (
       select id from messages where workspace_id = $1 and at >= $2 and at < $3 and (text <> '' or media_id is not null)
       limit $4 for update skip locked))`,
    [scope.workspaceId, from, to, rowsMax],
  )
}

export interface OldImport {
  readonly id: ImportId
  readonly storageKey: string
}

/** Imports of before an instant that still have their file and do not run, oldest first. */
export async function listOldImports(
  scope: WorkspaceScope,
  before: Date,
  limit: number,
): Promise<OldImport[]> {
  return scope.query<OldImport>(
    `select id, storage_key as "storageKey" from imports
     where workspace_id = $1 and coalesce(finished_at, created_at) < $2 and storage_key <> '' and status <> 'running'
     order by created_at, id limit $3`,
    [scope.workspaceId, before, limit],
  )
}

/** Some of the unused rows of an import. @returns how many; 0 when none is left. */
export async function deleteRejects(scope: WorkspaceScope, id: ImportId, rowsMax: number): Promise<number> {
  return scope.execute(
    `delete from import_rejects where workspace_id = $1 and import_id = $2 and "row" = any (array (
       select "row" from import_rejects where workspace_id = $1 and import_id = $2 limit $3))`,
    [scope.workspaceId, id, rowsMax],
  )
}

/** Forgets the file of an import and the cells its columns were shown with; one that was never started is cancelled. */
export async function emptyImport(scope: WorkspaceScope, id: ImportId, at: Date): Promise<void> {
  await scope.execute(
    `update imports set storage_key = '',
       status = case status when 'uploaded' then 'cancelled' else status end,
       finished_at = coalesce(finished_at, $3),
       layout = jsonb_set(layout, '{columns}', coalesce((select jsonb_agg(c || '{"samples": []}' order by n)
         from jsonb_array_elements(layout->'columns') with ordinality as columns (c, n)), '[]'))
     where workspace_id = $1 and id = $2 and status <> 'running'`,
    [scope.workspaceId, id, at],
  )
}

/** Notes of senders and items put aside of before an instant. @returns how many; fewer than `rowsMax` of each when none is left. */
export async function deleteRecords(scope: WorkspaceScope, before: Date, rowsMax: number): Promise<number> {
  const notes = await scope.execute(
    `delete from sender_events where workspace_id = $1 and id = any (array (
       select id from sender_events where workspace_id = $1 and at < $2 limit $3))`,
    [scope.workspaceId, before, rowsMax],
  )
  const items = await scope.execute(
    `delete from webhook_items where workspace_id = $1 and id = any (array (
       select id from webhook_items where workspace_id = $1 and failed_at < $2 limit $3))`,
    [scope.workspaceId, before, rowsMax],
  )
  return notes + items
}
