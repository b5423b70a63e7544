import type { WorkspaceScope } from '@siar/database'
import type { SkipReason } from '@siar/domain'
import { marketingPressure } from '../campaigns/index.ts'

/** Where the last take of a run ended: what lies before it has been taken. */
export interface TakeCursor {
  readonly dueAt: Date
  readonly sequence: number
}

/** How many recipients of one run one sender takes at most. */
export interface Want {
  readonly senderId: string
  readonly runId: string
  readonly max: number
  /** Whether it matters that sender and contact already have a conversation. */
  readonly asksKnown: boolean
  /** Whether it matters when the contact last wrote to the sender. */
  readonly asksWindow: boolean
  /** Whether numbers of strangers are looked up before the first message. */
  readonly asksExistence: boolean
  /** Passes over what lies before it: entries of taken rows stay in the index until it is vacuumed. */
  readonly after: { readonly dueAt: Date; readonly sequence: number } | null
}

/** A due recipient, locked, with everything the gate and the text need as it is now. */
export interface DueRow {
  readonly id: string
  readonly run_id: string
  readonly sender_id: string
  readonly contact_id: string
  readonly address: string
  readonly attempts: number
  /** Why the last try ended, where that decides about this one; otherwise null. */
  readonly reason: string | null
  /** Key of the variant of the experiment. */
  readonly variant: string | null
  readonly due_at: Date
  readonly sequence: number
  /** Set when it must go again under the same id. */
  readonly message_id: string | null
  readonly erased: boolean
  readonly active: boolean
  readonly consent: 'unknown' | 'granted' | 'withdrawn'
  readonly time_zone: string | null
  readonly country: string | null
  readonly has_address: boolean
  readonly suppressed: boolean
  readonly known: boolean
  /** When the contact last wrote to this sender; null when never, or nobody asked. */
  readonly last_incoming_at: Date | null
  /** Until when everything to this contact is free through this sender; null when it is not, or nobody asked. */
  readonly free_entry_until: Date | null
  /** Nobody of the workspace ever talked with the contact; false where nobody asked. */
  readonly is_stranger: boolean
  /** What the last look-up of the address said, and when; null without one. */
  readonly on_whatsapp: boolean | null
  readonly on_whatsapp_at: Date | null
  readonly today: number
  readonly week: number
  readonly unanswered: number
  readonly full_name: string
  readonly first_name: string
  readonly last_name: string
  readonly email: string | null
  readonly company: string | null
  readonly language: string | null
  readonly custom: Record<string, string | number | boolean>
}

const facts = `
  select d.id, d.run_id, d.sender_id, d.contact_id, d.address, d.attempts, d.message_id, d.reason, d.variant, d.due_at,
    d.sequence, c.id is null as erased, coalesce(c.active, false) as active,
    coalesce(c.marketing_consent, 'unknown') as consent, c.time_zone, a.country,
    coalesce(a.has_address, false) as has_address, coalesce(a.suppressed, false) as suppressed,
    $6::boolean and exists (select 1 from conversations v
      where v.workspace_id = $1 and v.contact_id = d.contact_id and v.sender_id = d.sender_id) as known,
    w.last_incoming_at, w.free_entry_until,
    $11::boolean and c.last_contacted_at is null and not exists (select 1 from conversations v
      where v.workspace_id = $1 and v.contact_id = d.contact_id) as is_stranger,
    a.on_whatsapp, a.on_whatsapp_at,
    coalesce(p.today, 0)::int as today, coalesce(p.week, 0)::int as week,
    coalesce(p.unanswered, 0)::int as unanswered,
    coalesce(c.full_name, '') as full_name, coalesce(c.first_name, '') as first_name,
    coalesce(c.last_name, '') as last_name, c.email, c.company, c.language, coalesce(c.custom, '{}') as custom
  from due d
  left join contacts c on c.id = d.contact_id
  left join conversations w on $9::boolean and w.workspace_id = $1 and w.contact_id = d.contact_id
    and w.sender_id = d.sender_id
  left join lateral (
    select bool_or(x.value = d.address) as has_address, bool_or(s.id is not null) as suppressed,
      max(x.country) filter (where x.value = d.address) as country,
      bool_or(x.on_whatsapp) filter (where x.value = d.address) as on_whatsapp,
      max(x.on_whatsapp_at) filter (where x.value = d.address) as on_whatsapp_at
    from addresses x
    left join suppressions s on s.workspace_id = x.workspace_id and s.kind = x.kind and s.value = x.value
    where x.contact_id = d.contact_id
  ) a on true
  left join lateral (
    ${marketingPressure('d.contact_id')} and c.last_contacted_at is not null and $10::boolean
  ) p on true`

