import { Workspace } from '@siar/contract'
import type { WorkspaceId } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import type { Core } from '../../core.ts'
import { buildActor, buildWorkspace } from '../../testing/test-core.ts'
import { buildIdentity } from '../identity/identity.fixtures.ts'
import { writeAudit } from '../audit/index.ts'
import { listTenantTables } from './erasure.repo.ts'
import { erasureJobs } from './erasure.worker.ts'
import { createApiKeysService } from './api-keys.service.ts'
import { createWorkspacesService } from './workspaces.service.ts'

const database = await testDatabase()

async function build() {
  const identity = buildIdentity(database)
  const { core } = identity
  const user = await identity.addUser()
  const actor = { ...buildActor(core), id: user.userId }
  const service = createWorkspacesService(core, (_core, userId) => buildDemo(userId))
  const buildDemo = async (userId: string | null): Promise<WorkspaceId> => {
    const id = await buildWorkspace(core, { isDemo: true })
    if (userId) await identity.addMember(id, userId, 'owner')
    return id
  }
  return { ...identity, user, actor, service }
}

test('whoever makes a workspace owns it, with the defaults of the product', async () => {
  const { core, service, actor } = await build()
  const made = Workspace.parse(
    await service.create(actor, { name: 'Toko Baru', timeZone: 'Asia/Jakarta', country: 'id' }),
  )
  expect(made).toMatchObject({
    name: 'Toko Baru',
    role: 'owner',
    status: 'active',
    country: 'ID',
    language: 'id',
    currency: 'IDR',
    isDemo: false,
    settings: { quietHours: { enabled: true, from: '21:00', to: '07:00' }, countries: [] },
  })
  const { rows } = await database.pool.query('select user_id, role from members where workspace_id = $1', [
    made.id,
  ])
  expect(rows).toEqual([{ user_id: actor.id, role: 'owner' }])
  expect(core.audits).toMatchObject([{ action: 'workspace.create', workspaceId: made.id }])
})

test('an API key makes no workspaces', async () => {
  const { service, actor } = await build()
  const key = { ...actor, kind: 'api_key' as const }
  const body = { name: 'x', timeZone: 'Asia/Jakarta', country: 'ID' }
  await expect(service.create(key, body)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(service.createDemo(key)).rejects.toMatchObject({ code: 'forbidden' })
})

test('the demo belongs to whoever asked for it', async () => {
  const { service, actor } = await build()
  expect(await service.createDemo(actor)).toMatchObject({ isDemo: true, role: 'owner' })
})

test('changing one rule keeps the others', async () => {
  const { core, service, actor } = await build()
  const workspaceId = await buildWorkspace(core)
  const quietHours = { enabled: false, from: '22:00', to: '06:00' }
  await service.update(workspaceId, actor, { settings: { quietHours } })
  const changed = await service.update(workspaceId, actor, {
    name: 'Toko Dua',
    settings: { countries: ['ID'] },
  })
  expect(changed).toMatchObject({ name: 'Toko Dua', settings: { quietHours, countries: ['ID'] } })
  expect(changed.settings.frequencyCap).toEqual({ perDay: 2, perWeek: 5, afterUnanswered: 3 })
  expect(core.events).toMatchObject([{ kind: 'workspace.changed', workspaceId }, { workspaceId }])
  expect(core.audits.map(({ details }) => details)).toEqual([
    { fields: ['settings'] },
    { fields: ['name', 'settings'] },
  ])
})

test('removing needs the name, ends all access at once, and erases every row and file of it and no other', async () => {
  const { core, service, user, actor, addMember } = await build()
  const [doomed, kept] = [await buildWorkspace(core, { name: 'Toko Tutup' }), await buildWorkspace(core)]
  const keys = createApiKeysService(core)
  for (const workspaceId of [doomed, kept]) {
    await addMember(workspaceId, user.userId, 'owner')
    await keys.create(workspaceId, actor, { name: 'k', scopes: ['workspace.read'], expiresInDays: null })
    await fillEveryTable(core, workspaceId, user.userId)
    await core.files.write(`${workspaceId}/media/a.txt`, Buffer.from('a'), 100)
    await core.inWorkspace(workspaceId, (scope) => writeAudit(core, scope, { actor, action: 'test.fill' }))
  }
  const before = await countRows(kept)
  expect(Object.entries(await countRows(doomed)).filter(([, rows]) => rows === 0)).toEqual([])

  await expect(service.remove(doomed, actor, { confirmName: 'Toko' })).rejects.toMatchObject({
    code: 'validation_failed',
  })
  await service.remove(doomed, actor, { confirmName: 'Toko Tutup' })
  const access = await countRows(doomed)
  expect([access['members'], access['api_keys'], access['invitations']]).toEqual([0, 0, 0])
  await expect(service.get(doomed, actor)).rejects.toMatchObject({ code: 'not_found' })

  await core.jobs.work(erasureJobs(core))
  await core.jobs.drain()
  expect(Object.entries(await countRows(doomed)).filter(([, rows]) => rows !== 0)).toEqual([])
  const { rows } = await database.pool.query('select id from workspaces where id = any ($1)', [
    [doomed, kept],
  ])
  expect(rows).toEqual([{ id: kept }])
  await expect(core.files.read(`${doomed}/media/a.txt`)).rejects.toMatchObject({ code: 'not_found' })
  expect(await countRows(kept)).toEqual(before)
  expect(Buffer.from(await core.files.read(`${kept}/media/a.txt`)).toString()).toBe('a')
  expect(core.audits.at(-1)).toMatchObject({ action: 'workspace.remove', subjectId: doomed })
})

async function countRows(workspaceId: string): Promise<Record<string, number>> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `select table_name as name from information_schema.columns join information_schema.tables t using (table_name)
     where t.table_schema = 'public' and t.table_type = 'BASE TABLE' and column_name = 'workspace_id' order by 1`,
  )
  const counts: Record<string, number> = {}
  for (const { name } of tables) {
    const { rows } = await database.pool.query<{ count: number }>(
      `select count(*)::int as count from "${name}" where workspace_id = $1`,
      [workspaceId],
    )
    counts[name] = rows[0]?.count ?? 0
  }
  return counts
}

