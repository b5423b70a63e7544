import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { createdAt, instant, workspaceId } from './columns.ts'

/** Append-only. `workspace_id` is null for what concerns the whole installation. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id'),
    actorKind: text('actor_kind').$type<'user' | 'api_key' | 'system'>().notNull(),
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    /** `noun.verb`, such as `campaign.start`. */
    action: text('action').notNull(),
    subjectId: text('subject_id'),
    details: jsonb('details').$type<Record<string, unknown>>().notNull().default({}),
    at: instant('at').notNull().defaultNow(),
  },
  (table) => [index('audit_log_workspace_at_idx').on(table.workspaceId, table.at)],
)

/** Answers kept for 24 h, so that a repeated request with the same key gets the same answer. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    workspaceId: text('workspace_id').notNull(),
    key: text('key').notNull(),
    operation: text('operation').notNull(),
    bodyHash: text('body_hash').notNull(),
    /** Null while the first request is still at work. */
    status: integer('status'),
    response: jsonb('response').$type<unknown>(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.key, table.operation] })],
)

/** Settings of the installation by key: set-up link, sign-up open or closed, epoch, demo. Not a tenant table. */
/** Up to when a workspace's rule of retention was carried out. */
export const retentionMarks = pgTable(
  'retention_marks',
  {
    workspaceId: workspaceId(),
    kind: text('kind').$type<'messages'>().notNull(),
    doneUntil: instant('done_until').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.kind] })],
)

export const installationSettings = pgTable('installation_settings', {
  key: text('key').primaryKey(),
  value: jsonb('value').$type<unknown>().notNull(),
  updatedAt: createdAt(),
})

/** Mails kept on this machine because no SMTP server is configured. Not a tenant table. */
export const outboxMails = pgTable('outbox_mails', {
  id: text('id').primaryKey(),
  to: text('to_address').notNull(),
  subject: text('subject').notNull(),
  text: text('text').notNull(),
  html: text('html').notNull(),
  createdAt: createdAt(),
})
