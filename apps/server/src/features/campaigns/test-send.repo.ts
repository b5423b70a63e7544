import type { WorkspaceScope } from '@siar/database'
import type { RenderContact } from './message-renderer.ts'

/** Whether an address, or any other address of its contact, must not be messaged. */
export async function isSuppressed(scope: WorkspaceScope, phone: string): Promise<boolean> {
  const rows = await scope.query(
    `select 1 from suppressions s where s.workspace_id = $1 and s.kind = 'phone' and s.value = $2
     union all
     select 1 from addresses own join addresses x on x.contact_id = own.contact_id
       join suppressions s on s.workspace_id = x.workspace_id and s.kind = x.kind and s.value = x.value
     where own.workspace_id = $1 and own.kind = 'phone' and own.value = $2 limit 1`,
    [scope.workspaceId, phone],
  )
  return rows.length > 0
}

/** The contact a number belongs to, as its text would read it. */
export async function findContactOfAddress(
  scope: WorkspaceScope,
  phone: string,
): Promise<{ id: string; contact: RenderContact } | null> {
  const [row] = await scope.query<RenderContact & { id: string }>(
    `select c.id, c.full_name as "fullName", c.first_name as "firstName", c.last_name as "lastName", a.value as phone,
       c.email, c.company, c.language, c.custom
     from addresses a join contacts c on c.id = a.contact_id
     where a.workspace_id = $1 and a.kind = 'phone' and a.value = $2`,
    [scope.workspaceId, phone],
  )
  if (!row) return null
  const { id, ...contact } = row
  return { id, contact }
}
