import type { WorkspaceScope } from '@siar/database'
import { recipientSources } from '@siar/domain'
import type { RecipientStatus } from '@siar/domain'

/** Where an outcome or receipts take a recipient; named by the attempt they are about. */
export interface Move {
  readonly attemptId: string
  /** Where the caller knows it; otherwise it is read from the attempt. */
  readonly recipientId: string | null
  readonly target: 'accepted' | 'delivered' | 'read' | 'refused' | 'unknown' | 'queued'
  readonly reason: string | null
  /** Only with `queued`. */
  readonly dueAt: Date | null
  /** Only with `queued`: it must go again under the same id. */
  readonly sameId: boolean
  readonly acceptedAt: Date | null
  readonly deliveredAt: Date | null
  readonly readAt: Date | null
}

export interface Moved {
  readonly attemptId: string
  readonly recipientId: string
  readonly contactId: string
  readonly senderId: string
  readonly runId: string
  readonly campaignId: string
  readonly from: RecipientStatus
  readonly to: RecipientStatus
  readonly reason: string | null
}

const quoted = (statuses: readonly string[]): string => statuses.map((status) => `'${status}'`).join(', ')

/** Somebody who waits to get it again under the same id, because nobody knew whether it arrived. */
const isInDoubt = `(r.status = 'queued' and r.message_id = u.attempt_id)`

/** Somebody who waits for another try under a new id: what was shown to them ends that wait. */
const waitsAgain = `(r.status = 'queued' and r.message_id is null)`

/** The same, after a try of which nobody knew whether it went out. A try that was refused may have been accepted before. */
const wasUnknown = `(${waitsAgain}
  and (select a.outcome from attempts a where a.id = u.attempt_id) = 'unknown')`

/**
 * `queued` here is what an outcome may do: nothing left the machine, or the refusal means later. Word of a message that
 * waits to go again ends that wait.
 */
const allowed = `case u.target
  when 'accepted' then r.status in (${quoted(recipientSources('accepted'))}) or ${isInDoubt} or ${wasUnknown}
  when 'delivered' then r.status in (${quoted(recipientSources('delivered'))}) or ${isInDoubt} or ${waitsAgain}
  when 'read' then r.status in (${quoted(recipientSources('read'))}) or ${isInDoubt} or ${waitsAgain}
  when 'refused' then r.status in (${quoted(recipientSources('refused'))}) and r.message_id = u.attempt_id
  when 'unknown' then r.status in (${quoted(recipientSources('unknown'))}) and r.message_id = u.attempt_id
  when 'queued' then r.status = 'dispatching' and r.message_id = u.attempt_id
  end`

const applyMovesStatement = {
  name: 'sending-apply-moves',
  text: `
  with k as materialized (
    select u.*, coalesce(u.known_recipient_id,
      (select a.recipient_id from attempts a where a.id = u.attempt_id)) as recipient_id
    from unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::boolean[], $7::timestamptz[],
        $8::timestamptz[], $9::timestamptz[], $10::text[])
      u(attempt_id, target, reason, due_at, same_id, accepted_at, delivered_at, read_at, known_recipient_id)
  ), n as materialized (
    select r.id, r.status, u.attempt_id, u.reason, u.due_at, u.same_id, u.accepted_at, u.delivered_at, u.read_at,
      case when ${allowed} then u.target else r.status end as to_status,
      (u.accepted_at is not null and r.accepted_at is null)
        or (u.delivered_at is not null and r.delivered_at is null)
        or (u.read_at is not null and r.read_at is null) as fills
    from k u join recipients r on r.id = u.recipient_id
  ), wanted as materialized (
    select * from n where to_status <> status or fills
  ), moved as (
    update recipients r set
      status = w.to_status,
      reason = case when w.to_status <> w.status then w.reason else r.reason end,
      due_at = case when w.to_status <> w.status then w.due_at else r.due_at end,
      message_id = case when w.to_status = 'queued' and w.status <> 'queued' and not w.same_id
        then null when w.to_status <> w.status then coalesce(r.message_id, w.attempt_id) else r.message_id end,
      accepted_at = case when w.to_status in ('accepted', 'delivered', 'read', 'replied')
        then coalesce(r.accepted_at, w.accepted_at) else r.accepted_at end,
      delivered_at = coalesce(r.delivered_at, w.delivered_at),
      read_at = coalesce(r.read_at, w.read_at),
      updated_at = $1
    from wanted w
    where r.id = w.id and r.status = w.status
    returning w.attempt_id, r.id, r.contact_id, r.sender_id, r.run_id, r.campaign_id, w.status as from_status,
      r.status as to_status, r.reason
  )
  select m.attempt_id as "attemptId", m.id as "recipientId", m.contact_id as "contactId", m.sender_id as "senderId",
    m.run_id as "runId", m.campaign_id as "campaignId", m.from_status as "from", m.to_status as "to", m.reason,
    0 as wanted
  from moved m
  union all
  select '', '', '', '', '', '', '', '', '', (select count(*)::int from wanted)`,
}