interface Column {
  readonly name: string
  readonly type: string
  readonly target: string | null
}

/** Filled by the test before, and by triggers with the consent of a person. */
const filledOtherwise = new Set(['members', 'api_keys', 'consent_links', 'consent_chains'])

/**
 * One row in each table with a workspace, with every reference filled; made from the catalogue, so that a table added
 * later is in the test too.
 */
async function fillEveryTable(core: Core, workspaceId: string, userId: string): Promise<void> {
  for (const table of (await core.inSystem(listTenantTables)).reverse()) {
    if (filledOtherwise.has(table)) continue
    const { rows: columns } = await database.pool.query<Column>(
      `select a.attname as name, t.typname as type, f.confrelid::regclass::text as target
       from pg_attribute a join pg_type t on t.oid = a.atttypid
       left join pg_constraint f on f.conrelid = a.attrelid and f.contype = 'f' and f.conkey = array[a.attnum]
       where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attidentity = ''
         and a.attgenerated = '' and (f.oid is not null or a.attname = 'id' or (a.attnotnull and not a.atthasdef))`,
      [table],
    )
    const names = columns.map(({ name }) => `"${name}"`).join(', ')
    const values = columns.map((column) => sample(workspaceId, userId, table, column)).join(', ')
    await database.pool.query(`insert into "${table}" (${names}) values (${values})`)
  }
}

function sample(workspaceId: string, userId: string, table: string, { name, type, target }: Column): string {
  if (name === 'workspace_id') return `'${workspaceId}'`
  if (target === 'users') return `'${userId}'`
  if (target === 'portfolios') return 'null'
  const samples: Record<string, string> = {
    text: `'${target ?? table}.${target ? 'id' : name}.${workspaceId}'`,
    int2: '1',
    int4: '1',
    int8: '1',
    bool: 'true',
    timestamptz: 'now()',
    date: 'current_date',
    jsonb: `'{}'`,
    _text: `'{}'`,
    bytea: `'\\x01'`,
  }
  const found = samples[type]
  if (found === undefined) throw new Error(`no sample for ${table}.${name} of type ${type}`)
  return found
}
