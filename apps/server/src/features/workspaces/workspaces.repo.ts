import type { Role } from '@siar/contract'
import { member, workspace } from '@siar/database'
import type { AnyScope, SystemScope, WorkspaceScope } from '@siar/database'
import { eq } from 'drizzle-orm'

export type WorkspaceRow = typeof workspace.$inferSelect

export async function insertWorkspace(
  scope: SystemScope,
  row: typeof workspace.$inferInsert,
): Promise<WorkspaceRow> {
  const [inserted] = await scope.db.insert(workspace).values(row).returning()
  if (!inserted) throw new Error('the workspace was not written')
  return inserted
}

export async function insertMember(
  scope: AnyScope,
  row: { id: string; workspaceId: string; userId: string; role: Role; createdAt: Date },
): Promise<void> {
  await scope.db.insert(member).values(row)
}

export async function findWorkspace(scope: AnyScope, workspaceId: string): Promise<WorkspaceRow | null> {
  const [row] = await scope.db.select().from(workspace).where(eq(workspace.id, workspaceId))
  return row?.status === 'removed' ? null : (row ?? null)
}

/** As `findWorkspace`, and nobody else changes the row until the transaction ends. */
export async function lockWorkspace(scope: AnyScope, workspaceId: string): Promise<WorkspaceRow | null> {
  const [row] = await scope.db.select().from(workspace).where(eq(workspace.id, workspaceId)).for('update')
  return row?.status === 'removed' ? null : (row ?? null)
}

export type WorkspaceChange = Partial<
  Pick<WorkspaceRow, 'name' | 'timeZone' | 'country' | 'language' | 'currency' | 'settings' | 'status'>
>

export async function updateWorkspace(
  scope: WorkspaceScope,
  workspaceId: string,
  change: WorkspaceChange,
): Promise<WorkspaceRow | null> {
  const [row] = await scope.db.update(workspace).set(change).where(eq(workspace.id, workspaceId)).returning()
  return row ?? null
}

/** What was made before there was a first admin: the demo, and what the command line made. Oldest first. */
export async function listOwnerless(scope: SystemScope): Promise<string[]> {
  const rows = await scope.query<{ id: string }>(
    `select w.id from workspaces w
     where w.status <> 'removed'
       and not exists (select 1 from members m where m.workspace_id = w.id and m.role = 'owner')
     order by w.created_at, w.id`,
  )
  return rows.map(({ id }) => id)
}

/** Takes everybody's access and marks the workspace for the job that erases it. */
export async function markRemoved(scope: SystemScope, workspaceId: string): Promise<void> {
  for (const table of ['members', 'invitations', 'api_keys']) {
    await scope.execute(`delete from ${table} where workspace_id = $1`, [workspaceId])
  }
  await scope.execute(`update workspaces set status = 'removed' where id = $1`, [workspaceId])
}

export async function listSenderIds(scope: SystemScope, workspaceId: string): Promise<string[]> {
  const rows = await scope.query<{ id: string }>('select id from senders where workspace_id = $1', [
    workspaceId,
  ])
  return rows.map(({ id }) => id)
}
