import type { Channel, ChannelWebhook, InboundEvent, SessionListener } from '@siar/channel'
import { WebhookMalformed } from '@siar/channel'
import type { ChannelKind, SenderId } from '@siar/domain'
import { testDatabase, waitUntil } from '@siar/test-kit'
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { buildActor, buildWorkspace } from '../../testing/test-core.ts'
import { createPutAsideService } from './put-aside.service.ts'
import { createSenderCredentials } from './sender-credentials.ts'
import { createSessionWorld } from './session-world.fixtures.ts'
import { createWebhookIntake, webhookItemsMax } from './webhook-intake.ts'

const database = await testDatabase()
const world = await createSessionWorld(database)
const { core, simulator, workspaceId } = world
const credentials = createSenderCredentials(core)

const body = (items: readonly object[]) => Buffer.from(JSON.stringify({ items }))

/** A channel whose webhooks are proved by a header that equals the secret. */
const webhook: ChannelWebhook = {
  accountsOf: (settings) => [String(settings['account']), String(settings['family'])],
  serverOf: (settings) => (typeof settings['server'] === 'string' ? settings['server'] : null),
  handshake: (query, secrets) => (query['token'] === secrets['verify'] ? (query['challenge'] ?? '') : null),
  isAuthentic: (_body, headers, secrets) => headers['x-proof'] === secrets['app'],
  split: (raw) => {
    try {
      return (
        JSON.parse(Buffer.from(raw).toString()) as {
          items: { account: string; key: string; item: unknown }[]
        }
      ).items
    } catch {
      throw new WebhookMalformed('not JSON')
    }
  },
}
const intake = createWebhookIntake(
  core,
  credentials,
  new Map<ChannelKind, ChannelWebhook>([['simulator', webhook]]),
)

/** The simulator's channel, with sessions that also take webhooks: each item is a text that came in. */
function webhookChannel(refuse: (item: unknown) => boolean = () => false): Channel {
  return {
    ...simulator.channel,
    webhook,
    capabilities: { ...simulator.channel.capabilities, webhooks: true },
    open: async (request, listener) => ({
      ...(await simulator.channel.open(request, listener)),
      capabilities: { ...simulator.channel.capabilities, webhooks: true },
      takeWebhooks: async (items) => {
        if (items.some(refuse)) throw new Error('cannot read this')
        await tell(listener, items)
      },
    }),
  }
}

const tell = (listener: SessionListener, items: readonly unknown[]): Promise<void> =>
  listener(
    items.map((item): InboundEvent => ({
      type: 'blocked',
      from: String(item),
      kind: 'block',
      at: new Date(),
    })),
  )

async function name(senderId: string, account: string, family: string): Promise<void> {
  await database.pool.query(
    `update senders set settings = jsonb_build_object('account', $2::text, 'family', $3::text) where id = $1`,
    [senderId, account, family],
  )
}

async function setServer(senderId: string, server: string): Promise<void> {
  await database.pool.query(
    `update senders set settings = settings || jsonb_build_object('server', $2::text) where id = $1`,
    [senderId, server],
  )
}

async function addSender(account: string, family = account): Promise<string> {
  const senderId = await world.addSender()
  await core.inWorkspace(workspaceId, (scope) =>
    credentials.saveSecrets(scope, { workspaceId, senderId }, { app: 'proof', verify: 'word' }),
  )
  await name(senderId, account, family)
  return senderId
}

const waiting = async (): Promise<{ sender_id: string; key: string; failed: boolean }[]> => {
  const { rows } = await database.pool.query<{ sender_id: string; key: string; failed: boolean }>(
    'select sender_id, key, failed_at is not null as failed from webhook_items order by id',
  )
  return rows
}

const signed = { 'x-proof': 'proof' }

