import type { WorkspaceScope } from '@siar/database'

export interface SingleRow {
  readonly id: string
  readonly senderId: string
  readonly contactId: string | null
  readonly to: string
  readonly text: string
  readonly mediaId: string | null
  /** A suppression that the person asked for does not hold it back. */
  readonly afterOptOut?: boolean
}

/** Keeps a message before it is handed to the channel. @returns false when its address is suppressed: nothing is kept. */
export async function insertSingle(scope: WorkspaceScope, message: SingleRow, now: Date): Promise<boolean> {
  const { id, contactId, senderId, text, mediaId, to, afterOptOut = false } = message
  const added = await scope.execute(
    `insert into messages (id, workspace_id, contact_id, sender_id, direction, text, media_id, at)
     select $1, $2, $3, $4, 'out', $5, $6, $7
     where not exists (select 1 from suppressions s where s.workspace_id = $2 and s.value = $8
       and not ($9 and s.reason = 'unsubscribed'))`,
    [id, scope.workspaceId, contactId, senderId, text, mediaId, now, to, afterOptOut],
  )
  return added > 0
}

/** When the person behind an address last wrote to a sender; null when never. */
export async function findLastIncoming(
  scope: WorkspaceScope,
  { senderId, contactId, to }: Pick<SingleRow, 'senderId' | 'contactId' | 'to'>,
): Promise<Date | null> {
  const [row] = await scope.query<{ at: Date | null }>(
    `select max(v.last_incoming_at) as at from conversations v
     where v.workspace_id = $1 and v.sender_id = $2 and (v.contact_id = $3 or v.contact_id in (
       select a.contact_id from addresses a where a.workspace_id = $1 and a.value = $4))`,
    [scope.workspaceId, senderId, contactId, to],
  )
  return row?.at ?? null
}

/** Gives the message its channel id, or takes it back when it surely did not go. */
export async function finishSingle(
  scope: WorkspaceScope,
  id: string,
  wasHandedOver: boolean,
  channelMessageId: string | null,
): Promise<void> {
  if (!wasHandedOver) await scope.execute('delete from messages where id = $1', [id])
  else
    await scope.execute('update messages set channel_message_id = $2 where id = $1', [id, channelMessageId])
}
