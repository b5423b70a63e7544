import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import type { Database } from './client.ts'
import { findFault } from './errors.ts'
import { forgetTenantRole, tenantRoleName } from './tenant-role.ts'

/** The folder of the SQL migrations that came with this code. */
export const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url))

/** A number of our own in the space of session advisory locks: one migration at a time in one database. */
const migrationLock = 7_234_110_001

export interface MigrateOptions {
  /** Another folder of drizzle migrations, for tests. */
  folder?: string | undefined
}

export interface MigrationState {
  applied: number
  /** Names in the order in which they will run, empty when the database is up to date. */
  pending: string[]
  /** The database was migrated by a newer Siar than this one. */
  newer: boolean
}

interface JournalEntry {
  tag: string
  when: number
}

async function readJournal(folder: string): Promise<JournalEntry[]> {
  const journal = JSON.parse(await readFile(`${folder}/meta/_journal.json`, 'utf8')) as {
    entries: JournalEntry[]
  }
  return journal.entries
}

type Queryable = Pick<pg.Client, 'query'>

async function readState(client: Queryable, folder: string): Promise<MigrationState> {
  const entries = await readJournal(folder)
  const table = await client.query<{ found: boolean }>(
    `select to_regclass('drizzle.__drizzle_migrations') is not null as found`,
  )
  if (table.rows[0]?.found !== true)
    return { applied: 0, pending: entries.map(({ tag }) => tag), newer: false }
  const { rows } = await client.query<{ applied: number; last: number }>(
    'select count(*) as applied, coalesce(max(created_at), 0) as last from drizzle.__drizzle_migrations',
  )
  const { applied = 0, last = 0 } = rows[0] ?? {}
  const newest = Math.max(0, ...entries.map(({ when }) => when))
  const pending = entries.filter(({ when }) => when > last).map(({ tag }) => tag)
  return { applied, pending, newer: last > newest }
}

/** Which migrations this database still needs. Changes nothing. */
export async function pendingMigrations(
  database: Database,
  { folder = migrationsFolder }: MigrateOptions = {},
): Promise<MigrationState> {
  return readState(database.pool, folder)
}

/** Makes the tenant role and lets this login become it, as far as the server allows. */
async function ensureTenantRole(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ present: boolean; member: boolean }>(
    `select count(*) > 0 as present, coalesce(bool_or(pg_has_role(current_user, oid, 'member')), false) as member
     from pg_roles where rolname = $1`,
    [tenantRoleName],
  )
  try {
    if (rows[0]?.present !== true) await createTenantRole(client)
    if (rows[0]?.member !== true) await client.query(`grant ${tenantRoleName} to current_user`)
  } catch (error) {
    if (findFault(error)?.code !== '42501') throw error
    throw new Error(
      `The database login may not make or use the role ${tenantRoleName}, which keeps workspaces apart. ` +
        `As an administrator of the server run: create role ${tenantRoleName} nologin nobypassrls; ` +
        `grant ${tenantRoleName} to ${client.user ?? 'the login of Siar'};`,
      { cause: error },
    )
  }
}

/** Roles belong to the whole server: another database of it may make the same role at the same moment. */
async function createTenantRole(client: pg.Client): Promise<void> {
  try {
    await client.query(`create role ${tenantRoleName} nologin noinherit`)
  } catch (error) {
    if (!['42710', '23505'].includes(findFault(error)?.code ?? '')) throw error
  }
}

async function migrateLocked(client: pg.Client, folder: string): Promise<string[]> {
  const state = await readState(client, folder)
  if (state.newer) {
    throw new Error(
      'The database was migrated by a newer Siar. Start that version, or restore an older backup.',
    )
  }
  await ensureTenantRole(client)
  if (state.pending.length > 0) await runMigrations(drizzle({ client }), { migrationsFolder: folder })
  return state.pending
}

/**
 * Brings the database to the state this code needs and makes the role `siar_tenant`.
 *
 * All pending migrations run in one transaction, in one session that holds a lock: of two starts at once the second
 * waits and finds nothing to do. Without time limits, because building an index may take long.
 *
 * @returns the names of the migrations that ran, empty when there was nothing to do.
 * @throws Error in plain words when the login may not make the role, or the database is newer than this code.
 */
export async function migrate(
  database: Database,
  { folder = migrationsFolder }: MigrateOptions = {},
): Promise<string[]> {
  const client = new pg.Client({
    ...database.clientConfig,
    statement_timeout: 0,
    query_timeout: 0,
    lock_timeout: 0,
    idle_in_transaction_session_timeout: 0,
  })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    return await migrateLocked(client, folder)
  } finally {
    forgetTenantRole(database)
    await client.end().catch(() => undefined)
  }
}
