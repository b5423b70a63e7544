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
}

/** Keeps items in their order; one that waits already under its key stays as it is. */
export async function insertWebhookItems(
  scope: SystemScope,
  items: readonly NewWebhookItem[],
  at: Date,
): Promise<void> {
  await scope.execute(
    `insert into webhook_items (workspace_id, sender_id, key, item, received_at)
     select told.workspace_id, told.sender_id, told.key, told.item, $5
     from unnest($1::text[], $2::text[], $3::text[], $4::jsonb[]) with ordinality
       as told (workspace_id, sender_id, key, item, nth)
     where exists (select 1 from senders where senders.id = told.sender_id)
     order by told.nth
     on conflict (sender_id, key) do nothing`,
    [
      items.map(({ workspaceId }) => workspaceId),
      items.map(({ senderId }) => senderId),
      items.map(({ key }) => key.replaceAll('\0', '\ufffd')),
      items.map(({ item }) => toJsonText(item)),
      at,
    ],
  )
}

export interface WaitingItem {
  readonly id: number
  readonly item: unknown
}

/** The oldest items of a sender that nobody has taken. */
export async function listWaitingItems(
  scope: SystemScope,
  senderId: string,
  limit: number,
): Promise<WaitingItem[]> {
  const rows = await scope.query<{ id: string; item: unknown }>(
    `select id, item from webhook_items where sender_id = $1 and failed_at is null order by id limit $2`,
    [senderId, limit],
  )
  return rows.map(({ id, item }) => ({ id: Number(id), item }))
}

export async function removeItems(scope: SystemScope, ids: readonly number[]): Promise<void> {
  await scope.execute('delete from webhook_items where id = any($1::bigint[])', [ids])
}

export async function failItem(scope: SystemScope, id: number, at: Date): Promise<void> {
  await scope.execute('update webhook_items set failed_at = $2 where id = $1', [id, at])
}
