import { bigint, date, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

/** What a paid message costs, by country and category, from a day on. Kept by the platform admin. Not a tenant table. */
export const prices = pgTable(
  'prices',
  {
    /** ISO 3166-1 alpha-2, or `*` for every country without a line of its own. */
    country: text('country').notNull(),
    category: text('category').$type<'marketing' | 'utility' | 'authentication'>().notNull(),
    effectiveFrom: date('effective_from').notNull(),
    /** Millionths of a US dollar for one delivered message. */
    usdMicros: bigint('usd_micros', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.country, table.category, table.effectiveFrom] })],
)

/** Rupiah for one US dollar, from a day on. Not a tenant table. */
export const exchangeRates = pgTable('exchange_rates', {
  effectiveFrom: date('effective_from').primaryKey(),
  idrPerUsd: bigint('idr_per_usd', { mode: 'number' }).notNull(),
})
