import type { SenderStatus } from '@siar/domain'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { createdAt, instant, updatedAt, workspaceId } from './columns.ts'
import { workspace } from './identity.ts'
import { portfolios } from './portfolios.ts'

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

export const senders = pgTable(
  'senders',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId().references(() => workspace.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    channel: text('channel').notNull(),
    phone: text('phone'),
    /** The channel's own name of this number (a phone number id, a session name); webhooks are routed by it. */
    account: text('account'),
    status: text('status').$type<SenderStatus>().notNull().default('new'),
    /** In plain words why the sender is in this status. */
    statusReason: text('status_reason'),
    statusAt: instant('status_at').notNull().defaultNow(),
    /** What the owner wants: a session is kept up while true. */
    wanted: boolean('wanted').notNull().default(false),
    useForCampaigns: boolean('use_for_campaigns').notNull().default(true),
    /** Hash of the id into 0–255; whoever leases the shard owns the session. */
    shard: smallint('shard').notNull(),
    /** Pacing, caps, warm-up and channel settings; shape: `SenderSettings` of the contract. */
    settings: jsonb('settings').$type<Record<string, unknown>>().notNull().default({}),
    /** The day the number came into use, as its owner declares; warm-up counts from here. */
    numberSince: date('number_since'),
    /** Set while credentials exist; null after a log-out. */
    pairedAt: instant('paired_at'),
    /** Shape: `Halt` of the contract: the guardian lets only replies through; null while all is well. */
    halt: jsonb('halt').$type<Record<string, unknown>>(),
    /** Shape: `GuardianMemory` of the domain: from where the guardian counts, and the days it halted. */
    guardian: jsonb('guardian').$type<Record<string, unknown>>(),
    /** Until when WhatsApp lets this number only answer; null or past when it may begin chats. */
    newChatsLockedUntil: instant('new_chats_locked_until'),
    /** The code to scan now, written by the process that holds the session: `{ kind, data, expiresAt }`. */
    pairing: jsonb('pairing').$type<{ kind: 'qr' | 'code'; data: string; expiresAt: string }>(),
    /** The number that is typed a code for, instead of scanning one; null for QR. */
    pairingPhone: text('pairing_phone'),
    /** When its secrets were last entered; another value asks for a new session. */
    secretsAt: instant('secrets_at'),
    /** What the channel last said of the number. Shape: `SenderStanding` of the contract. */
    standing: jsonb('standing').$type<Record<string, unknown>>(),
    /** The business whose numbers share a limit of people; null before the channel told of one. */
    portfolioId: text('portfolio_id').references(() => portfolios.id),
    /** What a person asked of the process that holds the session; cleared when done. */
    command: jsonb('command').$type<
      { kind: 'connect' } | { kind: 'log_out' } | { kind: 'scan'; data: string }
    >(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index('senders_workspace_idx').on(table.workspaceId),
    index('senders_shard_idx').on(table.shard),
    index('senders_portfolio_idx')
      .on(table.portfolioId)
      .where(sql`portfolio_id is not null`),
    uniqueIndex('senders_account_uq')
      .on(table.channel, table.account)
      .where(sql`account is not null`),
  ],
)

/** What a sender's connection needs and nobody may read back; sealed, so that a copy of the database opens nothing. */
export const senderCredentials = pgTable(
  'sender_credentials',
  {
    workspaceId: workspaceId(),
    senderId: text('sender_id')
      .notNull()
      .references(() => senders.id, { onDelete: 'cascade' }),
    /** `secret`: entered by a person, outlives a log-out. `key`: the connection's own state. */
    kind: text('kind').$type<'secret' | 'key'>().notNull(),
    key: text('key').notNull(),
    sealed: bytea('sealed').notNull(),
    updatedAt: updatedAt(),
  },
  (table) => [primaryKey({ columns: [table.senderId, table.kind, table.key] })],
)

/** What webhooks told and the owner of the session has not taken yet, in the order it came. */
export const webhookItems = pgTable(
  'webhook_items',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    workspaceId: workspaceId(),
    senderId: text('sender_id')
      .notNull()
      .references(() => senders.id, { onDelete: 'cascade' }),
    /** Equal for a repetition, which is kept once. */
    key: text('key').notNull(),
    item: jsonb('item').notNull(),
    /** Set where `item` is a list of so many items, which may be taken in any order. */
    itemCount: integer('item_count'),
    receivedAt: instant('received_at').notNull().defaultNow(),
    /** Set when it could not be taken alone either; it is kept for a person to look at and no longer tried. */
    failedAt: instant('failed_at'),
    /** Why, as a code that says nothing of anybody. */
    failure: text('failure'),
  },
  (table) => [
    uniqueIndex('webhook_items_key_uq').on(table.senderId, table.key),
    index('webhook_items_waiting_idx')
      .on(table.senderId, table.id)
      .where(sql`failed_at is null`),
    index('webhook_items_failed_idx')
      .on(table.senderId, table.id)
      .where(sql`failed_at is not null`),
  ],
)

