import { expect, test } from 'vitest'
import { testDatabase } from './database.ts'

const database = await testDatabase()
const other = await testDatabase()

test('a test file gets a migrated database of its own', async () => {
  const { rows } = await database.pool.query<{ name: string; shards: number }>(
    'select current_database() as name, (select count(*) from shards) as shards',
  )
  expect(rows[0]).toEqual({ name: database.name, shards: 256 })
})

test('two databases of one file do not see each other', async () => {
  await other.pool.query('create table only_here ()')
  await expect(database.pool.query('select from only_here')).rejects.toThrow('only_here')
})
