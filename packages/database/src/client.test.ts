import { testDatabase, waitUntil } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { createDatabase } from './client.ts'

const database = await testDatabase({ poolMax: 1 })

const readScope = async (connectionString: string) => {
  const other = createDatabase({ connectionString, poolMax: 1 })
  const { rows } = await other.pool.query<{ scope: string; memory: string }>(
    "select current_setting('siar.scope') as scope, current_setting('work_mem') as memory",
  )
  await other.close()
  return rows[0]
}

test('every connection begins in system scope, also when the address has options of its own', async () => {
  expect((await readScope(database.url))?.scope).toBe('system')
  const url = new URL(database.url)
  url.searchParams.set('options', '-c work_mem=3MB')
  expect(await readScope(url.toString())).toEqual({ scope: 'system', memory: '3MB' })
})

test('an idle connection that breaks is replaced and does not end the process', async () => {
  const other = createDatabase({ connectionString: database.url, poolMax: 1 })
  const { rows } = await other.pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
  await waitUntil(() => other.pool.totalCount === 0)
  expect((await other.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await other.close()
  await other.close()
})

test('refuses to open a database without an address', () => {
  expect(() => createDatabase({})).toThrow(TypeError)
})
