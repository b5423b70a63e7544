import type { KnownPerson } from '@siar/channel'
import type { ImportId, SenderId, WorkspaceId } from '@siar/domain'
import { AppError } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { text as readText } from 'node:stream/consumers'
import { beforeEach, expect, test } from 'vitest'
import { buildActor, buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import type { SenderCall, SenderDesk } from '../senders/index.ts'
import { createImportService, createSenderImport } from './index.ts'

const database = await testDatabase()
const core = createTestCore(database)
const imports = createImportService(core)
const owner = buildActor(core)
const ownPhone = '+6281100000001'
const group = { id: '120363000000000001@g.us', name: 'Pelanggan, setia', memberCount: 4 }

const sari: KnownPerson = { phone: '+6281200000001', aliases: ['111111@lid'], name: 'Sari; "Ibu"' }
const hidden: KnownPerson = { phone: null, aliases: ['222222@lid'], name: null }
const self: KnownPerson = { phone: ownPhone, aliases: [], name: 'Toko' }

let people: readonly KnownPerson[] = []
/** What the process that holds the session would answer. */
const answer = (call: SenderCall): unknown => (call.kind === 'groups' ? [group] : people)
const desk = { ask: async (_workspaceId: string, _senderId: string, call: SenderCall) => answer(call) }
const take = createSenderImport(core, desk as unknown as SenderDesk)

let workspaceId: WorkspaceId
let senderId: SenderId

beforeEach(async () => {
  workspaceId = await buildWorkspace(core)
  senderId = core.newId('snd')
  await core.inWorkspace(workspaceId, (scope) =>
    scope.execute(
      `insert into senders (id, workspace_id, name, channel, status, phone, shard) values ($1, $2, 'Toko Jakarta', 'simulator',
         'online', $3, 1)`,
      [senderId, workspaceId, ownPhone],
    ),
  )
})

const takeGroup = () => take(workspaceId, owner, { senderId, groupId: group.id })
const takeBook = () => take(workspaceId, owner, { senderId, groupId: null })

async function runAll(id: ImportId, existing: 'fill_empty' | 'keep' = 'fill_empty') {
  const { layout } = await imports.get(workspaceId, id)
  await imports.start(workspaceId, owner, id, {
    mapping: layout.columns.map(({ guess }) => guess),
    hasHeader: layout.hasHeader,
    consentWording: '',
    existing,
    listIds: [],
    newListName: '',
    tagIds: [],
  })
  await imports.run(workspaceId, id)
  return imports.get(workspaceId, id)
}

const saved = () =>
  core.inWorkspace(workspaceId, (scope) =>
    scope.query<{ name: string; consent: string; addresses: string[] }>(
      `select c.full_name as name, c.marketing_consent as consent,
         (select array_agg(a.value order by a.kind desc) from addresses a where a.contact_id = c.id) as addresses
       from contacts c order by c.full_name desc`,
    ),
  )

test('members of a group come with number and hidden id, without the sender itself, and with consent unknown', async () => {
  people = [sari, self, hidden]
  const taken = await takeGroup()
  expect(taken).toMatchObject({ fileName: group.name, format: 'group', status: 'uploaded', rowsEstimated: 2 })
  expect(await runAll(taken.id)).toMatchObject({ status: 'completed', valid: 2, created: 2, invalid: 0 })
  expect(await saved()).toEqual([
    { name: 'Sari; "Ibu"', consent: 'unknown', addresses: ['+6281200000001', '111111@lid'] },
    { name: '', consent: 'unknown', addresses: ['222222@lid'] },
  ])
})

test('a group in which every number is hidden is read by the ids', async () => {
  people = [hidden, { ...hidden, aliases: ['333333@lid'], name: '0812 3456 7890' }]
  const taken = await takeGroup()
  expect(taken.layout.columns.map(({ guess }) => guess)).toEqual(['phone', 'whatsapp_id', 'full_name'])
  expect(await runAll(taken.id)).toMatchObject({ valid: 2, created: 2 })
})

test('the address book is named after its sender, and taking it again doubles nobody', async () => {
  people = [sari, hidden]
  const first = await takeBook()
  expect(first).toMatchObject({ fileName: 'Toko Jakarta', format: 'address_book' })
  await runAll(first.id)
  expect(await runAll((await takeBook()).id)).toMatchObject({ valid: 2, created: 0, updated: 0 })
})

test('a person known by a hidden id alone gets the number once it shows, and stays one contact', async () => {
  people = [{ ...sari, phone: null }]
  await runAll((await takeGroup()).id)
  people = [sari]
  expect(await runAll((await takeBook()).id)).toMatchObject({ created: 0 })
  expect(await saved()).toMatchObject([{ addresses: ['+6281200000001', '111111@lid'] }])
})

test('a person who opted out by the hidden id stays opted out under the number', async () => {
  await core.inWorkspace(workspaceId, (scope) =>
    scope.execute(
      `insert into suppressions (id, workspace_id, kind, value, reason, created_by)
       values ($1, $2, 'lid', '111111@lid', 'unsubscribed', 'test')`,
      [core.newId('sup'), workspaceId],
    ),
  )
  people = [sari]
  expect(await runAll((await takeGroup()).id)).toMatchObject({ valid: 1, optedOut: 1 })
})

test('nobody can vouch for people a sender happens to know', async () => {
  people = [sari]
  const { id, layout } = await takeGroup()
  const started = imports.start(workspaceId, owner, id, {
    mapping: layout.columns.map(({ guess }) => guess),
    hasHeader: true,
    consentWording: 'They are in our group',
    existing: 'fill_empty',
    listIds: [],
    newListName: '',
    tagIds: [],
  })
  await expect(started).rejects.toMatchObject({ code: 'import_consent_unknown' })
  expect(await imports.get(workspaceId, id)).toMatchObject({ status: 'uploaded' })
})

test('a hidden id does not let a number in that the workspace does not allow', async () => {
  await core.inWorkspace(workspaceId, (scope) =>
    scope.execute(`update workspaces set settings = settings || '{"countries":["ID"]}' where id = $1`, [
      workspaceId,
    ]),
  )
  people = [{ phone: '+6591234567', aliases: ['444444@lid'], name: 'Tan' }]
  const { id } = await runAll((await takeGroup()).id)
  expect(await imports.get(workspaceId, id)).toMatchObject({ valid: 0, invalid: 1 })
  expect(await readText(await imports.rejects(workspaceId, id, 'en'))).toContain('country')
})

test('a group that is not there, a group of nobody, and a sender of others are plain refusals', async () => {
  people = [self]
  await expect(takeGroup()).rejects.toMatchObject({ code: 'import_nobody' })
  await expect(take(workspaceId, owner, { senderId, groupId: 'none@g.us' })).rejects.toBeInstanceOf(AppError)
  const stranger = await buildWorkspace(core)
  await expect(take(stranger, owner, { senderId, groupId: null })).rejects.toMatchObject({
    code: 'not_found',
  })
})
