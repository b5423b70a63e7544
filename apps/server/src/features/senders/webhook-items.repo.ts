import type { SystemScope } from '@siar/database'
import type { ChannelKind, SenderId, WorkspaceId } from '@siar/domain'
import { toJsonText } from '../../json-text.ts'

export { isPassing as isPassingInDatabase } from '@siar/database'

/** A sender that may be told of. */
export interface WebhookSender {
  readonly senderId: SenderId
  readonly workspaceId: WorkspaceId
  readonly channel: ChannelKind
  readonly settings: Readonly<Record<string, unknown>>
}

/** A sender and all others of its workspace and channel; empty when there is no such sender. */
export function listWebhookSenders(scope: SystemScope, senderId: string): Promise<WebhookSender[]> {
  return scope.query<WebhookSender>(
    `select other.id as "senderId", other.workspace_id as "workspaceId", other.channel, other.settings
     from senders told join senders other using (workspace_id, channel) where told.id = $1`,
    [senderId],
  )
}

export interface NewWebhookItem {
  readonly workspaceId: string
  readonly senderId: string
  readonly key: string
  readonly item: unknown
  /** Set where `item` is a list of so many. */
  readonly itemCount: number | null
}

/** Keeps items in their order; one that waits already under its key stays as it is. */
export async function insertWebhookItems(
  scope: SystemScope,
  items: readonly NewWebhookItem[],
  at: Date,
): Promise<void> {
  await scope.execute(
    `insert into webhook_items (workspace_id, sender_id, key, item, item_count, received_at)
     select told.workspace_id, told.sender_id, told.key, told.item, told.item_count, $6
     from unnest($1::text[], $2::text[], $3::text[], $4::jsonb[], $5::int[]) with ordinality
       as told (workspace_id, sender_id, key, item, item_count, nth)
     where exists (select 1 from senders where senders.id = told.sender_id)
     order by told.nth
     on conflict (sender_id, key) do nothing`,
    [
      items.map(({ workspaceId }) => workspaceId),
      items.map(({ senderId }) => senderId),
      items.map(({ key }) => key.replaceAll('\0', '\ufffd')),
      items.map(({ item }) => toJsonText(item)),
      items.map(({ itemCount }) => itemCount),
      at,
    ],
  )
}

/** What waits in one row: an item, or several that were kept together. */
export interface WaitingItem {
  readonly id: number
  readonly items: readonly unknown[]
  /** Kept as a list, also of one. */
  readonly isList: boolean
}

/** The oldest items of a sender that nobody has taken: rows until `limit` is reached, one at least. */
export async function listWaitingItems(
  scope: SystemScope,
  senderId: string,
  limit: number,
): Promise<WaitingItem[]> {
  const rows = await scope.query<{ id: string; item: unknown; isList: boolean }>(
    `select id, item, item_count is not null as "isList" from (
       select id, item, item_count,
         sum(coalesce(item_count, 1)) over (order by id rows between unbounded preceding and 1 preceding) as before
       from (select id, item, item_count from webhook_items
         where sender_id = $1 and failed_at is null order by id limit $2) oldest
     ) counted where coalesce(before, 0) < $2 order by id`,
    [senderId, limit],
  )
  return rows.map(({ id, item, isList }) => {
    const items: readonly unknown[] = isList && Array.isArray(item) ? (item as unknown[]) : [item]
    return { id: Number(id), items, isList }
  })
}

/** Keeps each item of a list in a row of its own, behind what waits, so that one that cannot be taken spoils no other. */
export async function splitList(scope: SystemScope, id: number): Promise<void> {
  await scope.execute(
    `with list as (delete from webhook_items where id = $1 returning *)
     insert into webhook_items (workspace_id, sender_id, key, item, received_at)
     select l.workspace_id, l.sender_id, left(l.key, 180) || ':' || one.nth, one.item, l.received_at
     from list l cross join jsonb_array_elements(l.item) with ordinality one (item, nth)
     order by one.nth on conflict (sender_id, key) do nothing`,
    [id],
  )
}

export async function removeItems(scope: SystemScope, ids: readonly number[]): Promise<void> {
  await scope.execute('delete from webhook_items where id = any($1::bigint[])', [ids])
}

/** @param failure A code. */
export async function failItem(scope: SystemScope, id: number, at: Date, failure: string): Promise<void> {
  await scope.execute('update webhook_items set failed_at = $2, failure = $3 where id = $1', [
    id,
    at,
    failure,
  ])
}
