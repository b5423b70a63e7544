import type { WorkspaceScope } from '@siar/database'
import { recipientSources } from '@siar/domain'
import type { RecipientStatus } from '@siar/domain'

export type AddressKind = 'phone' | 'user_id' | 'lid'

/** The contact an address belongs to, or null. */
export async function findContactByAddress(
  scope: WorkspaceScope,
  kind: AddressKind,
  value: string,
): Promise<string | null> {
  const [row] = await scope.query<{ id: string }>(
    'select contact_id as id from addresses where workspace_id = $1 and kind = $2 and value = $3',
    [scope.workspaceId, kind, value],
  )
  return row?.id ?? null
}

/** The contacts behind these addresses, each once, the oldest first. */
export async function listContactsByAddress(
  scope: WorkspaceScope,
  addresses: readonly { readonly kind: AddressKind; readonly value: string }[],
): Promise<string[]> {
  const rows = await scope.query<{ id: string }>(
    `select distinct a.contact_id as id from addresses a
     join unnest($2::text[], $3::text[]) as known (kind, value) on a.kind = known.kind and a.value = known.value
     where a.workspace_id = $1 order by 1`,
    [scope.workspaceId, addresses.map(({ kind }) => kind), addresses.map(({ value }) => value)],
  )
  return rows.map(({ id }) => id)
}

/** Gives a contact more addresses; one that belongs to anybody already stays there. @returns how many were new. */
export function addAddresses(
  scope: WorkspaceScope,
  contactId: string,
  addresses: readonly { readonly id: string; readonly kind: AddressKind; readonly value: string }[],
  now: Date,
): Promise<number> {
  return scope.execute(
    `insert into addresses (id, workspace_id, contact_id, kind, value, created_at)
     select known.id, $1, $2, known.kind, known.value, $6
     from unnest($3::text[], $4::text[], $5::text[]) as known (id, kind, value)
     on conflict (workspace_id, kind, value) do nothing`,
    [
      scope.workspaceId,
      contactId,
      addresses.map(({ id }) => id),
      addresses.map(({ kind }) => kind),
      addresses.map(({ value }) => value),
      now,
    ],
  )
}

/** Those of these contacts who may get no marketing: withdrawn, or an address is suppressed. */
export async function listOptedOut(scope: WorkspaceScope, contactIds: readonly string[]): Promise<string[]> {
  const rows = await scope.query<{ id: string }>(
    `select c.id from contacts c where c.id = any($1::text[]) and (c.marketing_consent = 'withdrawn' or exists (
       select 1 from addresses a join suppressions s on s.workspace_id = a.workspace_id and s.kind = a.kind
         and s.value = a.value
       where a.contact_id = c.id))`,
    [contactIds],
  )
  return rows.map(({ id }) => id)
}

/** What the owner wrote on the phone itself, once. @returns false when it was stored before. */
export async function insertOwnMessage(scope: WorkspaceScope, message: IncomingRow): Promise<boolean> {
  const { id, conversationId, contactId, senderId, text, channelMessageId, at } = message
  const added = await scope.execute(
    `insert into messages (id, workspace_id, conversation_id, contact_id, sender_id, direction, text,
       channel_message_id, at)
     select $1, $2, $3, $4, $5, 'out', $6, $7, $8
     where not exists (
       select 1 from messages where conversation_id = $3 and at = $8 and channel_message_id = $7)`,
    [id, scope.workspaceId, conversationId, contactId, senderId, text, channelMessageId, at],
  )
  return added > 0
}

export interface NewPerson {
  readonly contactId: string
  readonly addressId: string
  readonly kind: AddressKind
  readonly value: string
  readonly country: string | null
  readonly name: string
}

/** Adds somebody who wrote and was not known; consent stays unknown. @returns the contact, also when somebody was faster. */
export async function addPerson(scope: WorkspaceScope, person: NewPerson, now: Date): Promise<string> {
  const { contactId, addressId, kind, value, country, name } = person
  await scope.execute(
    `insert into contacts (id, workspace_id, full_name, source, created_at, updated_at)
     values ($1, $2, $3, 'incoming', $4, $4)`,
    [contactId, scope.workspaceId, name, now],
  )
  const added = await scope.execute(
    `insert into addresses (id, workspace_id, contact_id, kind, value, country, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (workspace_id, kind, value) do nothing`,
    [addressId, scope.workspaceId, contactId, kind, value, country, now],
  )
  if (added > 0) return contactId
  await scope.execute('delete from contacts where id = $1', [contactId])
  return (await findContactByAddress(scope, kind, value)) ?? contactId
}

