import type { WorkspaceScope } from '@siar/database'
import type { Core } from '../../../core.ts'

/** A campaign of the past as the demo tells it. */
export interface PastCampaign {
  readonly name: string
  readonly daysAgo: number
  readonly templateId: string
  readonly listId: string
  readonly senderId: string
  readonly content: Readonly<Record<string, unknown>> & { readonly texts: { readonly id?: string } }
  /** Messages a minute. */
  readonly ratePerMinute: number
}

const DAY_MS = 86_400_000

/**
 * Writes a finished campaign with every trace a real one leaves: run, recipients with reasons, attempts, messages,
 * receipts, figures and the sender's days. Who read when is drawn from the contact's id. Message ids carry the time they
 * were sent at, because caps are counted by it.
 */
export async function insertPastCampaign(
  core: Core,
  scope: WorkspaceScope,
  past: PastCampaign,
): Promise<void> {
  const campaignId = core.newId('cmp')
  const runId = core.newId('run')
  const startAt = new Date(core.now().getTime() - past.daysAgo * DAY_MS)
  await insertCampaign(scope, past, campaignId, runId, startAt)
  await insertRecipients(scope, past, campaignId, runId, startAt)
  await insertTraces(scope, past, runId)
  await closeCampaign(scope, campaignId, runId)
}

async function insertCampaign(
  scope: WorkspaceScope,
  past: PastCampaign,
  campaignId: string,
  runId: string,
  startAt: Date,
) {
  await scope.execute(
    `insert into campaigns (id, workspace_id, name, purpose, status, template_id, audience, sender_ids, current_run_id,
       created_by, created_at, updated_at, started_at)
     values ($2, $1, $3, 'marketing', 'completed', $4, $5, $6, $7, 'demo', $8, $8, $8)`,
    [
      scope.workspaceId,
      campaignId,
      past.name,
      past.templateId,
      JSON.stringify({ include: [{ kind: 'list', id: past.listId }], exclude: [] }),
      JSON.stringify([past.senderId]),
      runId,
      startAt,
    ],
  )
  await scope.execute(
    `insert into runs (id, workspace_id, campaign_id, number, status, purpose, content, seed, created_by, started_at)
     values ($2, $1, $3, 1, 'completed', 'marketing', $4, $2, 'demo', $5)`,
    [scope.workspaceId, runId, campaignId, JSON.stringify(past.content), startAt],
  )
}

/** 3 of 100 numbers are not on WhatsApp; of the rest 96 % get it, 71 % read it, 9 % answer. */
async function insertRecipients(
  scope: WorkspaceScope,
  past: PastCampaign,
  campaignId: string,
  runId: string,
  startAt: Date,
): Promise<void> {
  await scope.execute(
    `with people as (
       select c.id, c.marketing_consent, a.value,
         row_number() over (order by c.id)::int as sequence,
         abs(hashtext(c.id || $3)) % 1000 as luck, abs(hashtext($3 || c.id)) % 240 as read_minutes
       from list_members m join contacts c on c.id = m.contact_id join addresses a on a.contact_id = c.id
       where m.list_id = $4
     ), told as (
       select *, $6::timestamptz + sequence * (interval '1 minute' / $7::int) as sent_at,
         case when marketing_consent = 'withdrawn' then 'consent_withdrawn'
              when marketing_consent = 'unknown' then 'no_consent' end as skip
       from people
     )
     insert into recipients (id, workspace_id, campaign_id, run_id, contact_id, sequence, address, status, reason,
       sender_id, route_reason, attempts, message_id, accepted_at, delivered_at, read_at, replied_at, updated_at)
     select siar_new_id('rcp'), $1, $2, $3, id, sequence, value,
       case when skip is not null then 'skipped' when luck < 30 then 'refused' when luck < 70 then 'accepted'
         when luck < 320 then 'delivered' when luck < 910 then 'read' else 'replied' end,
       coalesce(skip, case when luck < 30 then 'not_on_whatsapp' end),
       case when skip is null then $5 end, case when skip is null then 'rotation' end,
       case when skip is null then 1 else 0 end,
       case when skip is null then 'msg_' || lpad(to_hex((extract(epoch from sent_at) * 1000)::bigint), 12, '0')
         || substr(md5(id || $3), 1, 20) end,
       case when skip is null and luck >= 30 then sent_at end,
       case when skip is null and luck >= 70 then sent_at + interval '4 seconds' end,
       case when skip is null and luck >= 320 then sent_at + make_interval(mins => read_minutes) end,
       case when skip is null and luck >= 910 then sent_at + make_interval(mins => read_minutes + 2) end, sent_at
     from told`,
    [scope.workspaceId, campaignId, runId, past.listId, past.senderId, startAt, past.ratePerMinute],
  )
}

