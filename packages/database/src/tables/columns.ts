import { text, timestamp } from 'drizzle-orm/pg-core'

/** The owner of the row. Row-level security compares it with the workspace of the transaction. */
export const workspaceId = () => text('workspace_id').notNull()

/** An instant, UTC, with a zone in the database; column names end in `_at`. */
export const instant = (name: string) => timestamp(name, { withTimezone: true })

export const createdAt = () => instant('created_at').notNull().defaultNow()
export const updatedAt = () => instant('updated_at').notNull().defaultNow()