/** The thread of a contact with a sender, made when there is none. */
export async function getConversation(
  scope: WorkspaceScope,
  conversation: { id: string; contactId: string; senderId: string },
  at: Date,
): Promise<string> {
  const [row] = await scope.query<{ id: string }>(
    `insert into conversations (id, workspace_id, contact_id, sender_id, last_message_at, created_at)
     values ($1, $2, $3, $4, $5, $5)
     on conflict (workspace_id, contact_id, sender_id) do update set last_message_at = conversations.last_message_at
     returning id`,
    [conversation.id, scope.workspaceId, conversation.contactId, conversation.senderId, at],
  )
  return row?.id ?? conversation.id
}

export interface IncomingRow {
  readonly id: string
  readonly conversationId: string
  readonly contactId: string
  readonly senderId: string
  readonly text: string
  readonly channelMessageId: string
  readonly at: Date
  /** It came from a click on an advertisement that opens a free entry. */
  readonly isAdEntry?: boolean
}

/** Stores an incoming message once. @returns false when it was stored before; then nothing else may count it again. */
export async function insertIncoming(scope: WorkspaceScope, message: IncomingRow): Promise<boolean> {
  const { id, conversationId, contactId, senderId, text, channelMessageId, at, isAdEntry = false } = message
  const added = await scope.execute(
    `insert into messages (id, workspace_id, conversation_id, contact_id, sender_id, direction, text,
       channel_message_id, at)
     values ($1, $2, $3, $4, $5, 'in', $6, $7, $8)
     on conflict (sender_id, channel_message_id) where direction = 'in' do nothing`,
    [id, scope.workspaceId, conversationId, contactId, senderId, text, channelMessageId, at],
  )
  if (added === 0) return false
  await scope.execute(
    `update conversations set unread = unread + 1, last_message_at = greatest(last_message_at, $2),
       last_incoming_at = greatest(coalesce(last_incoming_at, $2), $2),
       ad_entry_at = case when $3 then greatest(ad_entry_at, $2) else ad_entry_at end where id = $1`,
    [conversationId, at, isAdEntry],
  )
  return true
}

/**
 * Marks the newest recipient of a contact on a sender as answered.
 *
 * An `unknown` one becomes `read`: somebody who answers has seen it. @returns what moved, or null.
 */
export async function markReplied(
  scope: WorkspaceScope,
  contactId: string,
  senderId: string,
  at: Date,
): Promise<{ runId: string; campaignId: string; from: RecipientStatus; to: RecipientStatus } | null> {
  const [row] = await scope.query<{
    runId: string
    campaignId: string
    from: RecipientStatus
    to: RecipientStatus
  }>(
    `with newest as (
       select id, status from recipients
       where workspace_id = $1 and contact_id = $2 and sender_id = $3 and message_id is not null
         and status <> 'queued' and status <> 'refused'
       order by message_id desc limit 1 for update
     )
     update recipients r set status = case when n.status = 'unknown' then 'read' else 'replied' end,
       accepted_at = coalesce(r.accepted_at, $4), read_at = coalesce(r.read_at, $4),
       replied_at = coalesce(r.replied_at, $4), reason = null, updated_at = $5
     from newest n where r.id = n.id and (n.status = 'unknown' or n.status = any($6::text[]))
     returning r.run_id as "runId", r.campaign_id as "campaignId", n.status as "from", r.status as "to"`,
    [scope.workspaceId, contactId, senderId, at, at, recipientSources('replied')],
  )
  return row ?? null
}

export interface LastMessage {
  readonly campaignId: string
  readonly runId: string
  readonly acceptedAt: Date
}

/** The campaign message a contact last got through a sender since an instant; null when there is none. */
export async function findLastMessage(
  scope: WorkspaceScope,
  contactId: string,
  senderId: string,
  since: Date,
): Promise<LastMessage | null> {
  const [row] = await scope.query<LastMessage>(
    `select campaign_id as "campaignId", run_id as "runId", accepted_at as "acceptedAt" from recipients
     where workspace_id = $1 and contact_id = $2 and sender_id = $3 and accepted_at >= $4
     order by accepted_at desc limit 1`,
    [scope.workspaceId, contactId, senderId, since],
  )
  return row ?? null
}

/** The sender that wrote to a contact in a run; null when none did. */
export async function findSenderOfRun(
  scope: WorkspaceScope,
  contactId: string,
  runId: string,
): Promise<string | null> {
  const [row] = await scope.query<{ senderId: string }>(
    `select sender_id as "senderId" from recipients
     where workspace_id = $1 and run_id = $2 and contact_id = $3 and sender_id is not null limit 1`,
    [scope.workspaceId, runId, contactId],
  )
  return row?.senderId ?? null
}
