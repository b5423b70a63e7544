import { createCloudApiChannel } from '@siar/channel-cloud-api'
import type { SenderId } from '@siar/domain'
import {
  createGraphApiServer,
  createMemoryRecord,
  createSimulatedNetwork,
  realSchedule,
} from '@siar/simulator'
import { testDatabase, waitUntil } from '@siar/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildActor } from '../../testing/test-core.ts'
import { createSenderCredentials } from '../senders/index.ts'
import { createSessionWorld } from '../senders/session-world.fixtures.ts'
import { createEgressOf } from './egress-of.ts'
import { login, startCheckServer, startProxy } from './proxies.fixtures.ts'
import type { CheckServer, TestProxy } from './proxies.fixtures.ts'
import { createProxyChecker } from './proxy-checker.ts'
import { createProxyService } from './proxies.service.ts'
import { createSenderEgressService } from './sender-egress.service.ts'

type Id = Parameters<ReturnType<typeof createProxyService>['check']>[1]

const database = await testDatabase({ poolMax: 12 })
const world = await createSessionWorld(database)
const { workspaceId } = world
const owner = buildActor(world.core)
const secrets = {
  accessToken: 'EAAtoken00000000000000000001',
  appSecret: '0'.repeat(32),
  verifyToken: 'verify-me',
}
const account = {
  wabaId: '500000000001',
  accessTokens: [secrets.accessToken],
  app: {
    id: '700000000000001',
    secret: secrets.appSecret,
    verifyToken: secrets.verifyToken,
    webhookUrl: null,
  },
  numbers: [{ id: '100000000001', phone: '+6289500000001', senderId: 'snd_1' }],
}

let check: CheckServer
let meta: Awaited<ReturnType<typeof createGraphApiServer>>
const network = createSimulatedNetwork({
  seed: 'egress',
  now: () => new Date(),
  schedule: realSchedule,
  record: createMemoryRecord(),
})
const proxies: TestProxy[] = []

beforeAll(async () => {
  check = await startCheckServer()
  meta = await createGraphApiServer({ network, port: 0 })
  meta.control.addAccount(account)
})
afterAll(async () => {
  await world.stopProcesses()
  for (const proxy of proxies) await proxy.close().catch(() => undefined)
  await meta.close()
  await network.close()
  await check.close()
})

async function addSender(): Promise<SenderId> {
  const { core } = world
  const senderId = core.newId('snd')
  const settings = { cloud_api: { phoneNumberId: '100000000001', wabaId: '500000000001', appId: null } }
  await core.inWorkspace(workspaceId, async (scope) => {
    await scope.execute(
      `insert into senders (id, workspace_id, name, channel, status, wanted, shard, settings, paired_at, phone)
       values ($1, $2, 'Toko', 'cloud_api', 'reconnecting', true, 0, $3, now(), '+6289500000001')`,
      [senderId, workspaceId, JSON.stringify(settings)],
    )
    await createSenderCredentials(core).saveSecrets(scope, { workspaceId, senderId }, secrets)
  })
  return senderId
}

test(
  'a sender goes only through its proxy: when that dies it waits, and it goes on by the next one',
  { timeout: 60_000 },
  async () => {
    const config = {
      ...world.core.config,
      proxyPrivateHosts: true,
      proxyCheckUrl: `http://127.0.0.1:${check.port}/`,
    }
    const core = { ...world.core, config }
    const checker = createProxyChecker(core)
    const pool = createProxyService(core, checker)
    const senders = createSenderEgressService(core)
    const addProxy = async (scheme: TestProxy['scheme']) => {
      const proxy = await startProxy(scheme)
      proxies.push(proxy)
      const { id } = await pool.create(workspaceId, owner, {
        name: scheme,
        scheme,
        host: '127.0.0.1',
        port: proxy.port,
        ...login,
        class: 'datacenter',
        provider: 'own',
        country: null,
        location: '',
        monthlyCost: null,
      })
      await pool.check(workspaceId, id as Id, AbortSignal.timeout(20_000))
      return { id: id as Id, proxy }
    }
    const senderId = await addSender()
    const reasonOf = async () => {
      const { rows } = await database.pool.query<{ status_reason: string | null }>(
        'select status_reason from senders where id = $1',
        [senderId],
      )
      return rows[0]?.status_reason
    }
    const first = await addProxy('http')
    await senders.set(workspaceId, owner, senderId, { kind: 'proxy', proxyId: null, country: null })
    const baseUrl = `http://127.0.0.1:${meta.port}`
    const { manager } = world.buildProcess({
      core,
      channels: new Map([['cloud_api', createCloudApiChannel({ baseUrl, checkEveryMs: 100 })]]),
      egressOf: createEgressOf(core),
    })
    await manager.start()
    const facade = async () => {
      const owned = await waitUntil(() => manager.findOwned(senderId))
      return owned.session
    }
    const isOnline = () =>
      waitUntil(() => manager.findOwned(senderId)?.status === 'online', { timeoutMs: 20_000 })
    await isOnline()
    expect(first.proxy.carried()).toBeGreaterThan(0)

    first.proxy.cutOff()
    await waitUntil(() => manager.findOwned(senderId)?.status !== 'online', { timeoutMs: 20_000 })
    const calls = () => JSON.stringify(meta.control.counts().calls)
    const before = calls()
    const send = async () =>
      (await facade()).send({ messageId: core.newId('msg'), to: '+6281200000001', text: 'Halo' })
    expect(await send()).toMatchObject({ kind: 'not_sent' })
    await pool.check(workspaceId, first.id, AbortSignal.timeout(20_000))
    expect((await senders.get(workspaceId, senderId)).waits).toBeNull()

    await database.pool.query(`update proxies set state_at = now() - interval '10 minutes' where id = $1`, [
      first.id,
    ])
    await checker.goRound()
    expect((await senders.get(workspaceId, senderId)).waits).toBe('proxy_none_healthy')
    await waitUntil(() => manager.stats().sessions === 0)
    expect(await world.statusOf(senderId)).toBe('reconnecting')
    expect(await send()).toMatchObject({ kind: 'not_sent' })
    expect(calls()).toBe(before)

    const second = await addProxy('socks5')
    await isOnline()
    expect(second.proxy.carried()).toBeGreaterThan(1)
    expect(calls()).not.toBe(before)

    await pool.remove(workspaceId, owner, second.id)
    await waitUntil(async () => (await reasonOf()) === 'proxy_none_healthy')
    await waitUntil(() => manager.stats().sessions === 0)
  },
)
