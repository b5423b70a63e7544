import { testDatabase } from '@siar/test-kit'
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import { createConsentService } from '../consent/index.ts'
import { addPerson } from './incoming.repo.ts'
import { createIncomingService } from './incoming.service.ts'
import { keepOnePerson } from './one-person.ts'

const database = await testDatabase()
const core = createTestCore(database)
const { ledger } = createConsentService(core)
const workspaceId = await buildWorkspace(core)

const addContact = (kind: 'phone' | 'lid', value: string): Promise<string> =>
  core.inWorkspace(workspaceId, (scope) =>
    addPerson(
      scope,
      { contactId: core.newId('con'), addressId: core.newId('adr'), kind, value, country: null, name: value },
      core.now(),
    ),
  )

const keep = (addresses: readonly string[]): Promise<void> =>
  core.inWorkspace(workspaceId, (scope) => keepOnePerson(core, ledger, scope, addresses, core.now()))

const suppressed = async (value: string): Promise<boolean> => {
  const { rows } = await database.pool.query('select 1 from suppressions where value = $1', [value])
  return rows.length > 0
}

const optOut = (contactId: string) =>
  core.inWorkspace(workspaceId, (scope) =>
    ledger.applyKeyword(scope, { contactId: contactId as never, text: 'BERHENTI', at: core.now() }),
  )

test('a hidden id goes to the contact that has the number, and who has left stays out under it', async () => {
  const contactId = await addContact('phone', '+628551000001')
  await optOut(contactId)
  await keep(['+628551000001', '111@lid'])
  await keep(['+628551000001', '111@lid'])
  const { rows } = await database.pool.query<{ value: string; kind: string }>(
    'select kind, value from addresses where contact_id = $1 order by kind',
    [contactId],
  )
  expect(rows).toEqual([
    { kind: 'lid', value: '111@lid' },
    { kind: 'phone', value: '+628551000001' },
  ])
  expect(await suppressed('111@lid')).toBe(true)
})

test('where two contacts are one person, an opt-out under either name holds for both', async () => {
  await addContact('phone', '+628551000002')
  const hidden = await addContact('lid', '222@lid')
  await optOut(hidden)
  expect(await suppressed('+628551000002')).toBe(false)
  await keep(['222@lid', '+628551000002'])
  expect(await suppressed('+628551000002')).toBe(true)
})

test('addresses of nobody we know leave no contact behind', async () => {
  await keep(['333@lid', '+628551000003'])
  const { rows } = await database.pool.query(
    `select 1 from addresses where value like '%000003' or value = '333@lid'`,
  )
  expect(rows).toEqual([])
})

test('whoever leaves under a hidden id has left under the number that came along, at once', async () => {
  await addContact('phone', '+628551000005')
  await addContact('lid', '555@lid')
  const senderId = core.newId('snd')
  await database.pool.query(
    `insert into senders (id, workspace_id, name, channel, status, shard)
     values ($1, $2, 'Toko', 'simulator', 'online', 0)`,
    [senderId, workspaceId],
  )
  const incoming = createIncomingService(
    core,
    { lockLease: async () => undefined },
    ledger,
    () => undefined,
    { answers: { plan: async () => null }, onPlanned: () => undefined },
  )
  const sender = { senderId, workspaceId, channel: 'simulator', shard: 0, epoch: 1 } as const
  await incoming.message(sender, {
    type: 'message',
    channelMessageId: `a\0${randomBytes(20_000).toString('hex')}`,
    from: '555@lid',
    aliases: ['+628551000005'],
    fromName: null,
    text: 'BERHENTI',
    media: null,
    button: null,
    inReplyTo: null,
    referral: null,
    at: core.now(),
  })
  expect(await suppressed('555@lid')).toBe(true)
  expect(await suppressed('+628551000005')).toBe(true)
})