/** The guardian stops marketing on a sender, WhatsApp a run on one of its senders; everything else goes on. */
const mayGoOn = (sender: string): string => `(${sender}.halt is null or runs.purpose <> 'marketing')
  and not coalesce(runs.guardian -> 'stoppedSenders' ? ${sender}.id, false)`

const due = (lock: string): string => `
  with wanted as (
    select w.sender_id, w.run_id, w.max, w.after_due_at, w.after_sequence
    from unnest($3::text[], $4::text[], $5::int[], $7::timestamptz[], $8::int[])
      w(sender_id, run_id, max, after_due_at, after_sequence)
    join runs on runs.id = w.run_id and runs.status = 'running'
    join senders s on s.id = w.sender_id and ${mayGoOn('s')}
  ), due as materialized (
    select d.* from wanted w cross join lateral (
      select r.id, r.run_id, r.sender_id, r.contact_id, r.address, r.attempts, r.message_id, r.reason, r.variant,
        r.due_at, r.sequence
      from recipients r
      where r.sender_id = w.sender_id and r.run_id = w.run_id and r.due_at is not null and r.due_at <= $2
        and (r.due_at, r.sequence) > (w.after_due_at, w.after_sequence)
      order by r.due_at, r.sequence limit w.max ${lock}
    ) d
  )`

const claimDueStatement = { name: 'sending-claim-due', text: `${due('for update skip locked')}${facts}` }
const peekDueStatement = { name: 'sending-peek-due', text: `${due('')}${facts}` }

export interface ClaimAt {
  /** On the clock on which recipients are due. */
  readonly now: Date
  /** Whether it matters how often people were written to lately. */
  readonly asksPressure: boolean
}

const values = (scope: WorkspaceScope, wants: readonly Want[], { now, asksPressure }: ClaimAt): unknown[] => [
  scope.workspaceId,
  now,
  wants.map((want) => want.senderId),
  wants.map((want) => want.runId),
  wants.map((want) => want.max),
  wants.some((want) => want.asksKnown),
  wants.map((want) => want.after?.dueAt ?? new Date(0)),
  wants.map((want) => want.after?.sequence ?? 0),
  wants.some((want) => want.asksWindow),
  asksPressure,
  wants.some((want) => want.asksExistence),
]

/**
 * Claims due recipients of running runs: their rows stay locked until the transaction ends, and rows that somebody else
 * holds are passed over, so no recipient is in two hands. Runs that are paused or over give nothing.
 */
export async function claimDue(
  scope: WorkspaceScope,
  wants: readonly Want[],
  at: ClaimAt,
): Promise<DueRow[]> {
  return scope.query<DueRow>(claimDueStatement, values(scope, wants, at))
}

/** The same rows without a claim: who would be next. */
export async function peekDue(scope: WorkspaceScope, wants: readonly Want[], now: Date): Promise<DueRow[]> {
  return scope.query<DueRow>(peekDueStatement, values(scope, wants, { now, asksPressure: false }))
}

/** Who comes after some more of one run in one lane. */
export interface NextWant extends Pick<Want, 'senderId' | 'runId' | 'after'> {
  /** How many of the run go before. */
  readonly passes: number
}

export interface NextRow {
  readonly senderId: string
  readonly address: string
}

const nextStatement = {
  name: 'sending-list-next',
  text: `
  select w.sender_id as "senderId", d.address
  from unnest($2::text[], $3::text[], $4::timestamptz[], $5::int[], $6::int[])
    w(sender_id, run_id, after_due_at, after_sequence, passes)
  cross join lateral (
    select r.address from recipients r
    where r.sender_id = w.sender_id and r.run_id = w.run_id and r.due_at is not null and r.due_at <= $1
      and (r.due_at, r.sequence) > (w.after_due_at, w.after_sequence)
    order by r.due_at, r.sequence offset w.passes limit 1
  ) d`,
}

