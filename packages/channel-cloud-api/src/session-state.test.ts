import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cloudApiWebhook } from './webhook.ts'
import { createCloudApiChannel } from './channel.ts'
import { messageTo } from './testing/every-request.ts'
import { reader, startMetaWorld } from './testing/meta-world.ts'
import type { MetaSender, MetaWorld } from './testing/meta-world.ts'
import { openSession } from './testing/open-session.ts'

let world: MetaWorld
let sender: MetaSender
beforeAll(async () => {
  world = await startMetaWorld()
})
afterAll(() => world.close())
beforeEach(() => {
  sender = world.addSender()
})

describe('the state of a number', () => {
  test('it is online with its own number, and its standing is told when it changes', async () => {
    const { heard, hears } = await openSession(world, sender)
    const { phone } = sender.account.numbers[0] ?? {}
    await hears({ type: 'state', state: 'online', phone })
    await hears({ type: 'standing', quality: 'green', messagingLimit: Infinity, messagesPerSecond: 80 })
    world.server.control.setQuality(sender.numberId, 'RED')
    await hears({ type: 'standing', quality: 'red' })
    expect(heard.filter(({ type }) => type === 'standing')).toHaveLength(2)
  })

  test('a revoked token is a log-out, and nothing is sent with it', async () => {
    const { session, hears } = await openSession(world, sender)
    world.server.control.revokeToken(sender.token)
    await hears({ type: 'state', state: 'logged_out' })
    const before = world.server.control.counts().calls.messages
    expect(await session.send(messageTo(reader))).toMatchObject({ action: 'stop_sender' })
    expect(world.server.control.counts().calls.messages).toBe(before)
  })

  test('a missing permission is no log-out, and it comes back by itself', async () => {
    const rule = { objectId: sender.numberId, call: 'management', count: 3 } as const
    world.server.control.addRule({ ...rule, end: { kind: 'error', code: 10, status: 403 } })
    const { hears } = await openSession(world, sender, { isOnline: false })
    await hears({ type: 'state', state: 'offline' })
    await hears({ type: 'state', state: 'online' })
  })

  test('a number that is not registered is offline with its reason', async () => {
    world.server.control.setNumberStatus(sender.numberId, 'PENDING')
    const { hears } = await openSession(world, sender, { isOnline: false })
    await hears({
      type: 'state',
      state: 'offline',
      reason: expect.stringContaining('not registered') as string,
    })
  })

  test('a version without one of the fields is asked for less', async () => {
    const rule = { objectId: sender.numberId, call: 'management', count: 1 } as const
    world.server.control.addRule({ ...rule, end: { kind: 'error', code: 100 } })
    const { hears } = await openSession(world, sender)
    await hears({ type: 'standing', quality: 'green', messagingLimit: null })
  })

  test.each(['v23.0', 'v24.0'])(
    'the limit of people and whose it is are told, by the name %s knows',
    async (apiVersion) => {
      const portfolio = `9000000${apiVersion.replace(/\D/g, '')}`
      const limited = world.addSender({ portfolioId: portfolio, uniquePeopleMax: 2_000 })
      const settings = { cloud_api: { ...(limited.request.settings['cloud_api'] as object), apiVersion } }
      const { hears } = await openSession(world, { ...limited, request: { ...limited.request, settings } })
      await hears({ type: 'standing', messagingLimit: 2_000, portfolio })
      world.server.control.setMessagingLimit(limited.numberId, 'TIER_10K')
      await hears({ type: 'standing', messagingLimit: 10_000 })
    },
  )

  test('a pause that Meta asks for leaves the state as it is', async () => {
    const { session, heard } = await openSession(world, sender)
    const rule = { objectId: sender.numberId, call: 'management', count: 2 } as const
    world.server.control.addRule({ ...rule, end: { kind: 'error', code: 80007 } })
    const { management } = world.server.control.counts().calls
    await expect.poll(() => world.server.control.counts().calls.management).toBeGreaterThan(management + 3)
    expect(heard.filter(({ type }) => type === 'state')).toHaveLength(1)
    await session.close()
  })

  test('a restriction lets it answer only, a ban ends it, a pardon brings it back', async () => {
    const { hears, heard } = await openSession(world, sender)
    const expiration = new Date(Date.now() + 3_600_000).toISOString()
    const restriction_info = [{ restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration }]
    const tell = (value: object): void =>
      world.server.control.tellAccount(sender.wabaId, 'account_update', { ...value })
    tell({ event: 'ACCOUNT_RESTRICTION', restriction_info })
    await hears({ type: 'state', state: 'restricted' })
    await hears({ type: 'new_chats_lock', until: new Date(expiration) })
    tell({ event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE' } })
    await hears({ type: 'state', state: 'banned' })
    heard.length = 0
    tell({ event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'REINSTATE' } })
    await hears({ type: 'state', state: 'online' })
  })

  test('a ban that could not be taken is told again', async () => {
    const told: unknown[] = []
    let isDown = true
    const channel = createCloudApiChannel({ baseUrl: world.server.url, checkEveryMs: 60_000 })
    const session = await channel.open(sender.request, async (events) => {
      if (isDown) throw new Error('the database is down')
      told.push(...events)
    })
    const body = {
      object: 'whatsapp_business_account',
      entry: [
        {
          id: sender.wabaId,
          time: 1_796_000_000,
          changes: [{ field: 'account_update', value: { event: 'DISABLED_UPDATE', ban_info: {} } }],
        },
      ],
    }
    const items = cloudApiWebhook.split(Buffer.from(JSON.stringify(body))).map(({ item }) => item)
    await expect(session.takeWebhooks(items)).rejects.toThrow()
    isDown = false
    await session.takeWebhooks(items)
    expect(told).toContainEqual(expect.objectContaining({ type: 'state', state: 'banned' }))
    await session.close()
  })

  test('logging out forgets what was kept, and tells it', async () => {
    const { session, heard } = await openSession(world, sender)
    await sender.request.credentials.write(new Map([['media.x', Buffer.from('1')]]))
    await session.logOut()
    expect(heard.at(-1)).toMatchObject({ type: 'state', state: 'logged_out' })
    expect((await sender.request.credentials.read(['media.x'])).size).toBe(0)
  })

  test('a session ends when its credentials may no longer be written', async () => {
    const credentials = {
      ...sender.request.credentials,
      write: () => Promise.reject(new Error('not the owner')),
    }
    const { session } = await openSession(world, sender, { request: { credentials } })
    const media = {
      kind: 'image',
      mimeType: 'image/jpeg',
      fileName: 'a.jpg',
      sizeBytes: 1,
      fingerprint: 'x',
      read: async () => new Uint8Array([1]),
    } as const
    expect(await session.send(messageTo(reader, { media }))).toMatchObject({ kind: 'not_sent' })
    expect((await session.send(messageTo(reader))).kind).toBe('not_sent')
  })

  test('settings that are incomplete are named, never quoted', async () => {
    const secrets = { ...sender.request.secrets, appSecret: 'not-a-secret' }
    const opening = world.channel.open({ ...sender.request, secrets }, async () => undefined)
    await expect(opening).rejects.toThrow(/appSecret/)
    await expect(opening).rejects.not.toThrow(/not-a-secret/)
  })
})
