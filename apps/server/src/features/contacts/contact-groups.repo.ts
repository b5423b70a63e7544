import type { WorkspaceScope } from '@siar/database'
import type { ContactId } from '@siar/domain'

/** Whether all of these ids are tags and lists of the workspace. */
export async function areGroupsKnown(
  scope: WorkspaceScope,
  tagIds: readonly string[],
  listIds: readonly string[],
): Promise<boolean> {
  const asked = new Set([...tagIds, ...listIds])
  if (asked.size === 0) return true
  const [row] = await scope.query<{ count: number }>(
    `select (select count(*) from tags where workspace_id = $1 and id = any($2))
       + (select count(*) from lists where workspace_id = $1 and id = any($3)) as count`,
    [scope.workspaceId, tagIds, listIds],
  )
  return row?.count === asked.size
}

/** Makes these the tags of a contact, no others. */
export async function setTags(
  scope: WorkspaceScope,
  id: ContactId,
  tagIds: readonly string[],
): Promise<void> {
  await scope.execute(
    `delete from contact_tags where workspace_id = $1 and contact_id = $2 and tag_id <> all($3)`,
    [scope.workspaceId, id, tagIds],
  )
  await scope.execute(
    `insert into contact_tags (workspace_id, contact_id, tag_id) select $1, $2, unnest($3::text[]) on conflict do nothing`,
    [scope.workspaceId, id, tagIds],
  )
}

/** Puts a contact on these lists and takes it off all others. */
export async function setLists(
  scope: WorkspaceScope,
  id: ContactId,
  listIds: readonly string[],
): Promise<void> {
  await scope.execute(
    `delete from list_members where workspace_id = $1 and contact_id = $2 and list_id <> all($3)`,
    [scope.workspaceId, id, listIds],
  )
  await scope.execute(
    `insert into list_members (workspace_id, contact_id, list_id) select $1, $2, unnest($3::text[]) on conflict do nothing`,
    [scope.workspaceId, id, listIds],
  )
}
