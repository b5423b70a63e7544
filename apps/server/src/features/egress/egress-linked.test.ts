import type { Channel } from '@siar/channel'
import { createLinkedDeviceChannel } from '@siar/channel-linked-device'
import { createWahaChannel } from '@siar/channel-waha'
import { createLocalBrowsers, createWebBrowserChannel } from '@siar/channel-web-browser'
import type { ChannelKind, SenderId } from '@siar/domain'
import {
  createMemoryRecord,
  createSimulatedNetwork,
  createWahaServer,
  createWebPageServer,
  realSchedule,
} from '@siar/simulator'
import type { SimulatedNetwork } from '@siar/simulator'
import { startLinkedDeviceServer } from '@siar/simulator-linked-device'
import { testDatabase, waitUntil } from '@siar/test-kit'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { buildActor } from '../../testing/test-core.ts'
import { browserEnvironment } from '../../config.ts'
import { findChromium } from '../../wiring/find-chromium.ts'
import { createSenderCredentials, defaultLeaseTimes } from '../senders/index.ts'
import { createSessionWorld } from '../senders/session-world.fixtures.ts'
import { createEgressOf } from './egress-of.ts'
import { login, startCheckServer, startProxy } from './proxies.fixtures.ts'
import type { CheckServer, TestProxy } from './proxies.fixtures.ts'
import { createProxyChecker } from './proxy-checker.ts'
import { createProxyService } from './proxies.service.ts'
import { createSenderEgressService } from './sender-egress.service.ts'

type ProxyId = Parameters<ReturnType<typeof createProxyService>['check']>[1]

/** A channel with WhatsApp's side of it behind. */
interface Side {
  readonly channel: Channel
  readonly settings: (senderId: string) => object
  readonly secrets?: Readonly<Record<string, string>>
  /** Links a sender of this number before it opens, or by the code it shows. */
  readonly link: (senderId: string, phone: string, code: () => Promise<string | null>) => Promise<void>
  readonly close: () => Promise<void>
}

const database = await testDatabase({ poolMax: 12 })
const world = await createSessionWorld(database)
const owner = buildActor(world.core)
let check: CheckServer
let network: SimulatedNetwork
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  check = await startCheckServer()
  network = createSimulatedNetwork({
    seed: 'egress-linked',
    now: () => new Date(),
    schedule: realSchedule,
    record: createMemoryRecord(),
    defaults: { latencyMsMin: 0, latencyMsMax: 2, timeScale: 60 },
  })
})

afterAll(async () => {
  await world.stopProcesses()
  for (const close of closing.reverse()) await close().catch(() => undefined)
  await network.close()
  await check.close()
})

afterEach(() => world.stopProcesses())

async function linkedDevice(): Promise<Side> {
  const server = await startLinkedDeviceServer({ network, port: 0 })
  const { url, rootPublicKey, media } = server
  const channel = createLinkedDeviceChannel({
    standIn: { url, rootPublicKey, mediaCertificatePem: media.certificatePem },
    backoff: { delayMsMin: 100, delayMsMax: 500 },
  })
  return {
    channel,
    settings: () => ({}),
    link: async (senderId, phone, code) => {
      const scanned = async () => {
        const qr = await code()
        return qr !== null && (await server.control.scan(qr, phone, senderId)) === 'paired'
      }
      await waitUntil(scanned, { timeoutMs: 60_000 })
    },
    close: async () => {
      await channel.close()
      await server.close()
    },
  }
}

async function waha(): Promise<Side> {
  const server = await createWahaServer({ network, port: 0, apiKey: 'egress-key', statusWaitMs: 60 })
  const times = { calmMs: 400, busyMs: 40, retryMs: [40, 80, 160] }
  return {
    channel: createWahaChannel({ webhookUrlOf: () => 'http://127.0.0.1:9/hooks', times }),
    settings: (senderId) => ({ waha: { baseUrl: server.url, session: senderId } }),
    secrets: { apiKey: 'egress-key' },
    link: async (senderId, phone) => server.link(senderId, phone),
    close: () => server.close(),
  }
}

