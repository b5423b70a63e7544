import { randomUUID } from 'node:crypto'
import { testDatabase } from '@siar/test-kit'
import { afterAll, expect, test } from 'vitest'
import { createDatabase } from './client.ts'
import { migrate, pendingMigrations } from './migrate.ts'

const fresh = await testDatabase({ empty: true })
const migrated = await testDatabase()
const foreign = await testDatabase({ empty: true })

const login = `siar_guest_${randomUUID().slice(0, 8)}`
afterAll(() =>
  foreign.pool.query(`
    revoke all on database ${foreign.name} from ${login};
    revoke all on schema public from ${login};
    drop role ${login}`),
)

test('two migrations at once end with one that did the work and one that had none', async () => {
  const before = await pendingMigrations(fresh)
  expect(before).toMatchObject({ applied: 0, newer: false })
  const [first, second] = await Promise.all([migrate(fresh), migrate(fresh)])
  expect([...first, ...second]).toEqual(before.pending)
  expect([first.length, second.length]).toContain(0)
  expect(await pendingMigrations(fresh)).toEqual({
    applied: before.pending.length,
    pending: [],
    newer: false,
  })
})

test('a migrated database has nothing pending', async () => {
  expect((await pendingMigrations(migrated)).pending).toEqual([])
  expect(await migrate(migrated)).toEqual([])
})

test('refuses a database that a newer version migrated', async () => {
  await migrated.pool.query(
    "insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 99999999999999)",
  )
  expect((await pendingMigrations(migrated)).newer).toBe(true)
  await expect(migrate(migrated)).rejects.toThrow('newer Siar')
})

test('says what an administrator must do when the login may not use the tenant role', async () => {
  await foreign.pool.query(`
    create role ${login} login password 'probe';
    grant create on database ${foreign.name} to ${login};
    grant create on schema public to ${login}`)
  const url = new URL(foreign.url)
  url.username = login
  url.password = 'probe'
  const database = createDatabase({ connectionString: url.toString(), poolMax: 1 })
  await expect(migrate(database)).rejects.toThrow(`grant siar_tenant to ${login}`)
  await database.close()
})
