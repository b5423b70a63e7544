import type { WorkspaceScope } from '@siar/database'
import type { CursorKeys } from '../../../list-cursor.ts'
import type { ExportedContact } from './export-columns.ts'
import { loadContacts } from '../contacts.repo.ts'

/** Contacts in the order of the ids, with all their numbers. */
export async function loadForExport(
  scope: WorkspaceScope,
  ids: readonly string[],
): Promise<ExportedContact[]> {
  const rows = await loadContacts(scope, ids)
  const others = await scope.query<{ contactId: string; phones: string[] }>(
    `select contact_id as "contactId", array_agg(value order by created_at, id) as phones from addresses
     where workspace_id = $1 and contact_id = any($2::text[]) and kind = 'phone' group by contact_id having count(*) > 1`,
    [scope.workspaceId, ids],
  )
  const phonesOf = new Map(others.map(({ contactId, phones }) => [contactId, phones.slice(1)]))
  return rows.map((row) => ({ ...row, otherPhones: phonesOf.get(row.id) ?? [] }))
}

/** Where the list, the newest first, goes on behind a page; null when nobody of the page is there any more. */
export async function findCursorKeys(
  scope: WorkspaceScope,
  page: readonly string[],
): Promise<CursorKeys | null> {
  const [row] = await scope.query<{ createdAt: string; id: string }>(
    `select created_at::text as "createdAt", id from contacts where workspace_id = $1 and id = any($2::text[])
     order by created_at, id limit 1`,
    [scope.workspaceId, page],
  )
  return row ? [row.createdAt, row.id] : null
}