/** Addresses alone, one a lane at most: cheap enough to ask for with every message. Claims nothing. */
export async function listNext(
  scope: WorkspaceScope,
  wants: readonly NextWant[],
  now: Date,
): Promise<NextRow[]> {
  if (wants.length === 0) return []
  return scope.query<NextRow>(nextStatement, [
    now,
    wants.map((want) => want.senderId),
    wants.map((want) => want.runId),
    wants.map((want) => want.after?.dueAt ?? new Date(0)),
    wants.map((want) => want.after?.sequence ?? 0),
    wants.map((want) => want.passes),
  ])
}

const workStatement = {
  name: 'sending-list-work',
  text: `
  with recursive steps as (
    select s.sender_id, (select r.run_id from recipients r
      where r.sender_id = s.sender_id and r.due_at is not null order by r.run_id limit 1) as run_id
    from unnest($1::text[]) s(sender_id)
    union all
    select t.sender_id, (select r.run_id from recipients r
      where r.sender_id = t.sender_id and r.due_at is not null and r.run_id > t.run_id order by r.run_id limit 1)
    from steps t where t.run_id is not null
  )
  select t.sender_id as "senderId", t.run_id as "runId",
    (select r.due_at from recipients r where r.sender_id = t.sender_id and r.run_id = t.run_id
      and r.due_at is not null order by r.due_at limit 1) as "dueAt"
  from steps t join runs on runs.id = t.run_id and runs.status = 'running'
  join senders s on s.id = t.sender_id and ${mayGoOn('s')}`,
}

export interface Work {
  readonly senderId: string
  readonly runId: string
  /** When its first recipient is due. */
  readonly dueAt: Date
}

/** The running runs that have somebody queued for these senders. Costs one index step a run, however many recipients. */
export async function listWork(scope: WorkspaceScope, senderIds: readonly string[]): Promise<Work[]> {
  return scope.query<Work>(workStatement, [[...senderIds]])
}

/** A claimed recipient that goes out now. `messageId` is the id of its attempt. */
export interface Dispatch {
  readonly recipientId: string
  readonly runId: string
  readonly senderId: string
  readonly messageId: string
  readonly epoch: number
  /** What it is expected to cost, in millionths of a US dollar; null where it is free or no price is known. */
  readonly costMicros: number | null
}

const insertAttemptsStatement = {
  name: 'sending-insert-attempts',
  text: `
  insert into attempts (id, workspace_id, recipient_id, run_id, sender_id, epoch, started_at, cost_micros)
  select u.id, $1, u.recipient_id, u.run_id, u.sender_id, u.epoch, $2, u.cost_micros
  from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::bigint[])
    u(id, recipient_id, run_id, sender_id, epoch, cost_micros)
  on conflict (id) do update set epoch = excluded.epoch, outcome = null, reason = null, finished_at = null`,
}
const markDispatchingStatement = {
  name: 'sending-mark-dispatching',
  text: `
  update recipients r set status = 'dispatching', due_at = null, epoch = u.epoch, attempts = r.attempts + 1,
    message_id = u.message_id, updated_at = $1
  from unnest($2::text[], $3::text[], $4::int[]) u(id, message_id, epoch)
  where r.id = u.id and r.status = 'queued'`,
}

/** Writes the attempts of claimed recipients, before any of them is handed to a channel. */
export async function writeAttempts(
  scope: WorkspaceScope,
  dispatches: readonly Dispatch[],
  now: Date,
): Promise<void> {
  if (dispatches.length === 0) return
  const messageIds = dispatches.map((dispatch) => dispatch.messageId)
  const recipientIds = dispatches.map((dispatch) => dispatch.recipientId)
  const epochs = dispatches.map((dispatch) => dispatch.epoch)
  const [marked] = await Promise.all([
    scope.execute(markDispatchingStatement, [now, recipientIds, messageIds, epochs]),
    scope.execute(insertAttemptsStatement, [
      scope.workspaceId,
      now,
      messageIds,
      recipientIds,
      dispatches.map((dispatch) => dispatch.runId),
      dispatches.map((dispatch) => dispatch.senderId),
      epochs,
      dispatches.map((dispatch) => dispatch.costMicros),
    ]),
  ])
  if (marked !== dispatches.length) throw new Error('A claimed recipient changed under its lock')
}

