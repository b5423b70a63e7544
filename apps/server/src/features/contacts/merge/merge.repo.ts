import type { WorkspaceScope } from '@siar/database'
import type { ContactId, ContactMergeId } from '@siar/domain'
import type { ContactValues } from '../contacts.repo.ts'
import type { MovedRows } from './move-rows.repo.ts'

/** All that is needed to make two contacts of one again. */
export interface MergeRecord {
  /** The row of the contact that was taken in, by column, without those the database gives. */
  readonly loser: Readonly<Record<string, unknown>> & { readonly full_name: string }
  readonly addresses: readonly { id: string; createdAt: string }[]
  readonly tags: readonly string[]
  readonly lists: readonly { id: string; createdAt: string }[]
  /** Of these the ones the survivor had not had. */
  readonly newTags: readonly string[]
  readonly newLists: readonly string[]
  /** The survivor's values before and after. */
  readonly before: ContactValues
  readonly after: ContactValues
  readonly lastContactedBefore: string | null
  /** The line that the merge wrote into the survivor's ledger, and what stood there before. */
  readonly consent: {
    readonly id: string
    readonly state: 'granted' | 'withdrawn'
    readonly before: 'unknown' | 'granted' | 'withdrawn'
  } | null
  /** Earlier merges into the contact that was taken in. */
  readonly earlier: readonly string[]
  readonly moved: readonly MovedRows[]
}

export interface MergeRow {
  readonly id: ContactMergeId
  readonly survivorId: ContactId
  readonly loserId: ContactId
  readonly record: MergeRecord | null
  readonly createdAt: Date
  readonly undoUntil: Date
}

const columns = `id, survivor_id as "survivorId", loser_id as "loserId", record, created_at as "createdAt", undo_until as "undoUntil"`

/** Locks both contacts and what waits to be sent to them, in the order in which the senders' lanes lock. */
export async function lockPair(scope: WorkspaceScope, ids: readonly ContactId[]): Promise<number> {
  await scope.query(
    `select id from recipients where workspace_id = $1 and contact_id = any($2)
       and status in ('queued', 'claimed', 'dispatching') order by id for update`,
    [scope.workspaceId, ids],
  )
  const rows = await scope.query(
    'select id from contacts where workspace_id = $1 and id = any($2) order by id for update',
    [scope.workspaceId, ids],
  )
  return rows.length
}

/** The contact that an id of one that was taken in stands for now; the id itself when it was not. */
export async function survivorOf(scope: WorkspaceScope, id: ContactId): Promise<ContactId> {
  const [row] = await scope.query<{ id: ContactId }>(
    'select survivor_id as id from contact_merges where workspace_id = $1 and loser_id = $2',
    [scope.workspaceId, id],
  )
  return row?.id ?? id
}

export async function readContactColumns(
  scope: WorkspaceScope,
  id: ContactId,
): Promise<MergeRecord['loser']> {
  const [row] = await scope.query<{ row: MergeRecord['loser'] }>(
    `select to_jsonb(c) - 'search_text' - 'number' as row from contacts c where workspace_id = $1 and id = $2`,
    [scope.workspaceId, id],
  )
  if (!row) throw new Error('a locked contact is gone')
  return row.row
}

/** Hands over the addresses. They come behind the survivor's own, so that its first number stays the one that is written to. */
export async function moveAddresses(
  scope: WorkspaceScope,
  from: ContactId,
  to: ContactId,
  at: Date,
): Promise<MergeRecord['addresses']> {
  const addresses = await scope.query<{ id: string; createdAt: string }>(
    `select id, created_at::text as "createdAt" from addresses where workspace_id = $1 and contact_id = $2 order by id`,
    [scope.workspaceId, from],
  )
  await scope.execute(
    `update addresses a set contact_id = $3, created_at = greatest(a.created_at, $4::timestamptz + interval '1 millisecond', (
       select max(o.created_at) + interval '1 millisecond' from addresses o
       where o.workspace_id = $1 and o.contact_id = $3 and o.kind = 'phone'))
     where workspace_id = $1 and contact_id = $2`,
    [scope.workspaceId, from, to, at],
  )
  return addresses
}

