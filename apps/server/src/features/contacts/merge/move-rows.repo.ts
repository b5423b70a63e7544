import type { WorkspaceScope } from '@siar/database'
import type { ContactId } from '@siar/domain'

/** Rows that went from one contact to another. */
export interface MovedRows {
  readonly recipients: readonly string[]
  /** Recipients passed over, because the person was in the same run twice. */
  readonly passedOver: readonly { id: string; runId: string }[]
  readonly conversations: readonly string[]
  /** Conversations with a sender that the survivor talks with too: their messages went into that one. */
  readonly joined: readonly JoinedConversation[]
  readonly messages: readonly string[]
}

export interface JoinedConversation {
  /** The row that is gone, by column. */
  readonly row: Readonly<Record<string, unknown>>
  readonly into: string
  readonly messages: readonly string[]
  /** The times of the conversation it went into, as they were and as they became. */
  readonly before: Readonly<Record<string, unknown>>
  readonly after: Readonly<Record<string, unknown>>
}

export interface Pair {
  readonly from: ContactId
  readonly to: ContactId
}

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)

/**
 * Moves recipients, clicks, conversations, messages, and answers to keywords that are still to be sent. Doing it again moves what was written under the old id since.
 *
 * @param joinsWindows Whether what the other wrote opens the service window of the survivor: only when they share a number.
 */
export async function moveRows(scope: WorkspaceScope, pair: Pair, joinsWindows: boolean): Promise<MovedRows> {
  const values = [scope.workspaceId, pair.from, pair.to]
  const passedOver = await passOverDoubles(scope, pair)
  const recipients = await scope.query<{ id: string }>(
    'update recipients set contact_id = $3 where workspace_id = $1 and contact_id = $2 returning id',
    values,
  )
  await scope.execute('update clicks set contact_id = $3 where workspace_id = $1 and contact_id = $2', values)
  await scope.execute(
    'update keyword_answers set contact_id = $3 where workspace_id = $1 and contact_id = $2',
    values,
  )
  const joined = await joinConversations(scope, pair, joinsWindows)
  const conversations = await scope.query<{ id: string }>(
    'update conversations set contact_id = $3 where workspace_id = $1 and contact_id = $2 returning id',
    values,
  )
  const messages = await scope.query<{ id: string }>(
    'update messages set contact_id = $3 where workspace_id = $1 and contact_id = $2 returning id',
    values,
  )
  return {
    recipients: idsOf(recipients),
    passedOver,
    conversations: idsOf(conversations),
    joined,
    messages: idsOf(messages),
  }
}

export const movedNothing = (moved: MovedRows): boolean =>
  Object.values(moved).every((rows) => (rows as readonly unknown[]).length === 0)

/**
 * In a run that has both, at most one message goes out: none more when one is out or on its way, else one of those that wait, the
 * survivor's first.
 */
async function passOverDoubles(scope: WorkspaceScope, { from, to }: Pair): Promise<MovedRows['passedOver']> {
  return scope.query<{ id: string; runId: string }>(
    `with both_of as (
       select r.id, r.run_id, r.status, r.contact_id from recipients r
       where r.workspace_id = $1 and r.contact_id in ($2, $3) and r.run_id in (
         select run_id from recipients where workspace_id = $1 and contact_id in ($2, $3) group by run_id having count(*) > 1)
     ), waiting as (
       select b.id, row_number() over (partition by b.run_id order by b.contact_id = $3 desc, b.id) as place,
         exists (select 1 from both_of o where o.run_id = b.run_id
           and o.status not in ('queued', 'skipped', 'cancelled', 'refused')) as is_out
       from both_of b where b.status = 'queued'
     )
     update recipients r set status = 'skipped', reason = 'duplicate', due_at = null, updated_at = now()
     from waiting w where r.workspace_id = $1 and r.id = w.id and r.status = 'queued' and (w.is_out or w.place > 1)
     returning r.id, r.run_id as "runId"`,
    [scope.workspaceId, from, to],
  )
}

const times = (row: string): string =>
  `jsonb_build_object('unread', ${row}.unread, 'last_message_at', ${row}.last_message_at, 'last_incoming_at', ${row}.last_incoming_at,
     'ad_entry_at', ${row}.ad_entry_at, 'free_entry_until', ${row}.free_entry_until)`

