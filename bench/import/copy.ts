import type { EmbeddedServer } from '@siar/database'
import { createDatabase } from '@siar/database'
import type { PoolClient } from 'pg'

/** What an import fills; who is named by another comes first. */
const filled = [
  'contacts',
  'addresses',
  'consents',
  'list_members',
  'contact_tags',
  'membership_bits',
  'import_rejects',
] as const

export interface CopyYardstick {
  /** Sets the rows of a finished import aside, empties their tables and copies them in again. @returns seconds of the last part. */
  measure(): Promise<number>
  /** Empties what an import fills. Nothing of one part is still to be written while the next is timed. */
  empty(): Promise<void>
  close(): Promise<void>
}

/** Columns that a row is given; the others are generated. */
async function columnsOf(client: PoolClient, table: string): Promise<string> {
  const { rows } = await client.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  )
  return rows[0]?.columns ?? ''
}

/**
 * `COPY` by the server itself from files beside its tables: the least these rows can cost with their indexes and foreign keys.
 * The triggers that derive columns sleep meanwhile, since the rows bring what they would derive.
 */
export function createCopyYardstick(embedded: EmbeddedServer, name: string): CopyYardstick {
  const connection = { ...embedded.connection, user: 'postgres', database: name }
  const timeouts = { statementMs: 0, lockMs: 0, idleInTransactionMs: 0 }
  const { pool, close } = createDatabase({ connection, poolMax: 1, timeouts })
  const empty = async () => {
    await pool.query(`truncate ${filled.join(', ')} cascade`)
    await pool.query('checkpoint')
  }
  const inTurn = async (run: (client: PoolClient, table: string, columns: string) => Promise<unknown>) => {
    const client = await pool.connect()
    try {
      for (const table of filled) await run(client, table, await columnsOf(client, table))
    } finally {
      client.release()
    }
  }
  const turnTriggers = (how: 'disable' | 'enable') =>
    inTurn((client, table) => client.query(`alter table ${table} ${how} trigger user`))
  return {
    measure: async () => {
      const { rows } = await pool.query<{ folder: string }>(
        `select current_setting('data_directory') as folder`,
      )
      const fileOf = (table: string) => `'${rows[0]?.folder ?? ''}/bench-${table}.copy'`
      await inTurn((client, table, columns) => client.query(`copy ${table} (${columns}) to ${fileOf(table)}`))
      await empty()
      await turnTriggers('disable')
      const startedAt = performance.now()
      await inTurn((client, table, columns) =>
        client.query(`copy ${table} (${columns}) from ${fileOf(table)}`),
      )
      const seconds = (performance.now() - startedAt) / 1000
      await turnTriggers('enable')
      return seconds
    },
    empty,
    close,
  }
}