/** What the gate said of a claimed recipient that does not go out now. */
export type Hold =
  | {
      readonly recipientId: string
      readonly kind: 'delay'
      readonly dueAt: Date
      /** Kept where it is shown to people, and where something else may end the wait. */
      readonly reason?: 'portfolio_limit'
    }
  | {
      readonly recipientId: string
      readonly kind: 'skip'
      readonly reason: SkipReason
      /** It was to go again under the same id and may have arrived before: nobody can say that it was skipped. */
      readonly inDoubt: boolean
    }

const writeHoldsStatement = {
  name: 'sending-write-holds',
  text: `
  update recipients r set status = case when u.due_at is not null then 'queued'
      when r.message_id is null then 'skipped' else 'unknown' end,
    reason = u.reason, due_at = u.due_at, updated_at = $1
  from unnest($2::text[], $3::text[], $4::timestamptz[]) u(id, reason, due_at)
  where r.id = u.id and r.status = 'queued'`,
}

/** Somebody in doubt who is skipped becomes `unknown`: a later receipt or a person settles it. */
export async function writeHolds(scope: WorkspaceScope, holds: readonly Hold[], now: Date): Promise<void> {
  if (holds.length === 0) return
  await scope.execute(writeHoldsStatement, [
    now,
    holds.map((hold) => hold.recipientId),
    holds.map((hold) => hold.reason ?? null),
    holds.map((hold) => (hold.kind === 'delay' ? hold.dueAt : null)),
  ])
}

/** Of these senders, the ones for whom the current runs of these campaigns have somebody queued. */
export async function listWaitingSenders(
  scope: { query: WorkspaceScope['query'] },
  campaignIds: readonly string[],
  senderIds: readonly string[],
): Promise<string[]> {
  const rows = await scope.query<{ id: string }>(
    `select s.id from unnest($2::text[]) s(id) where exists (
       select 1 from campaigns c join recipients r on r.run_id = c.current_run_id and r.sender_id = s.id
       where c.id = any($1::text[]) and r.due_at is not null)`,
    [[...campaignIds], [...senderIds]],
  )
  return rows.map((row) => row.id)
}

/** Messages senders handed out since an instant; attempts' ids sort by time, so only the newest are read. */
export async function countAttemptsSince(
  scope: WorkspaceScope,
  senderIds: readonly string[],
  sinceAttemptId: string,
): Promise<Map<string, number>> {
  const rows = await scope.query<{ id: string; count: number }>(
    `select sender_id as id, count(*)::int as count from attempts
     where id >= $2 and sender_id = any($1::text[]) group by sender_id`,
    [[...senderIds], sinceAttemptId],
  )
  return new Map(rows.map(({ id, count }) => [id, count]))
}

export interface WrittenTo {
  readonly address: string
  readonly at: Date
}

/** Whom a sender handed messages out for since an instant; attempts' ids sort by time, so only the newest are read. */
export async function listAddressesSince(
  scope: WorkspaceScope,
  senderId: string,
  sinceAttemptId: string,
): Promise<WrittenTo[]> {
  return scope.query<WrittenTo>(
    `select r.address, a.started_at as at from attempts a join recipients r on r.id = a.recipient_id
     where a.id >= $2 and a.sender_id = $1 order by a.id`,
    [senderId, sinceAttemptId],
  )
}

/** Messages of senders that were accepted on one day of their workspace. */
export async function listSentToday(
  scope: WorkspaceScope,
  senderIds: readonly string[],
  day: string,
): Promise<Map<string, number>> {
  const rows = await scope.query<{ id: string; accepted: number }>(
    'select sender_id as id, accepted from sender_days where sender_id = any($1::text[]) and day = $2::date',
    [[...senderIds], day],
  )
  return new Map(rows.map(({ id, accepted }) => [id, accepted]))
}