const triesMax = 5

/**
 * Moves recipients forward, each only from a status that allows it; a move that comes late or twice changes nothing but
 * instants that were still unknown.
 *
 * A row that somebody else changed between the look and the move is looked at again, so no step is lost and `from` is
 * what the counters knew. Name each recipient at most once.
 *
 * @returns What changed, one row a recipient; `from` equals `to` where only an instant was filled in.
 */
export async function applyMoves(scope: WorkspaceScope, moves: readonly Move[], now: Date): Promise<Moved[]> {
  if (moves.length === 0) return []
  const moved: Moved[] = []
  for (let tries = 1; tries <= triesMax; tries += 1) {
    const rows = await tryMoves(scope, moves, now)
    const wanted = rows.pop()?.wanted ?? 0
    for (const { wanted: _, ...row } of rows) moved.push(row)
    if (rows.length === wanted) return moved
  }
  throw new Error('Recipients changed again and again while they were moved')
}

type Tried = Moved & { readonly wanted: number }

async function tryMoves(scope: WorkspaceScope, moves: readonly Move[], now: Date): Promise<Tried[]> {
  return scope.query<Tried>(applyMovesStatement, [
    now,
    moves.map((move) => move.attemptId),
    moves.map((move) => move.target),
    moves.map((move) => move.reason),
    moves.map((move) => move.dueAt),
    moves.map((move) => move.sameId),
    moves.map((move) => move.acceptedAt),
    moves.map((move) => move.deliveredAt),
    moves.map((move) => move.readAt),
    moves.map((move) => move.recipientId),
  ])
}

export interface OutcomeRow {
  readonly attemptId: string
  readonly outcome: 'accepted' | 'refused' | 'not_sent' | 'unknown'
  readonly reason: string | null
  readonly channelMessageId: string | null
}

const finishAttemptsStatement = {
  name: 'sending-finish-attempts',
  text: `
  update attempts a set outcome = u.outcome, reason = u.reason, channel_message_id = u.channel_message_id,
    finished_at = $1
  from unnest($2::text[], $3::text[], $4::text[], $5::text[]) u(id, outcome, reason, channel_message_id)
  where a.id = u.id`,
}

export async function finishAttempts(
  scope: WorkspaceScope,
  outcomes: readonly OutcomeRow[],
  now: Date,
): Promise<void> {
  if (outcomes.length === 0) return
  await scope.execute(finishAttemptsStatement, [
    now,
    outcomes.map((outcome) => outcome.attemptId),
    outcomes.map((outcome) => outcome.outcome),
    outcomes.map((outcome) => outcome.reason),
    outcomes.map((outcome) => outcome.channelMessageId),
  ])
}

export interface OutgoingMessage {
  readonly id: string
  readonly contactId: string
  readonly senderId: string
  readonly recipientId: string
  readonly text: string
  readonly mediaId: string | null
  readonly channelMessageId: string | null
}

