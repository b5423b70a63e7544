import type { WorkspaceScope } from '@siar/database'
import type { SenderId } from '@siar/domain'

export interface PutAsideRow {
  readonly id: string
  readonly kind: string | null
  readonly failure: string | null
  readonly receivedAt: Date
  readonly failedAt: Date
}

/** Items put aside, by sender; senders without any are missing. */
export async function countPutAside(
  scope: WorkspaceScope,
  senderIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await scope.query<{ senderId: string; count: number }>(
    `select sender_id as "senderId", count(*)::int as count from webhook_items
     where sender_id = any($1::text[]) and failed_at is not null group by sender_id`,
    [[...senderIds]],
  )
  return new Map(rows.map(({ senderId, count }) => [senderId, count]))
}

export function listPutAside(
  scope: WorkspaceScope,
  senderId: SenderId,
  limit: number,
): Promise<PutAsideRow[]> {
  return scope.query<PutAsideRow>(
    `select id::text, left(case when jsonb_typeof(item) = 'object' then item ->> 'kind' end, 40) as kind,
       failure, received_at as "receivedAt", failed_at as "failedAt"
     from webhook_items where sender_id = $1 and failed_at is not null order by id limit $2`,
    [senderId, limit],
  )
}

const chosen = `sender_id = $1 and failed_at is not null and ($2::bigint[] is null or id = any($2::bigint[]))`

/** Lets items wait again in their old place. @param ids null for all. @returns how many. */
export function resumePutAside(
  scope: WorkspaceScope,
  senderId: SenderId,
  ids: readonly string[] | null,
): Promise<number> {
  return scope.execute(`update webhook_items set failed_at = null, failure = null where ${chosen}`, [
    senderId,
    ids,
  ])
}

/** @param ids null for all. @returns how many are gone. */
export function removePutAside(
  scope: WorkspaceScope,
  senderId: SenderId,
  ids: readonly string[] | null,
): Promise<number> {
  return scope.execute(`delete from webhook_items where ${chosen}`, [senderId, ids])
}
