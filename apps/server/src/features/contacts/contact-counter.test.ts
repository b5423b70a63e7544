import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import { createContactsService } from './index.ts'

const core = createTestCore(await testDatabase())
const contacts = createContactsService(core)
const workspaceId = await buildWorkspace(core)

const insert = (from: number, to: number) =>
  core.database.pool.query(
    `insert into contacts (id, workspace_id, full_name, source)
     select 'con_' || lpad(n::text, 32, '0'), $1, 'Orang ' || n, 'import' from generate_series($2::int, $3::int) n`,
    [workspaceId, from, to],
  )
const total = async () => (await contacts.list(workspaceId, { sort: 'newest', limit: 1 })).total

test('a large book is counted once for half a minute, and an old count is told only while a new one is made', async () => {
  await insert(1, 10_002)
  expect(await Promise.all([total(), total(), total()])).toEqual([10_002, 10_002, 10_002])
  await insert(10_003, 10_003)
  expect(await total()).toBe(10_002)
  await core.clock.advanceBy(31_000)
  await expect.poll(total, { timeout: 20_000 }).toBe(10_003)
  await insert(10_004, 10_004)
  await core.clock.advanceBy(6 * 60_000)
  expect(await total()).toBe(10_004)
})

test('a small one is counted exactly each time', async () => {
  await core.database.pool.query(`delete from contacts where id > 'con_' || lpad('20', 32, '0')`)
  await core.clock.advanceBy(6 * 60_000)
  expect(await total()).toBe(20)
  await insert(21, 21)
  expect(await total()).toBe(21)
})
