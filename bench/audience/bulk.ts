import type { Database } from '@siar/database'
import type { PoolClient } from 'pg'

/** What slows a load down and can be made again afterwards, as SQL. */
interface Aside {
  readonly drop: string
  readonly make: string
}

/** Foreign keys, then the indexes that no other constraint needs. */
async function listAside(client: PoolClient, tables: readonly string[]): Promise<Aside[]> {
  const { rows } = await client.query<Aside>(
    `select format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as drop,
       format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) as make
     from pg_constraint c where c.conrelid = any($1::regclass[]) and c.contype = 'f'
     union all
     select format('drop index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
     from pg_index i where i.indrelid = any($1::regclass[])
       and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`,
    [tables],
  )
  return rows
}

/**
 * Fills tables in one transaction, with their triggers asleep and their foreign keys and indexes made afterwards: rows must
 * arrive with what the triggers would derive. The tables end up as they were made.
 */
export async function loadInBulk(
  database: Database,
  tables: readonly string[],
  load: (client: PoolClient) => Promise<void>,
): Promise<void> {
  const client = await database.pool.connect()
  const turnTriggers = async (how: 'disable' | 'enable'): Promise<void> => {
    for (const table of tables) await client.query(`alter table ${table} ${how} trigger user`)
  }
  try {
    await client.query(`begin; set local maintenance_work_mem = '1GB'`)
    const aside = await listAside(client, tables)
    for (const { drop } of aside) await client.query(drop)
    await turnTriggers('disable')
    await load(client)
    await turnTriggers('enable')
    for (const { make } of aside.toReversed()) await client.query(make)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