/** Gives the survivor the tags and lists of the other. */
export async function joinGroups(
  scope: WorkspaceScope,
  from: ContactId,
  to: ContactId,
): Promise<Pick<MergeRecord, 'tags' | 'lists' | 'newTags' | 'newLists'>> {
  const pair = [scope.workspaceId, from, to]
  const tags = await scope.query<{ id: string }>(
    'select tag_id as id from contact_tags where workspace_id = $1 and contact_id = $2 order by tag_id',
    pair.slice(0, 2),
  )
  const lists = await scope.query<{ id: string; createdAt: string }>(
    `select list_id as id, created_at::text as "createdAt" from list_members where workspace_id = $1 and contact_id = $2 order by list_id`,
    pair.slice(0, 2),
  )
  const newTags = await scope.query<{ id: string }>(
    `insert into contact_tags (workspace_id, tag_id, contact_id)
     select $1, tag_id, $3 from contact_tags where workspace_id = $1 and contact_id = $2
     on conflict do nothing returning tag_id as id`,
    pair,
  )
  const newLists = await scope.query<{ id: string }>(
    `insert into list_members (workspace_id, list_id, contact_id, created_at)
     select $1, list_id, $3, created_at from list_members where workspace_id = $1 and contact_id = $2
     on conflict do nothing returning list_id as id`,
    pair,
  )
  const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)
  return { tags: idsOf(tags), lists, newTags: idsOf(newTags), newLists: idsOf(newLists) }
}

/** The later of both last messages. */
export async function joinLastContacted(
  scope: WorkspaceScope,
  from: ContactId,
  to: ContactId,
): Promise<void> {
  await scope.execute(
    `update contacts s set last_contacted_at = greatest(s.last_contacted_at, l.last_contacted_at)
     from contacts l where s.workspace_id = $1 and s.id = $3 and l.workspace_id = $1 and l.id = $2`,
    [scope.workspaceId, from, to],
  )
}

/** Merges into the contact that is taken in now lead to the survivor, and can no longer be undone. */
export async function followEarlier(
  scope: WorkspaceScope,
  from: ContactId,
  to: ContactId,
): Promise<string[]> {
  const rows = await scope.query<{ id: string }>(
    `update contact_merges set survivor_id = $3, record = null where workspace_id = $1 and survivor_id = $2 returning id`,
    [scope.workspaceId, from, to],
  )
  return rows.map(({ id }) => id)
}

export async function insertMerge(
  scope: WorkspaceScope,
  merge: MergeRow & { readonly createdBy: string },
): Promise<void> {
  await scope.execute(
    `insert into contact_merges (workspace_id, id, survivor_id, loser_id, record, created_by, created_at, undo_until)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      scope.workspaceId,
      merge.id,
      merge.survivorId,
      merge.loserId,
      JSON.stringify(merge.record),
      merge.createdBy,
      merge.createdAt,
      merge.undoUntil,
    ],
  )
}

export async function listMerges(
  scope: WorkspaceScope,
  survivorId: ContactId,
): Promise<(Omit<MergeRow, 'record'> & { readonly name: string; readonly undoable: boolean })[]> {
  return scope.query(
    `select id, survivor_id as "survivorId", loser_id as "loserId", created_at as "createdAt", undo_until as "undoUntil",
       coalesce(record -> 'loser' ->> 'full_name', '') as name, record is not null as undoable
     from contact_merges where workspace_id = $1 and survivor_id = $2 order by created_at desc, id desc limit 100`,
    [scope.workspaceId, survivorId],
  )
}

/** A merge, locked; null when there is none. */
export async function lockMerge(scope: WorkspaceScope, id: ContactMergeId): Promise<MergeRow | null> {
  const [row] = await scope.query<MergeRow>(
    `select ${columns} from contact_merges where workspace_id = $1 and id = $2 for update`,
    [scope.workspaceId, id],
  )
  return row ?? null
}

export async function keepMoved(scope: WorkspaceScope, id: ContactMergeId, moved: MovedRows): Promise<void> {
  await scope.execute(
    `update contact_merges set record = jsonb_set(record, '{moved}', record -> 'moved' || $3::jsonb)
     where workspace_id = $1 and id = $2 and record is not null`,
    [scope.workspaceId, id, JSON.stringify([moved])],
  )
}
