import type { WorkspaceScope } from '@siar/database'
import type { CursorKeys } from '../../../list-cursor.ts'
import type { ExportedContact } from './export-columns.ts'
import { loadContacts } from '../contacts.repo.ts'

/** Contacts in the order of the ids, with all their addresses. */
export async function loadForExport(
  scope: WorkspaceScope,
  ids: readonly string[],
): Promise<ExportedContact[]> {
  const rows = await loadContacts(scope, ids)
  const addresses = await scope.query<{ contactId: string; kind: 'phone' | 'lid'; values: string[] }>(
    `select contact_id as "contactId", kind, array_agg(value order by created_at, id) as values from addresses
     where workspace_id = $1 and contact_id = any($2::text[]) and kind in ('phone', 'lid') group by contact_id, kind`,
    [scope.workspaceId, ids],
  )
  const valuesOf = new Map(addresses.map(({ contactId, kind, values }) => [`${kind} ${contactId}`, values]))
  return rows.map((row) => ({
    ...row,
    otherPhones: valuesOf.get(`phone ${row.id}`)?.slice(1) ?? [],
    whatsappId: valuesOf.get(`lid ${row.id}`)?.[0] ?? null,
  }))
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