async function webBrowser(): Promise<Side> {
  const server = await createWebPageServer({ network, port: 0 })
  const profilesFolder = await mkdtemp(join(tmpdir(), 'siar-egress-browser-'))
  const browsers = createLocalBrowsers({
    executablePath: findChromium(),
    profilesFolder,
    browsersMax: 2,
    sandbox: false,
    closeMs: 10_000,
    environment: browserEnvironment(),
  })
  return {
    channel: createWebBrowserChannel({ browsers, pageUrl: (senderId) => server.pageUrl(senderId) }),
    settings: () => ({}),
    link: async (senderId, phone) => void server.control.link(senderId, phone),
    close: async () => {
      await server.close()
      await rm(profilesFolder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function addSender(kind: ChannelKind, side: Side, phone: string, isPaired: boolean): Promise<SenderId> {
  const { core, workspaceId } = world
  const senderId = core.newId('snd')
  await core.inWorkspace(workspaceId, async (scope) => {
    await scope.execute(
      `insert into senders (id, workspace_id, name, channel, status, wanted, shard, settings, paired_at, phone)
       values ($1, $2, 'Toko', $3, $4, true, 0, $5, $6, $7)`,
      [
        senderId,
        workspaceId,
        kind,
        isPaired ? 'reconnecting' : 'pairing',
        JSON.stringify(side.settings(senderId)),
        isPaired ? core.now() : null,
        isPaired ? phone : null,
      ],
    )
    if (side.secrets)
      await createSenderCredentials(core).saveSecrets(scope, { workspaceId, senderId }, side.secrets)
  })
  return senderId
}

test.each([
  ['linked_device', linkedDevice, 'http', 'socks5', '+6289511110001'],
  ['waha', waha, 'http', 'http', '+6289511110002'],
  ['web_browser', webBrowser, 'http', 'socks5', '+6289511110003'],
] as const)(
  '%s: a sender whose proxy dies waits without a session, and goes on by the next proxy only',
  { timeout: 240_000 },
  async (kind, build, firstScheme, secondScheme, phone) => {
    const { workspaceId } = world
    const proxyCheckUrl = `http://127.0.0.1:${check.port}/`
    const core = {
      ...world.core,
      config: { ...world.core.config, proxyPrivateHosts: true, proxyCheckUrl },
    }
    const checker = createProxyChecker(core)
    const pool = createProxyService(core, checker)
    const senders = createSenderEgressService(core)
    const side = await build()
    closing.push(side.close)
    const addProxy = async (scheme: TestProxy['scheme']) => {
      const proxy = await startProxy(scheme)
      closing.push(() => proxy.close())
      const { id } = await pool.create(workspaceId, owner, {
        name: `${kind} ${proxy.port}`,
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
      await pool.check(workspaceId, id as ProxyId, AbortSignal.timeout(20_000))
      return { id: id as ProxyId, proxy }
    }
    const first = await addProxy(firstScheme)
    const senderId = await addSender(kind, side, phone, kind !== 'linked_device')
    await senders.set(workspaceId, owner, senderId, { kind: 'proxy', proxyId: first.id, country: null })
    const code = async () => {
      const { rows } = await database.pool.query<{ data: string | null }>(
        `select pairing ->> 'data' as data from senders where id = $1`,
        [senderId],
      )
      return rows[0]?.data ?? null
    }
    if (kind !== 'linked_device') await side.link(senderId, phone, code)
    const checked = first.proxy.carried()
    const { manager } = world.buildProcess({
      core,
      channels: new Map([[kind, side.channel]]),
      egressOf: createEgressOf(core),
      times: defaultLeaseTimes,
    })
    await manager.start()
    if (kind === 'linked_device') await side.link(senderId, phone, code)
    const isOnline = () =>
      waitUntil(() => manager.findOwned(senderId)?.status === 'online', { timeoutMs: 90_000 })
    await isOnline()
    expect(first.proxy.carried()).toBeGreaterThan(checked)

    first.proxy.cutOff()
    await pool.check(workspaceId, first.id, AbortSignal.timeout(20_000))
    await database.pool.query(`update proxies set state_at = now() - interval '10 minutes' where id = $1`, [
      first.id,
    ])
    await checker.goRound()
    expect((await senders.get(workspaceId, senderId)).waits).toBe('proxy_none_healthy')
    await waitUntil(() => manager.stats().sessions === 0, { timeoutMs: 60_000 })
    const shown = () => network.record.list({ senderId }).length
    const before = shown()
    const facade = manager.findOwned(senderId)?.session
    expect(
      await facade?.send({ messageId: core.newId('msg'), to: '+6281200000001', text: 'Halo' }),
    ).toMatchObject({ kind: 'not_sent' })
    expect(shown()).toBe(before)

    const second = await addProxy(secondScheme)
    const tested = second.proxy.carried()
    await isOnline()
    expect(second.proxy.carried()).toBeGreaterThan(tested)
    await pool.remove(workspaceId, owner, second.id)
    await waitUntil(() => manager.stats().sessions === 0, { timeoutMs: 60_000 })
    await pool.remove(workspaceId, owner, first.id)
  },
)
