import type {
  EgressWait,
  ProxyClass,
  ProxyProblem,
  ProxyProvider,
  ProxyScheme,
  ProxyState,
} from '@siar/domain'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  char,
  customType,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { createdAt, instant, updatedAt, workspaceId } from './columns.ts'
import { workspace } from './identity.ts'
import { senders } from './senders.ts'

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

/** The pool of a workspace. */
export const proxies = pgTable(
  'proxies',
  {
    id: text('id').primaryKey(),
    workspaceId: workspaceId().references(() => workspace.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    scheme: text('scheme').$type<ProxyScheme>().notNull(),
    /** A name in small letters, or an address without brackets. */
    host: text('host').notNull(),
    port: integer('port').notNull(),
    username: text('username').notNull().default(''),
    /** Null when it asks for none. */
    sealedPassword: bytea('sealed_password'),
    /** Grows when the way to it changes, so that sessions open again. */
    revision: integer('revision').notNull().default(1),
    class: text('class').$type<ProxyClass>().notNull(),
    provider: text('provider').$type<ProxyProvider>().notNull().default('own'),
    /** ISO 3166-1 alpha-2, as its owner declares it. */
    country: char('country', { length: 2 }),
    /** City or network, for people. */
    location: text('location').notNull().default(''),
    /** Minor units; null when nobody told. */
    monthlyCostMinor: bigint('monthly_cost_minor', { mode: 'number' }),
    currency: text('currency').$type<'IDR' | 'USD'>().notNull().default('USD'),
    enabled: boolean('enabled').notNull().default(true),
    state: text('state').$type<ProxyState>().notNull().default('unchecked'),
    stateAt: instant('state_at').notNull().defaultNow(),
    checkedAt: instant('checked_at'),
    /** Of the last check that succeeded. */
    latencyMs: integer('latency_ms'),
    exitAddress: text('exit_address'),
    /** Where the check address saw it, ISO 3166-1 alpha-2. */
    exitCountry: char('exit_country', { length: 2 }),
    problem: text('problem').$type<ProxyProblem>(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex('proxies_address_uq').on(
      table.workspaceId,
      table.host,
      table.port,
      table.scheme,
      table.username,
    ),
    index('proxies_due_idx')
      .on(table.checkedAt)
      .where(sql`enabled`),
  ],
)

/** What a proxy did on one day of its workspace; changed by aggregated deltas. */
export const proxyDays = pgTable(
  'proxy_days',
  {
    workspaceId: workspaceId(),
    proxyId: text('proxy_id')
      .notNull()
      .references(() => proxies.id, { onDelete: 'cascade' }),
    day: date('day').notNull(),
    checks: integer('checks').notNull().default(0),
    failures: integer('failures').notNull().default(0),
    /** Of the checks that succeeded, together. */
    latencyMsSum: bigint('latency_ms_sum', { mode: 'number' }).notNull().default(0),
    /** Messages its senders got rid of. */
    messages: integer('messages').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.proxyId, table.day] })],
)

/** The way out of a sender that goes by a proxy; without a row it goes out directly. */
export const senderEgress = pgTable(
  'sender_egress',
  {
    workspaceId: workspaceId(),
    senderId: text('sender_id')
      .primaryKey()
      .references(() => senders.id, { onDelete: 'cascade' }),
    /** The proxy it keeps; null until one was found. */
    proxyId: text('proxy_id').references(() => proxies.id, { onDelete: 'set null' }),
    /** Only proxies of this country; null: any. */
    country: char('country', { length: 2 }),
    /** Why it has no way out now; null while it may go out by its proxy. */
    waits: text('waits').$type<EgressWait>(),
    assignedAt: instant('assigned_at').notNull().defaultNow(),
    /** Its messages of this day are counted for the proxy up to `counted`. */
    countedDay: date('counted_day').notNull(),
    counted: integer('counted').notNull().default(0),
  },
  (table) => [
    index('sender_egress_workspace_idx').on(table.workspaceId),
    index('sender_egress_proxy_idx').on(table.proxyId),
  ],
)

/** Rules of a workspace about its ways out; without a row the defaults count. */
export const egressRules = pgTable('egress_rules', {
  workspaceId: workspaceId()
    .primaryKey()
    .references(() => workspace.id, { onDelete: 'cascade' }),
  sendersPerAddress: integer('senders_per_address').notNull(),
  /** What proxies in use may cost together in a day, minor units; null: no limit. */
  dailyCostMinorMax: bigint('daily_cost_minor_max', { mode: 'number' }),
  currency: text('currency').$type<'IDR' | 'USD'>().notNull().default('USD'),
  updatedAt: updatedAt(),
})