async function joinConversations(
  scope: WorkspaceScope,
  { from, to }: Pair,
  joinsWindows: boolean,
): Promise<JoinedConversation[]> {
  const clashing = await scope.query<{ id: string; into: string; row: Record<string, unknown> }>(
    `select l.id, s.id as into, to_jsonb(l) as row
     from conversations l join conversations s
       on s.workspace_id = $1 and s.contact_id = $3 and s.sender_id = l.sender_id
     where l.workspace_id = $1 and l.contact_id = $2 order by l.id for update`,
    [scope.workspaceId, from, to],
  )
  const joined: JoinedConversation[] = []
  for (const { id, into, row } of clashing) {
    const messages = await scope.query<{ id: string }>(
      'update messages set conversation_id = $3 where workspace_id = $1 and conversation_id = $2 returning id',
      [scope.workspaceId, id, into],
    )
    const [changed] = await scope.query<Pick<JoinedConversation, 'before' | 'after'>>(
      `update conversations s set unread = s.unread + l.unread, last_message_at = greatest(s.last_message_at, l.last_message_at),
         last_incoming_at = case when $4 then greatest(s.last_incoming_at, l.last_incoming_at) else s.last_incoming_at end,
         ad_entry_at = case when $4 then greatest(s.ad_entry_at, l.ad_entry_at) else s.ad_entry_at end,
         free_entry_until = case when $4 then greatest(s.free_entry_until, l.free_entry_until) else s.free_entry_until end
       from conversations l, conversations old
       where s.workspace_id = $1 and s.id = $3 and l.workspace_id = $1 and l.id = $2 and old.id = s.id
       returning ${times('old')} as before, ${times('s')} as after`,
      [scope.workspaceId, id, into, joinsWindows],
    )
    await scope.execute('delete from conversations where workspace_id = $1 and id = $2', [
      scope.workspaceId,
      id,
    ])
    joined.push({
      row,
      into,
      messages: idsOf(messages),
      before: changed?.before ?? {},
      after: changed?.after ?? {},
    })
  }
  return joined
}

/** Moves everything back that still stands where it was put; answers what does not. */
export async function moveRowsBack(
  scope: WorkspaceScope,
  { from, to }: Pair,
  moved: MovedRows,
  since: Date,
): Promise<('messages' | 'conversations' | 'recipients')[]> {
  const back = [scope.workspaceId, to, from]
  await scope.execute(
    'update recipients set contact_id = $3 where workspace_id = $1 and contact_id = $2 and id = any($4)',
    [...back, moved.recipients],
  )
  await scope.execute(
    'update clicks set contact_id = $3 where workspace_id = $1 and contact_id = $2 and recipient_id = any($4)',
    [...back, moved.recipients],
  )
  const threads = await scope.execute(
    `update conversations v set contact_id = $3 where workspace_id = $1 and contact_id = $2 and id = any($4)
       and not exists (select 1 from conversations o where o.workspace_id = $1 and o.contact_id = $3 and o.sender_id = v.sender_id)`,
    [...back, moved.conversations],
  )
  let hasNews = false
  for (const thread of moved.joined) hasNews = (await splitConversation(scope, thread, since)) || hasNews
  await scope.execute(
    `update messages set contact_id = $3 where workspace_id = $1 and contact_id = $2
       and (id = any($4) or conversation_id = any($5) or recipient_id = any($6))`,
    [...back, moved.messages, moved.conversations, moved.recipients],
  )
  return [
    ...(hasNews ? (['messages'] as const) : []),
    ...(threads < moved.conversations.length ? (['conversations'] as const) : []),
    ...(moved.passedOver.length > 0 ? (['recipients'] as const) : []),
  ]
}

/** @returns whether the joined conversation has messages from after the merge, which stay there. */
async function splitConversation(
  scope: WorkspaceScope,
  { row, into, messages, before, after }: JoinedConversation,
  since: Date,
): Promise<boolean> {
  const id = String(row.id)
  await scope.execute(
    `insert into conversations select (jsonb_populate_record(null::conversations, $2::jsonb)).*
     where $2::jsonb ->> 'workspace_id' = $1 on conflict do nothing`,
    [scope.workspaceId, JSON.stringify(row)],
  )
  await scope.execute(
    'update messages set conversation_id = $2 where workspace_id = $1 and conversation_id = $3 and id = any($4)',
    [scope.workspaceId, id, into, messages],
  )
  await scope.execute(
    `update conversations s set unread = b.unread, last_message_at = b.last_message_at, last_incoming_at = b.last_incoming_at,
       ad_entry_at = b.ad_entry_at, free_entry_until = b.free_entry_until
     from jsonb_populate_record(null::conversations, $3::jsonb) b
     where s.workspace_id = $1 and s.id = $2 and ${times('s')} = $4::jsonb`,
    [scope.workspaceId, into, JSON.stringify(before), JSON.stringify(after)],
  )
  const news = await scope.query(
    'select 1 from messages where workspace_id = $1 and conversation_id = $2 and at > $3 limit 1',
    [scope.workspaceId, into, since],
  )
  return news.length > 0
}
