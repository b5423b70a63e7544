import type { ReceiptPricing } from '@siar/channel'
import type { WorkspaceScope } from '@siar/database'

export interface ReceiptRow {
  readonly senderId: string
  readonly channelMessageId: string
  readonly kind: 'accepted' | 'delivered' | 'read' | 'refused'
  /** Null until the attempt is known. */
  readonly attemptId: string | null
  readonly reason: string | null
  readonly at: Date
  /** What the channel charges, where this receipt tells; not stored with it. */
  readonly pricing: ReceiptPricing | null
}

const insertReceiptsStatement = {
  name: 'sending-insert-receipts',
  text: `
  insert into receipts (workspace_id, sender_id, channel_message_id, kind, attempt_id, reason, at)
  select $1, u.sender_id, u.channel_message_id, u.kind, u.attempt_id, u.reason, u.at
  from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
    u(sender_id, channel_message_id, kind, attempt_id, reason, at)
  on conflict do nothing
  returning sender_id as "senderId", channel_message_id as "channelMessageId", kind`,
}

/** Stores receipts once by their key. @returns the keys of those that were new. */
export async function insertReceipts(
  scope: WorkspaceScope,
  receipts: readonly ReceiptRow[],
): Promise<Pick<ReceiptRow, 'senderId' | 'channelMessageId' | 'kind'>[]> {
  if (receipts.length === 0) return []
  return scope.query(insertReceiptsStatement, [
    scope.workspaceId,
    receipts.map((receipt) => receipt.senderId),
    receipts.map((receipt) => receipt.channelMessageId),
    receipts.map((receipt) => receipt.kind),
    receipts.map((receipt) => receipt.attemptId),
    receipts.map((receipt) => receipt.reason),
    receipts.map((receipt) => receipt.at),
  ])
}

/** The attempts that channel ids belong to, as far as their outcome is written. */
export async function findAttemptsByChannelId(
  scope: WorkspaceScope,
  keys: readonly { senderId: string; channelMessageId: string }[],
): Promise<{ attemptId: string; senderId: string; channelMessageId: string }[]> {
  if (keys.length === 0) return []
  return scope.query(
    `select a.id as "attemptId", a.sender_id as "senderId", a.channel_message_id as "channelMessageId"
     from unnest($1::text[], $2::text[]) u(sender_id, channel_message_id)
     join attempts a on a.sender_id = u.sender_id and a.channel_message_id = u.channel_message_id`,
    [keys.map((key) => key.senderId), keys.map((key) => key.channelMessageId)],
  )
}

/** Receipts that were stored before the attempts they belong to had their channel id, or while they waited to go again. */
export async function adoptReceipts(
  scope: WorkspaceScope,
  attempts: readonly { attemptId: string; senderId: string; channelMessageId: string }[],
): Promise<ReceiptRow[]> {
  if (attempts.length === 0) return []
  return scope.query<ReceiptRow>(
    `update receipts c set attempt_id = u.attempt_id
     from unnest($1::text[], $2::text[], $3::text[]) u(attempt_id, sender_id, channel_message_id)
     where c.sender_id = u.sender_id and c.channel_message_id = u.channel_message_id
     returning c.sender_id as "senderId", c.channel_message_id as "channelMessageId", c.kind,
       c.attempt_id as "attemptId", c.reason, c.at, null as pricing`,
    [
      attempts.map((attempt) => attempt.attemptId),
      attempts.map((attempt) => attempt.senderId),
      attempts.map((attempt) => attempt.channelMessageId),
    ],
  )
}