/** Questions to the owner of a session, who may be another process; a row lives for as long as somebody waits. */
export const senderCalls = pgTable(
  'sender_calls',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    senderId: text('sender_id')
      .notNull()
      .references(() => senders.id, { onDelete: 'cascade' }),
    /** Shape: `SenderCall`. */
    call: jsonb('call').notNull(),
    /** Shape: `SenderAnswer`; null until the owner answered. */
    answer: jsonb('answer'),
    createdAt: createdAt(),
  },
  (table) => [
    index('sender_calls_open_idx')
      .on(table.senderId)
      .where(sql`answer is null`),
  ],
)

/** Leases of the 256 shards of senders. Not a tenant table. */
export const shards = pgTable('shards', {
  shard: smallint('shard').primaryKey(),
  owner: text('owner'),
  /** Grows with each change of owner; writes of an older epoch are refused. */
  epoch: bigint('epoch', { mode: 'number' }).notNull().default(0),
  expiresAt: instant('expires_at').notNull().default(new Date(0)),
})

/** Living processes that may own shards; `seen_at` is renewed by each beat. Not a tenant table. */
export const processes = pgTable('processes', {
  id: text('id').primaryKey(),
  role: text('role').notNull(),
  startedAt: instant('started_at').notNull().defaultNow(),
  seenAt: instant('seen_at').notNull().defaultNow(),
})

/** What a sender did on one day of its workspace; changed by aggregated deltas. */
export const senderDays = pgTable(
  'sender_days',
  {
    workspaceId: workspaceId(),
    senderId: text('sender_id').notNull(),
    day: date('day').notNull(),
    accepted: integer('accepted').notNull().default(0),
    delivered: integer('delivered').notNull().default(0),
    read: integer('read').notNull().default(0),
    refused: integer('refused').notNull().default(0),
    unknown: integer('unknown').notNull().default(0),
    replies: integer('replies').notNull().default(0),
    optOuts: integer('opt_outs').notNull().default(0),
    blocks: integer('blocks').notNull().default(0),
    /** Part of `refused`: refusals that speak against the number or the message. */
    turnedAway: integer('turned_away').notNull().default(0),
    /** Part of `refused`: numbers that are not on WhatsApp. */
    wrongNumbers: integer('wrong_numbers').notNull().default(0),
    /** Accepted messages whose time to arrive ended on this day, and how many of them had not arrived by then. */
    ripe: integer('ripe').notNull().default(0),
    missing: integer('missing').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.senderId, table.day] })],
)

/** Notable events of a sender (connected, refused, restricted …), newest first on its page. */
export const senderEvents = pgTable(
  'sender_events',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    senderId: text('sender_id')
      .notNull()
      .references(() => senders.id, { onDelete: 'cascade' }),
    kind: text('kind').notNull(),
    detail: text('detail').notNull().default(''),
    at: instant('at').notNull().defaultNow(),
  },
  (table) => [index('sender_events_sender_idx').on(table.senderId, table.at)],
)