test('nothing is kept of a body whose proof is wrong, that is not the channel’s, or for a sender nobody has', async () => {
  const senderId = await addSender('acc-0')
  const good = body([{ account: 'acc-0', key: 'k', item: 1 }])
  expect(await intake.receive('simulator', senderId, good, { 'x-proof': 'guess' })).toBe('unauthentic')
  expect(await intake.receive('simulator', senderId, good, {})).toBe('unauthentic')
  expect(await intake.receive('simulator', senderId, Buffer.from('{'), signed)).toBe('malformed')
  expect(await intake.receive('simulator', core.newId('snd'), good, signed)).toBe('unknown')
  expect(await intake.receive('simulator', 'x', good, signed)).toBe('unknown')
  expect(await intake.receive('waha', senderId, good, signed)).toBe('unknown')
  expect(await waiting()).toEqual([])
})

test('a handshake is answered only with the word of that sender', async () => {
  const senderId = await addSender('acc-1')
  expect(await intake.handshake('simulator', senderId, { token: 'word', challenge: '42' })).toBe('42')
  expect(await intake.handshake('simulator', senderId, { token: 'other', challenge: '42' })).toBeNull()
})

test('one body may tell of several senders of a workspace, but of none of another', async () => {
  const [first, second] = [await addSender('acc-2'), await addSender('acc-3')]
  const stranger = await buildWorkspace(core)
  const actor = buildActor(core)
  const foreign = await world.service.create(stranger, actor, {
    name: 'X',
    channel: 'simulator',
    numberSince: null,
  })
  await name(foreign.id, 'acc-4', 'acc-4')
  await database.pool.query('update senders set wanted = false where id = $1', [foreign.id])
  const told = body(
    ['acc-2', 'acc-3', 'acc-4', 'acc-unknown', 'acc-2'].map((account) => ({
      account,
      key: `same-${account}`,
      item: account,
    })),
  )
  expect(await intake.receive('simulator', first, told, signed)).toBe('taken')
  expect((await waiting()).map(({ sender_id }) => sender_id)).toEqual([first, second])
  await database.pool.query('delete from webhook_items')
})

test('a sender that was just added is told of through the address of another', async () => {
  const first = await addSender('acc-9')
  expect(await intake.receive('simulator', first, body([]), signed)).toBe('taken')
  const second = await addSender('acc-10')
  await intake.receive('simulator', first, body([{ account: 'acc-10', key: 'n', item: 1 }]), signed)
  expect((await waiting()).map(({ sender_id }) => sender_id)).toEqual([second])
  await database.pool.query('delete from webhook_items')
})

test('an item of a shared account reaches each of its senders once', async () => {
  const [first, second] = [await addSender('acc-7', 'shared'), await addSender('acc-8', 'shared')]
  await intake.receive('simulator', first, body([{ account: 'shared', key: 's', item: 1 }]), signed)
  expect((await waiting()).map(({ sender_id }) => sender_id).toSorted()).toEqual([first, second].toSorted())
  await database.pool.query('delete from webhook_items')
})

test('a sender on another server of the same name gets nothing of what the first one was told', async () => {
  const [first, second] = [await addSender('default'), await addSender('default')]
  await setServer(first, 'https://one.example')
  await setServer(second, 'https://two.example')
  await intake.receive('simulator', first, body([{ account: 'default', key: 'd', item: 1 }]), signed)
  expect((await waiting()).map(({ sender_id }) => sender_id)).toEqual([first])
  await database.pool.query('delete from webhook_items')
})

test('characters PostgreSQL cannot keep hold up no item', async () => {
  const senderId = await addSender('acc-11')
  const items = ['zero \0', 'half \ud83d'].map((text) => ({ account: 'acc-11', key: text, item: { text } }))
  expect(await intake.receive('simulator', senderId, body(items), signed)).toBe('taken')
  const { rows } = await database.pool.query('select item from webhook_items order by id')
  expect(rows).toEqual([{ item: { text: 'zero \ufffd' } }, { item: { text: 'half \ufffd' } }])
  await database.pool.query('delete from webhook_items')
})