const insertMessagesStatement = {
  name: 'sending-insert-messages',
  text: `
  insert into messages (id, workspace_id, contact_id, sender_id, recipient_id, direction, text, media_id,
    channel_message_id, at)
  select u.id, $1, u.contact_id, u.sender_id, u.recipient_id, 'out', u.text, u.media_id, u.channel_message_id, $2
  from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
    u(id, contact_id, sender_id, recipient_id, text, media_id, channel_message_id)
  on conflict (id) do update set channel_message_id = excluded.channel_message_id`,
}

export async function insertMessages(
  scope: WorkspaceScope,
  messages: readonly OutgoingMessage[],
  now: Date,
): Promise<void> {
  if (messages.length === 0) return
  await scope.execute(insertMessagesStatement, [
    scope.workspaceId,
    now,
    messages.map((message) => message.id),
    messages.map((message) => message.contactId),
    messages.map((message) => message.senderId),
    messages.map((message) => message.recipientId),
    messages.map((message) => message.text),
    messages.map((message) => message.mediaId),
    messages.map((message) => message.channelMessageId),
  ])
}

const touchContactsStatement = {
  name: 'sending-touch-contacts',
  text: `update contacts set last_contacted_at = $1 where id = any($2::text[])`,
}

/** Notes that these people were written to. */
export async function touchContacts(
  scope: WorkspaceScope,
  contactIds: readonly string[],
  now: Date,
): Promise<void> {
  if (contactIds.length > 0) await scope.execute(touchContactsStatement, [now, [...contactIds]])
}

export interface SenderDayDelta {
  accepted: number
  delivered: number
  read: number
  refused: number
  unknown: number
  replies: number
  optOuts: number
  blocks: number
  /** Refusals that speak against the number or the message, and those of numbers that are not on WhatsApp. */
  turnedAway: number
  wrongNumbers: number
}

const senderDaysStatement = {
  name: 'sending-sender-days',
  text: `
  insert into sender_days as d (workspace_id, sender_id, day, accepted, delivered, read, refused, unknown, replies,
    opt_outs, blocks, turned_away, wrong_numbers)
  select $1, u.sender_id, $2::date, u.accepted, u.delivered, u.read, u.refused, u.unknown, u.replies, u.opt_outs, u.blocks,
    u.turned_away, u.wrong_numbers
  from unnest($3::text[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[], $9::int[], $10::int[], $11::int[],
      $12::int[], $13::int[])
    u(sender_id, accepted, delivered, read, refused, unknown, replies, opt_outs, blocks, turned_away, wrong_numbers)
  order by u.sender_id
  on conflict (sender_id, day) do update set accepted = d.accepted + excluded.accepted,
    delivered = d.delivered + excluded.delivered, read = d.read + excluded.read,
    refused = d.refused + excluded.refused, unknown = d.unknown + excluded.unknown,
    replies = d.replies + excluded.replies, opt_outs = d.opt_outs + excluded.opt_outs,
    blocks = d.blocks + excluded.blocks, turned_away = d.turned_away + excluded.turned_away,
    wrong_numbers = d.wrong_numbers + excluded.wrong_numbers`,
}

/** Adds to the counters of senders on one day of the workspace. */
export async function applySenderDays(
  scope: WorkspaceScope,
  day: string,
  deltas: ReadonlyMap<string, Readonly<SenderDayDelta>>,
): Promise<void> {
  const rows = [...deltas].filter(([, delta]) => Object.values(delta).some((count) => count !== 0))
  if (rows.length === 0) return
  const column = (name: keyof SenderDayDelta): number[] => rows.map(([, delta]) => delta[name])
  await scope.execute(senderDaysStatement, [
    scope.workspaceId,
    day,
    rows.map(([senderId]) => senderId),
    column('accepted'),
    column('delivered'),
    column('read'),
    column('refused'),
    column('unknown'),
    column('replies'),
    column('optOuts'),
    column('blocks'),
    column('turnedAway'),
    column('wrongNumbers'),
  ])
}
