import type { WorkspaceScope } from '@siar/database'
import type { ContactFilter } from './contact-search.repo.ts'
import { everyoneFound } from './contact-search.repo.ts'

/** Many contacts: by their ids, or everybody a filter finds. */
export type ContactSelection = { readonly contactIds: readonly string[] } | { readonly filter: ContactFilter }

export interface BulkChange {
  readonly addTagIds: readonly string[]
  readonly removeTagIds: readonly string[]
  readonly addListIds: readonly string[]
  readonly removeListIds: readonly string[]
  readonly active: boolean | null
}

/** SQL that gives the ids of a selection, with `$1` the workspace and its own values from number `first`. */
function chosen(selection: ContactSelection, first: number): { sql: string; values: readonly unknown[] } {
  if ('filter' in selection) return everyoneFound(selection.filter, first)
  return {
    sql: `select id from contacts where workspace_id = $1 and id = any($${first}::text[])`,
    values: [selection.contactIds],
  }
}

/**
 * Changes tags, lists and the switch "active" of many contacts in one statement, so that a change never moves a contact out of
 * its own selection half way. PostgreSQL runs the last part first: tags change before lists, as everywhere, so that two transactions
 * that change members of the same groups do not wait for each other in a circle.
 *
 * @returns How many contacts the selection holds.
 */
export async function changeContacts(
  scope: WorkspaceScope,
  selection: ContactSelection,
  change: BulkChange,
  at: Date,
): Promise<number> {
  const { sql, values } = chosen(selection, 8)
  const rows = await scope.query<{ count: number }>(
    `with chosen as materialized (${sql}),
     listed as (
       insert into list_members (workspace_id, list_id, contact_id, created_at)
       select $1, l.id, chosen.id, $7 from chosen, lists l where l.workspace_id = $1 and l.id = any($4::text[])
       on conflict do nothing),
     unlisted as (
       delete from list_members m using chosen
       where m.workspace_id = $1 and m.contact_id = chosen.id and m.list_id = any($5::text[])),
     tagged as (
       insert into contact_tags (workspace_id, tag_id, contact_id)
       select $1, t.id, chosen.id from chosen, tags t where t.workspace_id = $1 and t.id = any($2::text[])
       on conflict do nothing),
     untagged as (
       delete from contact_tags ct using chosen
       where ct.workspace_id = $1 and ct.contact_id = chosen.id and ct.tag_id = any($3::text[])),
     switched as (
       update contacts c set active = $6::boolean, updated_at = $7::timestamptz from chosen
       where c.id = chosen.id and c.workspace_id = $1 and c.active is distinct from coalesce($6::boolean, c.active))
     select count(*) as count from chosen`,
    [
      scope.workspaceId,
      change.addTagIds,
      change.removeTagIds,
      change.addListIds,
      change.removeListIds,
      change.active,
      at,
      ...values,
    ],
  )
  return rows[0]?.count ?? 0
}

const removedAtOnce = 5_000

/** Deletes a selection in steps of one transaction; each step stays well within the time a statement has. */
export async function removeContacts(scope: WorkspaceScope, selection: ContactSelection): Promise<number> {
  const { sql, values } = chosen(selection, 2)
  const rows = await scope.query<{ id: string }>(`select id from (${sql}) chosen where $1::text <> ''`, [
    scope.workspaceId,
    ...values,
  ])
  let removed = 0
  for (let from = 0; from < rows.length; from += removedAtOnce) {
    const ids = rows.slice(from, from + removedAtOnce).map(({ id }) => id)
    removed += await scope.execute(`delete from contacts where workspace_id = $1 and id = any($2)`, [
      scope.workspaceId,
      ids,
    ])
  }
  return removed
}
