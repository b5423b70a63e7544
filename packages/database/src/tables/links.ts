import { boolean, index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { instant, workspaceId } from './columns.ts'
import { runs } from './campaigns.ts'

/**
 * A link in the text of a run. There is no row for each recipient: the short code itself carries the number of this row and
 * the recipient's sequence in the run, with a keyed check.
 */
export const linkTargets = pgTable(
  'link_targets',
  {
    number: integer('number').primaryKey().generatedAlwaysAsIdentity(),
    workspaceId: workspaceId(),
    runId: text('run_id')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    url: text('url').notNull(),
  },
  (table) => [index('link_targets_run_idx').on(table.runId)],
)

/** Somebody followed a tracked link. Append-only; no address of the visitor is kept. */
export const clicks = pgTable(
  'clicks',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId(),
    runId: text('run_id')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    recipientId: text('recipient_id').notNull(),
    contactId: text('contact_id').notNull(),
    targetNumber: integer('target_number').notNull(),
    /** A robot that makes previews or checks links; it counts nowhere. */
    isRobot: boolean('is_robot').notNull().default(false),
    at: instant('at').notNull(),
  },
  (table) => [
    index('clicks_run_idx').on(table.runId, table.targetNumber),
    index('clicks_contact_idx').on(table.workspaceId, table.contactId, table.at),
  ],
)
