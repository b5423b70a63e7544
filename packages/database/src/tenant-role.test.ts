import { randomUUID } from 'node:crypto'
import { testDatabase } from '@siar/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database } from './client.ts'
import { withWorkspace } from './scope.ts'

const database = await testDatabase()
const suffix = randomUUID().slice(0, 8)
const plainLogin = `siar_plain_${suffix}`
const strongLogin = `siar_strong_${suffix}`
const opened: Database[] = []

function openAs(user: string): Database {
  const url = new URL(database.url)
  url.username = user
  url.password = 'probe'
  const other = createDatabase({ connectionString: url.toString(), poolMax: 1 })
  opened.push(other)
  return other
}

beforeAll(async () => {
  await database.pool.query(`
    create role ${plainLogin} login password 'probe';
    create role ${strongLogin} login bypassrls password 'probe'`)
})

afterAll(async () => {
  for (const other of opened) await other.close()
  await database.pool.query(`drop role ${plainLogin}; drop role ${strongLogin}`)
})

const readRole = (other: Database) =>
  withWorkspace(
    other,
    'ws_a',
    async (scope) => (await scope.query<{ role: string }>('select current_user as role'))[0]?.role,
  )

test('takes the tenant role where the login may', async () => {
  expect(await readRole(database)).toBe('siar_tenant')
})

test('relies on forced row security where the host has one role only', async () => {
  expect(await readRole(openAs(plainLogin))).toBe(plainLogin)
})

test('refuses to work for a login that passes row security and may not take the tenant role', async () => {
  await expect(readRole(openAs(strongLogin))).rejects.toThrow('cannot be kept apart')
})
