import type { WorkspaceScope } from '@siar/database'
import type { ContactId, ContactMergeId } from '@siar/domain'
import type { MergeRecord } from './merge.repo.ts'

/** Puts the row back as it was; its phones follow from the addresses. */
export async function restoreContact(
  scope: WorkspaceScope,
  loser: MergeRecord['loser'],
  at: Date,
): Promise<void> {
  const names = Object.keys(loser)
    .filter((name) => /^[a-z_]+$/.test(name))
    .join(', ')
  await scope.execute(
    `insert into contacts (${names}) select ${names} from jsonb_populate_record(null::contacts, $2::jsonb)
     where workspace_id = $1`,
    [scope.workspaceId, JSON.stringify({ ...loser, phones: '', updated_at: at.toISOString() })],
  )
}

/** @returns false when an address is no longer there. */
export async function returnAddresses(
  scope: WorkspaceScope,
  from: ContactId,
  to: ContactId,
  addresses: MergeRecord['addresses'],
): Promise<boolean> {
  const returned = await scope.execute(
    `update addresses a set contact_id = $3, created_at = k.at::timestamptz
     from unnest($4::text[], $5::text[]) k (id, at)
     where a.workspace_id = $1 and a.contact_id = $2 and a.id = k.id`,
    [scope.workspaceId, from, to, addresses.map(({ id }) => id), addresses.map(({ createdAt }) => createdAt)],
  )
  return returned === addresses.length
}

/** @returns false when a tag or list was deleted since. */
export async function splitGroups(
  scope: WorkspaceScope,
  survivor: ContactId,
  loser: ContactId,
  record: MergeRecord,
): Promise<boolean> {
  const tags = await scope.execute(
    `insert into contact_tags (workspace_id, tag_id, contact_id)
     select $1, id, $2 from tags where workspace_id = $1 and id = any($3) on conflict do nothing`,
    [scope.workspaceId, loser, record.tags],
  )
  const lists = await scope.execute(
    `insert into list_members (workspace_id, list_id, contact_id, created_at)
     select $1, l.id, $2, k.at::timestamptz from unnest($3::text[], $4::text[]) k (id, at)
     join lists l on l.workspace_id = $1 and l.id = k.id on conflict do nothing`,
    [
      scope.workspaceId,
      loser,
      record.lists.map(({ id }) => id),
      record.lists.map(({ createdAt }) => createdAt),
    ],
  )
  await scope.execute(
    'delete from contact_tags where workspace_id = $1 and contact_id = $2 and tag_id = any($3)',
    [scope.workspaceId, survivor, record.newTags],
  )
  await scope.execute(
    'delete from list_members where workspace_id = $1 and contact_id = $2 and list_id = any($3)',
    [scope.workspaceId, survivor, record.newLists],
  )
  return tags === record.tags.length && lists === record.lists.length
}

/** Sets the survivor's last message back, unless there was one since. */
export async function splitLastContacted(
  scope: WorkspaceScope,
  survivor: ContactId,
  record: MergeRecord,
): Promise<void> {
  await scope.execute(
    `update contacts set last_contacted_at = $3::timestamptz where workspace_id = $1 and id = $2
       and last_contacted_at is not distinct from greatest($3::timestamptz, $4::timestamptz)`,
    [scope.workspaceId, survivor, record.lastContactedBefore, record.loser.last_contacted_at ?? null],
  )
}

export interface LedgerLine {
  readonly id: string
  readonly state: 'granted' | 'withdrawn'
  readonly wording: string
}

/** The newest line of a contact's own ledger, of one state where it is given. */
export async function newestLine(
  scope: WorkspaceScope,
  contactId: ContactId,
  state: LedgerLine['state'] | null = null,
): Promise<LedgerLine | null> {
  const [row] = await scope.query<LedgerLine>(
    `select id, state, wording from consents where workspace_id = $1 and contact_id = $2
       and ($3::text is null or state = $3) order by at desc, state desc, id desc limit 1`,
    [scope.workspaceId, contactId, state],
  )
  return row ?? null
}

/** The newest withdrawal that was written for a contact after an instant, but for one line. */
export async function withdrawnAfter(
  scope: WorkspaceScope,
  contactId: ContactId,
  at: Date,
  except: string | null,
): Promise<LedgerLine | null> {
  const [row] = await scope.query<LedgerLine>(
    `select id, state, wording from consents where workspace_id = $1 and contact_id = $2 and state = 'withdrawn'
       and at >= $3 and id is distinct from $4 order by at desc, id desc limit 1`,
    [scope.workspaceId, contactId, at, except],
  )
  return row ?? null
}

/** Forgets a merge: its loser is a contact again, and so are those it had taken in. */
export async function removeMerge(
  scope: WorkspaceScope,
  id: ContactMergeId,
  loser: ContactId,
  earlier: readonly string[],
): Promise<void> {
  await scope.execute('delete from contact_merges where workspace_id = $1 and id = $2', [
    scope.workspaceId,
    id,
  ])
  await scope.execute('update contact_merges set survivor_id = $2 where workspace_id = $1 and id = any($3)', [
    scope.workspaceId,
    loser,
    earlier,
  ])
}
