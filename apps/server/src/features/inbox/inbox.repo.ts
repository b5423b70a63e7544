import type { WorkspaceScope } from '@siar/database'

export interface ConversationRow {
  readonly id: string
  readonly contactId: string
  readonly contactName: string
  readonly senderName: string
  readonly lastText: string
  readonly unread: number
  readonly lastMessageAt: Date
}

/** Conversations, the newest message first; the page after `before`. A person without a name shows their number. */
export async function listConversations(
  scope: WorkspaceScope,
  before: { readonly at: Date; readonly id: string } | null,
  limit: number,
): Promise<ConversationRow[]> {
  return scope.query<ConversationRow>(
    `select v.id, v.contact_id as "contactId",
       coalesce(nullif(c.full_name, ''), (select a.value from addresses a where a.contact_id = v.contact_id
         order by a.id limit 1), '') as "contactName",
       coalesce(s.name, '') as "senderName", coalesce(m.text, '') as "lastText", v.unread,
       v.last_message_at as "lastMessageAt"
     from conversations v
     left join contacts c on c.id = v.contact_id
     left join senders s on s.id = v.sender_id
     left join lateral (
       select x.text from messages x where x.conversation_id = v.id order by x.at desc limit 1) m on true
     where v.workspace_id = $1
       and ($2::timestamptz is null or (v.last_message_at, v.id) < ($2::timestamptz, $3::text))
     order by v.last_message_at desc, v.id desc limit $4`,
    [scope.workspaceId, before?.at ?? null, before?.id ?? '', limit],
  )
}
