import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/**
 * Business portfolios at Meta, whose numbers share one limit of people. Not a tenant table: a portfolio may have numbers in several
 * workspaces. Tenants reach it by functions that ask for senders of their own.
 */
export const portfolios = pgTable('portfolios', {
  /** `business/<id>` as Meta told it, else `<workspace id>/<account id>`. */
  id: text('id').primaryKey(),
  /** Different people outside of windows in 24 moving hours; null without a limit, or before it was told. */
  peopleMax: integer('people_max'),
  toldAt: instant('told_at'),
  /** Rows of `portfolio_people`; whoever changes them holds this row. */
  people: integer('people').notNull().default(0),
})

/** Whom a portfolio has written to outside of their window lately. */
export const portfolioPeople = pgTable(
  'portfolio_people',
  {
    portfolioId: text('portfolio_id').notNull(),
    /** A hash of the address: enough to know somebody again, and nothing for anybody to read. */
    person: uuid('person').notNull(),
    /** The last message. */
    at: instant('at').notNull(),
    attemptId: text('attempt_id').notNull(),
    /** The one before it, which counts again when the last was refused at once; null when it was the first. */
    beforeAt: instant('before_at'),
  },
  (table) => [
    primaryKey({ columns: [table.portfolioId, table.person] }),
    index('portfolio_people_at_idx').on(table.portfolioId, table.at),
    index('portfolio_people_attempt_idx').on(table.attemptId),
  ],
)
