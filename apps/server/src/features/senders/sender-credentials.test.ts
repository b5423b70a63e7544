import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { createSeal } from '../../seal.ts'
import { LeaseLost } from './owned-sender.ts'
import { createSenderCredentials } from './sender-credentials.ts'
import { createSessionWorld } from './session-world.fixtures.ts'
import { shardOf } from './shard.ts'

const database = await testDatabase()
const world = await createSessionWorld(database)
const { core, workspaceId } = world
const credentials = createSenderCredentials(core)
const bytes = (text: string) => new TextEncoder().encode(text)

async function ownedSender() {
  const senderId = await world.addSender()
  const shard = shardOf(senderId)
  const { rows } = await database.pool.query<{ epoch: string }>(
    `insert into shards (shard, owner, epoch, expires_at) values ($1, 'p1', 7, now() + interval '1 hour')
     on conflict (shard) do update set owner = 'p1', epoch = shards.epoch + 1, expires_at = excluded.expires_at
     returning epoch`,
    [shard],
  )
  const lease = { shard, epoch: Number(rows[0]?.epoch) }
  return { senderId, lease, store: credentials.storeOf({ workspaceId, senderId }, 'p1', lease) }
}

test('keys come back as they were written, removed ones do not, and the table shows none of them', async () => {
  const { senderId, store } = await ownedSender()
  await store.write(
    new Map([
      ['creds', bytes('very secret')],
      ['pre-key-1', bytes('one')],
    ]),
  )
  await store.write(
    new Map<string, Uint8Array | null>([
      ['creds', bytes('newer')],
      ['pre-key-1', null],
    ]),
  )
  const read = await store.read(['creds', 'pre-key-1', 'never'])
  expect([...read].map(([key, value]) => [key, new TextDecoder().decode(value)])).toEqual([
    ['creds', 'newer'],
  ])
  const { rows } = await database.pool.query<{ sealed: Buffer }>(
    'select sealed from sender_credentials where sender_id = $1',
    [senderId],
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]?.sealed.includes('newer')).toBe(false)
})

test('a value copied to another sender does not open there', async () => {
  const [mine, other] = [await ownedSender(), await ownedSender()]
  await mine.store.write(new Map([['creds', bytes('mine')]]))
  await database.pool.query(
    `insert into sender_credentials (workspace_id, sender_id, kind, key, sealed)
     select workspace_id, $2, kind, key, sealed from sender_credentials where sender_id = $1`,
    [mine.senderId, other.senderId],
  )
  await expect(other.store.read(['creds'])).rejects.toThrow(/belongs elsewhere/)
})

test('a process that lost the lease can neither write nor forget credentials', async () => {
  const { senderId, store } = await ownedSender()
  await store.write(new Map([['creds', bytes('kept')]]))
  await database.pool.query(`update shards set owner = 'p2', epoch = epoch + 1 where shard = $1`, [
    shardOf(senderId),
  ])
  await expect(store.write(new Map([['creds', bytes('stale')]]))).rejects.toThrow(LeaseLost)
  await expect(store.clear()).rejects.toThrow(LeaseLost)
  expect(new TextDecoder().decode((await store.read(['creds'])).get('creds'))).toBe('kept')
})

test('forgetting the link of a sender keeps what a person entered', async () => {
  const { senderId, store } = await ownedSender()
  const owner = { workspaceId, senderId }
  await core.inWorkspace(workspaceId, (scope) =>
    credentials.saveSecrets(scope, owner, { token: 't', app: 'a' }),
  )
  await core.inWorkspace(workspaceId, (scope) => credentials.saveSecrets(scope, owner, { token: 'u' }))
  await store.write(new Map([['creds', bytes('x')]]))
  await store.clear()
  expect((await store.read(['creds'])).size).toBe(0)
  expect(await core.inWorkspace(workspaceId, (scope) => credentials.readSecrets(scope, owner))).toEqual({
    token: 'u',
    app: 'a',
  })
})

test('sealing again under a new key leaves every value as it was and none under the old key', async () => {
  const { senderId, store } = await ownedSender()
  await store.write(new Map([['creds', bytes('still here')]]))
  const seal = createSeal('c'.repeat(64), ['a'.repeat(64)])
  const rotated = createSenderCredentials({ ...core, seal })
  const first = await rotated.resealAll()
  expect(first.resealed).toBeGreaterThan(0)
  expect(await rotated.resealAll()).toEqual({ resealed: 0, broken: first.broken })
  const { rows } = await database.pool.query<{ sealed: Buffer }>(
    'select sealed from sender_credentials where sender_id = $1',
    [senderId],
  )
  expect(rows.every(({ sealed }) => !createSeal('c'.repeat(64)).isOld(sealed))).toBe(true)
})