test('a large body is kept whole, in pieces and in its order, and one larger than any channel sends is refused', async () => {
  const senderId = await addSender('acc-large')
  const itemsOf = (count: number) =>
    Array.from({ length: count }, (_, nth) => ({ account: 'acc-large', key: `large-${nth}`, item: nth }))
  const many = itemsOf(4_500)
  expect(await intake.receive('simulator', senderId, body(many), signed)).toBe('taken')
  expect(await intake.receive('simulator', senderId, body(many), signed)).toBe('taken')
  const kept = (await waiting()).filter((row) => row.sender_id === senderId)
  expect(kept.map(({ key }) => key)).toEqual(many.map(({ key }) => key))
  await database.pool.query('delete from webhook_items where sender_id = $1', [senderId])
  const tooMany = body(itemsOf(webhookItemsMax + 1))
  expect(await intake.receive('simulator', senderId, tooMany, signed)).toBe('too_large')
  expect((await waiting()).filter((row) => row.sender_id === senderId)).toEqual([])
})

test('a body nested too deep to be kept is refused as malformed', async () => {
  const senderId = await addSender('acc-12')
  const item = `${'['.repeat(20_000)}1${']'.repeat(20_000)}`
  const deep = Buffer.from(`{"items":[{"account":"acc-12","key":"d","item":${item}}]}`)
  expect(await intake.receive('simulator', senderId, deep, signed)).toBe('malformed')
  expect(await waiting()).toEqual([])
})

