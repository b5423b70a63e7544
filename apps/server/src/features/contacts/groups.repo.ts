import type { WorkspaceScope } from '@siar/database'
import type { ListId, TagId } from '@siar/domain'

export interface TagRow {
  readonly id: string
  readonly name: string
  readonly colour: string
  readonly contacts: number
}

export interface ListRow {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly contacts: number
  readonly createdAt: Date
}

export async function listTags(scope: WorkspaceScope): Promise<TagRow[]> {
  return scope.query<TagRow>(
    `select t.id, t.name, t.colour, coalesce(n.contacts, 0) as contacts from tags t
     left join (select tag_id, count(*) as contacts from contact_tags where workspace_id = $1 group by tag_id) n
       on n.tag_id = t.id
     where t.workspace_id = $1 order by lower(t.name)`,
    [scope.workspaceId],
  )
}

/** Null when a tag of this name is there already. */
export async function insertTag(
  scope: WorkspaceScope,
  tag: { id: TagId; name: string; colour: string; at: Date },
): Promise<TagRow | null> {
  const rows = await scope.query<TagRow>(
    `insert into tags (workspace_id, id, name, colour, created_at) values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, lower(name)) do nothing returning id, name, colour, 0 as contacts`,
    [scope.workspaceId, tag.id, tag.name, tag.colour, tag.at],
  )
  return rows[0] ?? null
}

export async function removeTag(scope: WorkspaceScope, id: TagId): Promise<boolean> {
  return (
    (await scope.execute(`delete from tags where workspace_id = $1 and id = $2`, [scope.workspaceId, id])) > 0
  )
}

const listColumns = 'l.id, l.name, l.description, l.created_at as "createdAt"'

export async function listLists(scope: WorkspaceScope): Promise<ListRow[]> {
  return scope.query<ListRow>(
    `select ${listColumns}, coalesce(n.contacts, 0) as contacts from lists l
     left join (select list_id, count(*) as contacts from list_members where workspace_id = $1 group by list_id) n
       on n.list_id = l.id
     where l.workspace_id = $1 order by l.created_at desc, l.id desc`,
    [scope.workspaceId],
  )
}

/** Null when a list of this name is there already. */
export async function insertList(
  scope: WorkspaceScope,
  list: { id: ListId; name: string; description: string; at: Date },
): Promise<ListRow | null> {
  const rows = await scope.query<ListRow>(
    `insert into lists as l (workspace_id, id, name, description, created_at) values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, lower(name)) do nothing returning ${listColumns}, 0 as contacts`,
    [scope.workspaceId, list.id, list.name, list.description, list.at],
  )
  return rows[0] ?? null
}

/** Null when there is no such list. Fails with a unique violation when another list has the name. */
export async function updateList(
  scope: WorkspaceScope,
  id: ListId,
  list: { name: string | null; description: string | null },
): Promise<ListRow | null> {
  const rows = await scope.query<ListRow>(
    `update lists l set name = coalesce($3, name), description = coalesce($4, description)
     where workspace_id = $1 and id = $2
     returning ${listColumns}, (select count(*) from list_members m where m.list_id = l.id) as contacts`,
    [scope.workspaceId, id, list.name, list.description],
  )
  return rows[0] ?? null
}

/** Whether a campaign that has not ended names this list. */
export async function isListInUse(scope: WorkspaceScope, id: ListId): Promise<boolean> {
  const rows = await scope.query(
    `select 1 from campaigns
     where workspace_id = $1 and status in ('scheduled', 'overdue', 'running', 'paused', 'halted')
       and strpos(audience::text, $2) > 0 limit 1`,
    [scope.workspaceId, id],
  )
  return rows.length > 0
}

export async function removeList(scope: WorkspaceScope, id: ListId): Promise<boolean> {
  return (
    (await scope.execute(`delete from lists where workspace_id = $1 and id = $2`, [scope.workspaceId, id])) >
    0
  )
}
