import type { CampaignStatus, RecipientStatus } from '@siar/domain'
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { createdAt, instant, updatedAt, workspaceId } from './columns.ts'
import { workspace } from './identity.ts'

export const campaigns = pgTable(
  'campaigns',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId().references(() => workspace.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    purpose: text('purpose').$type<'marketing' | 'service'>().notNull(),
    status: text('status').$type<CampaignStatus>().notNull().default('draft'),
    /** Why it is paused or halted, in plain words. */
    statusReason: text('status_reason'),
    templateId: text('template_id'),
    /** Values of the campaign's own variables; they win over contact fields. */
    variables: jsonb('variables').$type<Record<string, string>>().notNull().default({}),
    /** Shape: `Audience` of the contract: include and exclude, each a list of rules. */
    audience: jsonb('audience').$type<Record<string, unknown>>().notNull().default({}),
    /** Shape: `Schedule` of the contract. */
    schedule: jsonb('schedule').$type<Record<string, unknown>>().notNull().default({ kind: 'now' }),
    startAt: instant('start_at'),
    /** Shape: `Pacing` of the contract; null takes the sender's own. */
    pacing: jsonb('pacing').$type<Record<string, unknown>>(),
    rotation: text('rotation')
      .$type<'round_robin' | 'weighted' | 'least_loaded'>()
      .notNull()
      .default('round_robin'),
    senderIds: jsonb('sender_ids').$type<string[]>().notNull().default([]),
    /** Shares of weighted rotation by sender id; a sender that is not named weighs 1. */
    weights: jsonb('weights').$type<Record<string, number>>().notNull().default({}),
    /** Shape: `Experiment` of the contract; null without a test. */
    experiment: jsonb('experiment').$type<Record<string, unknown>>(),
    /** Shape: `Budget` of the contract; null without a limit of cost. */
    budget: jsonb('budget').$type<Record<string, unknown>>(),
    /** Links in the text are replaced by short ones that count clicks. */
    trackLinks: boolean('track_links').notNull().default(false),
    clonedFrom: text('cloned_from'),
    currentRunId: text('current_run_id'),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    index('campaigns_workspace_created_idx').on(table.workspaceId, table.createdAt),
    index('campaigns_status_idx').on(table.status, table.startAt),
  ],
)

/** One execution of a campaign, with the message as it was when the run started. */
export const runs = pgTable(
  'runs',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId().references(() => workspace.id, { onDelete: 'cascade' }),
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    status: text('status').$type<'running' | 'paused' | 'halted' | 'completed' | 'cancelled'>().notNull(),
    purpose: text('purpose').$type<'marketing' | 'service'>().notNull(),
    /** Shape: `RunContent`: texts by language, footer, media id, campaign variables. */
    content: jsonb('content').$type<Record<string, unknown>>().notNull(),
    pacing: jsonb('pacing').$type<Record<string, unknown>>(),
    /** The seed of spintax; with a recipient's id it fixes the text that person gets. */
    seed: text('seed').notNull(),
    recipients: integer('recipients').notNull().default(0),
    /** The occurrence of a recurring schedule this run is for; one run for each. */
    occurrenceAt: instant('occurrence_at'),
    /** Why the occurrence sent nothing, a `RunNote` of the domain; null when it went as planned. */
    note: text('note'),
    /** Shape: `RunExperiment`: variants with their contents, shares and goal; null without a test. */
    experiment: jsonb('experiment').$type<Record<string, unknown>>(),
    /** The variant that the rest of the people get, once it is decided, and who decided. */
    winner: text('winner'),
    decidedAt: instant('decided_at'),
    decidedBy: text('decided_by'),
    /** Shape: `Budget` of the contract, as it was when the run started. */
    budget: jsonb('budget').$type<Record<string, unknown>>(),
    trackLinks: boolean('track_links').notNull().default(false),
    /** Shape: `RunForecast`: what was foretold when the run started, to be compared with what came. */
    forecast: jsonb('forecast').$type<Record<string, unknown>>(),
    /** Shape: `Halt` of the contract: why it is halted and when it may go on; null while it is not. */
    halt: jsonb('halt').$type<Record<string, unknown>>(),
    /** Shape: `GuardianMemory` of the domain, and `stoppedSenders`: senders on which WhatsApp limited this run. */
    guardian: jsonb('guardian').$type<Record<string, unknown>>(),
    createdBy: text('created_by').notNull(),
    startedAt: instant('started_at').notNull().defaultNow(),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    uniqueIndex('runs_campaign_number_uq').on(table.campaignId, table.number),
    uniqueIndex('runs_campaign_occurrence_uq').on(table.campaignId, table.occurrenceAt),
    index('runs_status_idx').on(table.status),
  ],
)

/**
 * One contact frozen into one run. The hot table: its state changes are conditional updates (`… where status = old`).
 * No index mentions `status`, so that outcomes and receipts rewrite the row within its page and touch no index.
 */
export const recipients = pgTable(
  'recipients',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    campaignId: text('campaign_id').notNull(),
    runId: text('run_id').notNull(),
    contactId: text('contact_id').notNull(),
    /** Order inside the run, from 1. */
    sequence: integer('sequence').notNull(),
    address: text('address').notNull(),
    status: text('status').$type<RecipientStatus>().notNull(),
    /** Why it was skipped, refused or is unknown: a stable code of the domain. */
    reason: text('reason'),
    /** Key of the variant of the experiment this person gets; null without one and while the winner is awaited. */
    variant: text('variant'),
    senderId: text('sender_id'),
    routeReason: text('route_reason'),
    /** Not before this instant. Set exactly while `queued`: the index of due work holds no other column that changes. */
    dueAt: instant('due_at'),
    /** Epoch of the shard lease under which it was handed to a channel. */
    epoch: integer('epoch'),
    attempts: integer('attempts').notNull().default(0),
    /** The newest attempt. */
    messageId: text('message_id'),
    acceptedAt: instant('accepted_at'),
    deliveredAt: instant('delivered_at'),
    readAt: instant('read_at'),
    repliedAt: instant('replied_at'),
    clickedAt: instant('clicked_at'),
    updatedAt: updatedAt(),
    /** The run while nobody knows whether the message arrived, else null: the other changes of state leave its index alone. */
    unknownRunId: text('unknown_run_id').generatedAlwaysAs(sql`case when status = 'unknown' then run_id end`),
  },
  (table) => [
    uniqueIndex('recipients_run_sequence_uq').on(table.runId, table.sequence),
    index('recipients_contact_idx').on(table.workspaceId, table.contactId),
    index('recipients_unknown_idx')
      .on(table.unknownRunId, table.sequence)
      .where(sql`unknown_run_id is not null`),
    index('recipients_due_idx')
      .on(table.senderId, table.runId, table.dueAt, table.sequence)
      .where(sql`due_at is not null`),
  ],
)

/** Counts of a run by figure; changed by aggregated deltas, never once for each message. */
export const runFigures = pgTable(
  'run_figures',
  {
    workspaceId: workspaceId(),
    runId: text('run_id')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    /** A recipient status (`queued` stands for those on the way, too), `skipped:<reason>`, `refused:<reason>`, or one of `runFigures` of the domain. */
    figure: text('figure').notNull(),
    count: bigint('count', { mode: 'number' }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.runId, table.figure] })],
)
