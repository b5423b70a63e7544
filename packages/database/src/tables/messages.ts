import { bigint, index, integer, pgTable, primaryKey, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { createdAt, instant, workspaceId } from './columns.ts'

/** One try to hand a message to a channel, written before the call. Its id is the message's id. */
export const attempts = pgTable(
  'attempts',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    recipientId: text('recipient_id').notNull(),
    runId: text('run_id').notNull(),
    senderId: text('sender_id').notNull(),
    epoch: integer('epoch').notNull(),
    startedAt: instant('started_at').notNull(),
    outcome: text('outcome').$type<'accepted' | 'refused' | 'not_sent' | 'unknown'>(),
    reason: text('reason'),
    channelMessageId: text('channel_message_id'),
    finishedAt: instant('finished_at'),
    /** What the message costs, in millionths of a US dollar: expected until the channel tells; null when it is free of charge. */
    costMicros: bigint('cost_micros', { mode: 'number' }),
    /** What the channel charged it as, such as `regular/marketing`, where that was not as expected or cost something; else null. */
    charge: text('charge'),
    /** Rank of the receipt that told; one of a lower rank changes nothing. */
    chargeRank: smallint('charge_rank'),
  },
  (table) => [
    index('attempts_recipient_idx').on(table.recipientId),
    index('attempts_channel_message_idx')
      .on(table.senderId, table.channelMessageId)
      .where(sql`channel_message_id is not null`),
    index('attempts_open_idx')
      .on(table.senderId)
      .where(sql`outcome is null`),
  ],
)

export const messages = pgTable(
  'messages',
  {
    /** For an outgoing campaign message the id of its attempt. */
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    conversationId: text('conversation_id'),
    contactId: text('contact_id'),
    senderId: text('sender_id').notNull(),
    recipientId: text('recipient_id'),
    direction: text('direction').$type<'in' | 'out'>().notNull(),
    text: text('text').notNull(),
    mediaId: text('media_id'),
    channelMessageId: text('channel_message_id'),
    at: instant('at').notNull(),
  },
  (table) => [
    index('messages_contact_idx').on(table.workspaceId, table.contactId, table.at),
    index('messages_conversation_idx')
      .on(table.conversationId, table.at)
      .where(sql`conversation_id is not null`),
    uniqueIndex('messages_incoming_uq')
      .on(table.senderId, table.channelMessageId)
      .where(sql`direction = 'in'`),
    // Tiny, and next to nothing to keep: rows come in the order of their time.
    index('messages_at_idx').using('brin', table.at),
  ],
)

/** What a channel said about a message, stored once by its key. `attempt_id` is null until the attempt is known. */
export const receipts = pgTable(
  'receipts',
  {
    workspaceId: workspaceId(),
    senderId: text('sender_id').notNull(),
    channelMessageId: text('channel_message_id').notNull(),
    kind: text('kind').$type<'accepted' | 'delivered' | 'read' | 'refused'>().notNull(),
    attemptId: text('attempt_id'),
    reason: text('reason'),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.senderId, table.channelMessageId, table.kind] })],
)

export const conversations = pgTable(
  'conversations',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    contactId: text('contact_id').notNull(),
    senderId: text('sender_id').notNull(),
    unread: integer('unread').notNull().default(0),
    lastMessageAt: instant('last_message_at').notNull(),
    lastIncomingAt: instant('last_incoming_at'),
    /** The person came by a click-to-WhatsApp ad and has not been answered since; null when not. */
    adEntryAt: instant('ad_entry_at'),
    /** Until when everything to them is free, because such an entry was answered in time. */
    freeEntryUntil: instant('free_entry_until'),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('conversations_contact_sender_uq').on(table.workspaceId, table.contactId, table.senderId),
    index('conversations_workspace_last_idx').on(table.workspaceId, table.lastMessageAt),
    index('conversations_ad_entry_idx')
      .on(table.contactId, table.senderId)
      .where(sql`ad_entry_at is not null`),
  ],
)