test('a body that cannot be kept spoils none of those that came with it', async () => {
  const [bad, good] = [await addSender('acc-13'), await addSender('acc-14')]
  const oversized = randomBytes(20_000).toString('hex')
  const told = await Promise.allSettled([
    intake.receive('simulator', bad, body([{ account: 'acc-13', key: oversized, item: 1 }]), signed),
    intake.receive('simulator', good, body([{ account: 'acc-14', key: 'k', item: 1 }]), signed),
  ])
  expect(told.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  expect((await waiting()).map(({ sender_id }) => sender_id)).toEqual([good])
  await database.pool.query('delete from webhook_items')
})

test('what came before a session was open is handed over in order when it opens, and then forgotten', async () => {
  const senderId = await addSender('acc-5')
  const items = Array.from({ length: 40 }, (_, nth) => ({ account: 'acc-5', key: `k${nth}`, item: nth }))
  for (let at = 0; at < 40; at += 8)
    await intake.receive('simulator', senderId, body(items.slice(at, at + 8)), signed)
  const { manager, heard } = world.buildProcess({ channels: new Map([['simulator', webhookChannel()]]) })
  await manager.start()
  await waitUntil(async () => (await waiting()).length === 0)
  const told = heard.flatMap(({ events }) =>
    events.flatMap((event) => (event.type === 'blocked' ? [event.from] : [])),
  )
  expect(told).toEqual(items.map(({ item }) => String(item)))
  await world.stopProcesses()
})

test('no item is put aside because the database was busy for a while', async () => {
  const senderId = await addSender('acc-15')
  let busy = 8
  const refuse = (): boolean => {
    busy -= 1
    if (busy >= 0) throw Object.assign(new Error('canceling statement'), { code: '57014' })
    return false
  }
  const schedule = (run: () => void, delayMs: number) => {
    const timer = setTimeout(run, Math.min(delayMs, 20))
    return () => clearTimeout(timer)
  }
  const channels = new Map([['simulator' as const, webhookChannel(refuse)]])
  const { manager, heard } = world.buildProcess({ channels, schedule })
  await manager.start()
  await intake.receive('simulator', senderId, body([{ account: 'acc-15', key: 'a', item: 'a' }]), signed)
  await waitUntil(async () => (await waiting()).every(({ failed }) => failed))
  expect(await waiting()).toEqual([])
  expect(heard.flatMap(({ events }) => events.filter(({ type }) => type === 'blocked'))).toHaveLength(1)
  await world.stopProcesses()
})

test('an item that its session cannot take alone is put aside, and the others are taken', async () => {
  const senderId = await addSender('acc-6')
  const channels = new Map([['simulator' as const, webhookChannel((item) => item === 'poison')]])
  const schedule = (run: () => void, delayMs: number) => {
    const timer = setTimeout(run, Math.min(delayMs, 20))
    return () => clearTimeout(timer)
  }
  const { manager, heard } = world.buildProcess({ channels, schedule })
  await manager.start()
  const items = ['a', 'poison', 'b'].map((item) => ({ account: 'acc-6', key: item, item }))
  await intake.receive('simulator', senderId, body(items), signed)
  await waitUntil(async () => (await waiting()).every(({ failed }) => failed))
  expect((await waiting()).map(({ key }) => key)).toEqual(['poison'])
  const told = heard.flatMap(({ events }) =>
    events.flatMap((event) => (event.type === 'blocked' ? [event.from] : [])),
  )
  expect(new Set(told)).toEqual(new Set(['a', 'b']))
  await world.stopProcesses()
})

test('items in any order are kept as one row, handed over once each, and split where one of them cannot be taken', async () => {
  const senderId = await addSender('acc-16')
  await database.pool.query('delete from webhook_items')
  const told = (item: string) => ({ account: 'acc-16', key: `r-${item}`, item, anyOrder: true })
  const first = { account: 'acc-16', key: 'm', item: 'm' }
  const items = [told('a'), first, told('poison'), told('b'), told('a')]
  await intake.receive('simulator', senderId, body(items), signed)
  await intake.receive('simulator', senderId, body(items), signed)
  expect((await waiting()).map(({ key }) => key.split(':')[0])).toEqual(['m', 'list'])
  const channels = new Map([['simulator' as const, webhookChannel((item) => item === 'poison')]])
  const schedule = (run: () => void, delayMs: number) => {
    const timer = setTimeout(run, Math.min(delayMs, 20))
    return () => clearTimeout(timer)
  }
  const { manager, heard } = world.buildProcess({ channels, schedule })
  await manager.start()
  await waitUntil(async () => (await waiting()).every(({ failed }) => failed))
  expect(await waiting()).toHaveLength(1)
  const from = heard.flatMap(({ events }) =>
    events.flatMap((event) => (event.type === 'blocked' ? [event.from] : [])),
  )
  expect(from.toSorted()).toEqual(['a', 'b', 'm'])
  await world.stopProcesses()
})

test('what was put aside is shown without its content, taken when tried again, and gone when discarded', async () => {
  await database.pool.query('delete from webhook_items')
  const senderId = (await addSender('acc-70')) as SenderId
  const putAside = createPutAsideService(core)
  const actor = buildActor(core)
  let isPoisonous = true
  const isPoison = (item: unknown): boolean =>
    isPoisonous && String((item as { text: string }).text).startsWith('poison')
  const schedule = (run: () => void, delayMs: number) => {
    const timer = setTimeout(run, Math.min(delayMs, 20))
    return () => clearTimeout(timer)
  }
  const channels = new Map([['simulator' as const, webhookChannel(isPoison)]])
  const { manager, heard } = world.buildProcess({ channels, schedule })
  await manager.start()
  const items = ['poison one', 'poison two'].map((text) => ({
    account: 'acc-70',
    key: text,
    item: { kind: 'message', text },
  }))
  await intake.receive('simulator', senderId, body(items), signed)
  const count = async () => (await world.service.get(workspaceId, senderId)).putAsideCount
  await waitUntil(async () => (await count()) === 2)
  const { data } = await putAside.list(workspaceId, senderId)
  expect(data).toMatchObject([
    { kind: 'message', reason: 'Error' },
    { kind: 'message', reason: 'Error' },
  ])
  expect(JSON.stringify(data)).not.toContain('poison')

  isPoisonous = false
  await putAside.retry(workspaceId, actor, senderId, [data[0]?.id ?? ''])
  await waitUntil(async () => (await waiting()).length === 1)
  expect(heard.flatMap(({ events }) => events.filter(({ type }) => type === 'blocked'))).toHaveLength(1)
  expect(await count()).toBe(1)
  await putAside.discard(workspaceId, actor, senderId, null)
  expect(await waiting()).toEqual([])
  await world.stopProcesses()
})