async function insertTraces(scope: WorkspaceScope, past: PastCampaign, runId: string): Promise<void> {
  const text = past.content.texts.id ?? ''
  await scope.execute(
    `insert into attempts (id, workspace_id, recipient_id, run_id, sender_id, epoch, started_at, outcome, reason, channel_message_id, finished_at)
     select message_id, workspace_id, id, run_id, sender_id, 0, updated_at,
       case when status = 'refused' then 'refused' else 'accepted' end, reason, 'demo-' || message_id, updated_at
     from recipients where run_id = $1 and message_id is not null`,
    [runId],
  )
  await scope.execute(
    `insert into messages (id, workspace_id, contact_id, sender_id, recipient_id, direction, text, channel_message_id, at)
     select r.message_id, r.workspace_id, r.contact_id, r.sender_id, r.id, 'out',
       replace($2, '{name}', c.first_name), 'demo-' || r.message_id, r.accepted_at
     from recipients r join contacts c on c.id = r.contact_id where r.run_id = $1 and r.accepted_at is not null`,
    [runId, text],
  )
  await scope.execute(
    `insert into receipts (workspace_id, sender_id, channel_message_id, kind, attempt_id, at)
     select r.workspace_id, r.sender_id, 'demo-' || r.message_id, k.kind, r.message_id, k.at
     from recipients r cross join lateral (values ('delivered', r.delivered_at), ('read', r.read_at)) k(kind, at)
     where r.run_id = $1 and k.at is not null`,
    [runId],
  )
  await scope.execute(
    `insert into sender_days (workspace_id, sender_id, day, accepted, delivered, read, refused, replies)
     select r.workspace_id, r.sender_id, (r.updated_at at time zone w.time_zone)::date, count(r.accepted_at),
       count(r.delivered_at), count(r.read_at), count(*) filter (where r.status = 'refused'), count(r.replied_at)
     from recipients r join workspaces w on w.id = r.workspace_id
     where r.run_id = $1 and r.sender_id is not null group by 1, 2, 3
     on conflict (sender_id, day) do update set accepted = sender_days.accepted + excluded.accepted,
       delivered = sender_days.delivered + excluded.delivered, read = sender_days.read + excluded.read,
       refused = sender_days.refused + excluded.refused, replies = sender_days.replies + excluded.replies`,
    [runId],
  )
}

async function closeCampaign(scope: WorkspaceScope, campaignId: string, runId: string): Promise<void> {
  await scope.execute(
    `insert into run_figures (workspace_id, run_id, figure, count)
     select workspace_id, run_id, status, count(*) from recipients where run_id = $1 group by 1, 2, 3
     union all
     select workspace_id, run_id, status || ':' || reason, count(*) from recipients
     where run_id = $1 and reason is not null group by 1, 2, 3`,
    [runId],
  )
  await scope.execute(
    `update runs set recipients = f.people, finished_at = f.last
     from (select count(*) as people, max(updated_at) as last from recipients where run_id = $1) f where id = $1`,
    [runId],
  )
  await scope.execute(
    'update campaigns set finished_at = (select finished_at from runs where id = $2) where id = $1',
    [campaignId, runId],
  )
}

/** Answers of people who replied, as conversations of the inbox. */
export async function insertConversations(scope: WorkspaceScope, answers: readonly string[]): Promise<void> {
  await scope.execute(
    `insert into conversations (id, workspace_id, contact_id, sender_id, unread, last_message_at, last_incoming_at)
     select siar_new_id('cnv'), workspace_id, contact_id, sender_id, (abs(hashtext(contact_id)) % 3 = 0)::int,
       max(replied_at), max(replied_at)
     from recipients where replied_at is not null group by workspace_id, contact_id, sender_id`,
  )
  await scope.execute(
    `insert into messages (id, workspace_id, conversation_id, contact_id, sender_id, direction, text, channel_message_id, at)
     select siar_new_id('msg'), r.workspace_id, c.id, r.contact_id, r.sender_id, 'in',
       ($1::text[])[1 + abs(hashtext(r.id)) % array_length($1::text[], 1)], 'demo-in-' || r.id, r.replied_at
     from recipients r join conversations c on c.contact_id = r.contact_id and c.sender_id = r.sender_id
     where r.replied_at is not null`,
    [answers],
  )
  await scope.execute(
    `update messages m set conversation_id = c.id from conversations c
     where m.contact_id = c.contact_id and m.sender_id = c.sender_id and m.conversation_id is null`,
  )
}
