import type { BodyOf, egressOperations } from '@siar/contract'
import type { ProxyId, SenderId } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createSeal } from '../../seal.ts'
import { buildActor, buildWorkspace, createTestCore } from '../../testing/test-core.ts'
import { EgressWaits } from '../senders/index.ts'
import type { SenderRef } from '../senders/index.ts'
import { egressJobs } from './egress.jobs.ts'
import { createEgressOf } from './egress-of.ts'
import { login, startCheckServer, startProxy } from './proxies.fixtures.ts'
import type { CheckServer, TestProxy } from './proxies.fixtures.ts'
import { createProxyChecker } from './proxy-checker.ts'
import { createProxyService } from './proxies.service.ts'
import { resealProxies } from './reseal-proxies.ts'
import { createSenderEgressService } from './sender-egress.service.ts'

type CreateBody = BodyOf<typeof egressOperations.createProxy>

const database = await testDatabase()
let check: CheckServer
const config = { proxyPrivateHosts: true, proxyCheckUrl: '' }
const core = createTestCore(database, { config })
const checker = createProxyChecker({
  ...core,
  get config() {
    return { ...core.config, proxyCheckUrl: `http://127.0.0.1:${check.port}/` }
  },
})
const service = createProxyService(core, checker)
const senders = createSenderEgressService(core)
const egressOf = createEgressOf(core)
const owner = buildActor(core)
await core.jobs.work(egressJobs(checker))

let workspaceId = await buildWorkspace(core)
const open: TestProxy[] = []
beforeEach(async () => {
  workspaceId = await buildWorkspace(core)
  check = await startCheckServer()
})
afterEach(async () => {
  for (const proxy of open.splice(0)) await proxy.close()
  await check.close()
})

const body = (port: number, more: Partial<CreateBody> = {}): CreateBody => ({
  name: `Proxy ${port}`,
  scheme: 'http',
  host: '127.0.0.1',
  port,
  ...login,
  class: 'datacenter',
  provider: 'own',
  country: null,
  location: '',
  monthlyCost: null,
  ...more,
})

/** A real proxy that was tested and is healthy. */
async function addProxy(more: Partial<CreateBody> = {}) {
  const proxy = await startProxy('http')
  open.push(proxy)
  const { id } = await service.create(workspaceId, owner, body(proxy.port, more))
  await service.check(workspaceId, id as ProxyId, AbortSignal.timeout(20_000))
  await core.inSystem((scope) =>
    scope.execute('update proxies set exit_address = $2 where id = $1', [id, `exit of ${id}`]),
  )
  return { id: id as ProxyId, proxy }
}

async function addSender(channel = 'linked_device'): Promise<SenderId> {
  const id = core.newId('snd')
  await core.inWorkspace(workspaceId, (scope) =>
    scope.execute(
      `insert into senders (id, workspace_id, name, channel, status, wanted, shard) values ($1, $2, 'Toko', $3, 'online', true, 0)`,
      [id, workspaceId, channel],
    ),
  )
  return id
}

const useProxy = (senderId: SenderId, proxyId: ProxyId | null = null, country: string | null = null) =>
  senders.set(workspaceId, owner, senderId, { kind: 'proxy', proxyId, country })
const wayOf = (senderId: SenderId, channel: SenderRef['channel'] = 'linked_device') =>
  egressOf({ senderId, workspaceId, channel, shard: 0, epoch: 1 })
const get = (senderId: SenderId) => senders.get(workspaceId, senderId)
const eventsOf = (senderId: SenderId) =>
  core.inWorkspace(workspaceId, (scope) =>
    scope.query<{ kind: string; detail: string }>(
      'select kind, detail from sender_events where sender_id = $1 order by id',
      [senderId],
    ),
  )
const pass = (ms: number) => core.clock.advanceBy(ms)

describe('the pool', () => {
  test('keeps a proxy with its password sealed, and tells everything but the password', async () => {
    const proxy = await service.create(workspaceId, owner, body(8080, { country: 'ID' }))
    expect(proxy).toMatchObject({ port: 8080, username: 'toko', hasPassword: true, state: 'unchecked' })
    expect(JSON.stringify(await service.list(workspaceId))).not.toContain(login.password)
    const [row] = await core.inSystem((scope) =>
      scope.query<{ text: string }>('select p::text as text from proxies p where id = $1', [proxy.id]),
    )
    expect(row?.text).not.toContain(Buffer.from(login.password).toString('hex'))
    expect(core.audits.at(-1)).toMatchObject({ action: 'proxy.create', subjectId: proxy.id })
  })

  test('has each proxy once', async () => {
    await service.create(workspaceId, owner, body(8080))
    await expect(service.create(workspaceId, owner, body(8080))).rejects.toMatchObject({
      code: 'already_exists',
    })
    await service.create(workspaceId, owner, body(8080, { username: 'other' }))
    const other = await service.create(workspaceId, owner, body(8081))
    await expect(
      service.update(workspaceId, owner, other.id as ProxyId, { port: 8080 }),
    ).rejects.toMatchObject({ code: 'already_exists' })
  })

  test('takes a list: what is good and new, and tells the rest', async () => {
    await service.create(workspaceId, owner, body(8080))
    const list = {
      text: '127.0.0.1:8080:toko:x\n127.0.0.1:8081:toko:x\n127.0.0.1:8081:toko:x\nnonsense',
      scheme: 'http',
      class: 'mobile',
      provider: 'proxy_seller',
      country: 'ID',
      monthlyCost: { amountMinor: 250, currency: 'USD' },
    } as const
    const problems = (await service.previewList(workspaceId, list)).map(({ problem }) => problem)
    expect(problems).toEqual(['known', null, 'repeated', 'unreadable'])
    expect(await service.list(workspaceId)).toHaveLength(1)
    expect(await service.importList(workspaceId, owner, list)).toEqual({ added: 1, bad: 3 })
    expect(await service.importList(workspaceId, owner, list)).toEqual({ added: 0, bad: 4 })
    expect((await service.list(workspaceId)).find(({ port }) => port === 8081)).toMatchObject({
      class: 'mobile',
      provider: 'proxy_seller',
      country: 'ID',
      monthlyCost: { amountMinor: 250, currency: 'USD' },
      hasPassword: true,
    })
  })

  test('refuses hosts of the own network unless the installation allows them', async () => {
    const strict = createProxyService(
      { ...core, config: { ...core.config, proxyPrivateHosts: false } },
      checker,
    )
    for (const host of ['127.0.0.1', 'localhost', '10.0.0.1', '169.254.169.254', '::1', '31.6.33']) {
      await expect(strict.create(workspaceId, owner, body(80, { host }))).rejects.toMatchObject({
        code: 'validation_failed',
      })
    }
  })

  test('is sealed again after the key changed, and opens then without the old one', async () => {
    const senderId = await addSender()
    const { id } = await addProxy()
    await useProxy(senderId, id)
    const moving = { ...core, seal: createSeal('b'.repeat(64), ['a'.repeat(64)]) }
    expect((await resealProxies(moving)).broken).toBe(0)
    const later = createEgressOf({ ...core, seal: createSeal('b'.repeat(64)) })
    const ref = { senderId, workspaceId, channel: 'linked_device', shard: 0, epoch: 1 } as const
    expect(await later(ref)).toMatchObject({ kind: 'proxy' })
    const back = { ...core, seal: createSeal('a'.repeat(64), ['b'.repeat(64)]) }
    expect((await resealProxies(back)).resealed).toBeGreaterThan(0)
  })
})

describe('tests of proxies', () => {
  test('write the state, the address and the day, and a failure tells why', async () => {
    const { id, proxy } = await addProxy()
    const [good] = await service.list(workspaceId)
    expect(good).toMatchObject({ state: 'healthy', exitCountry: 'ID', problem: null, successRate: 1 })
    expect(good?.latencyMs).toBeGreaterThanOrEqual(0)
    await proxy.close()
    const bad = await service.check(workspaceId, id, AbortSignal.timeout(20_000))
    expect(bad).toMatchObject({ state: 'unhealthy', problem: 'unreachable', successRate: 0.5 })
  })

  test('run by themselves: a new proxy soon, a healthy one after five minutes, a failing one after one', async () => {
    const proxy = await startProxy('http')
    open.push(proxy)
    const { id } = await service.create(workspaceId, owner, body(proxy.port))
    await core.jobs.drain()
    const checks = async () =>
      (
        await core.inSystem((scope) =>
          scope.query<{ checks: number }>('select checks from proxy_days where proxy_id = $1', [id]),
        )
      )[0]?.checks ?? 0
    expect(await checks()).toBe(1)
    await pass(4 * 60_000)
    await checker.goRound()
    expect(await checks()).toBe(1)
    await pass(61_000)
    await checker.goRound()
    expect(await checks()).toBe(2)
    proxy.cutOff()
    await pass(301_000)
    await checker.goRound()
    await pass(61_000)
    await checker.goRound()
    expect(await checks()).toBe(4)
    await service.update(workspaceId, owner, id as ProxyId, { enabled: false })
    await pass(3_600_000)
    await checker.goRound()
    expect(await checks()).toBe(4)
  })

  test('of an older way to the proxy are dropped', async () => {
    const { id } = await addProxy()
    const [row] = await core.inSystem((scope) =>
      scope.query<{ revision: number }>('select revision from proxies where id = $1', [id]),
    )
    await service.update(workspaceId, owner, id, { port: 1 })
    const changed = (await service.list(workspaceId))[0]
    expect(changed).toMatchObject({ state: 'unchecked', exitAddress: null, latencyMs: null })
    expect(row?.revision).toBe(1)
  })
})

describe('a sender', () => {
  test('goes out directly until a person says otherwise, and directly again when a person says so', async () => {
    const senderId = await addSender()
    expect(await wayOf(senderId)).toEqual({ kind: 'direct' })
    const { proxy } = await addProxy()
    expect(await useProxy(senderId)).toMatchObject({ kind: 'proxy', waits: null, linkedSenders: 1 })
    const url = `http://toko:rah%3Aasia%40@127.0.0.1:${proxy.port}`
    expect(await wayOf(senderId)).toEqual({ kind: 'proxy', url })
    await pass(1)
    await senders.set(workspaceId, owner, senderId, { kind: 'direct' })
    expect(await wayOf(senderId)).toEqual({ kind: 'direct' })
    expect((await eventsOf(senderId)).map(({ kind }) => kind)).toEqual(['egress_proxy', 'egress_direct'])
  })

  test('waits in an empty pool, and goes on as soon as a healthy proxy is there', async () => {
    const senderId = await addSender()
    expect(await useProxy(senderId)).toMatchObject({ waits: 'proxy_pool_empty', proxy: null })
    await expect(wayOf(senderId)).rejects.toThrow(EgressWaits)
    const { id } = await addProxy()
    expect(await get(senderId)).toMatchObject({ waits: null, proxy: { id } })
    expect(await wayOf(senderId)).toMatchObject({ kind: 'proxy' })
  })

  test('keeps a failing proxy for ten minutes, then moves, and does not go back', async () => {
    const senderId = await addSender()
    const first = await addProxy()
    await useProxy(senderId)
    const second = await addProxy()
    const { port } = first.proxy
    await first.proxy.close()
    await service.check(workspaceId, first.id, AbortSignal.timeout(20_000))
    await pass(9 * 60_000)
    await checker.goRound()
    expect((await get(senderId)).proxy?.id).toBe(first.id)
    await pass(61_000)
    await checker.goRound()
    expect((await get(senderId)).proxy?.id).toBe(second.id)
    open.push(await startProxy('http', port))
    await service.check(workspaceId, first.id, AbortSignal.timeout(20_000))
    expect((await get(senderId)).proxy?.id).toBe(second.id)
  })

  test('waits when no other proxy is healthy, remembers its own, and goes on with it when it recovers', async () => {
    const senderId = await addSender()
    const { id, proxy } = await addProxy()
    await useProxy(senderId)
    await proxy.close()
    await service.check(workspaceId, id, AbortSignal.timeout(20_000))
    await pass(10 * 60_000)
    await checker.goRound()
    expect(await get(senderId)).toMatchObject({ waits: 'proxy_none_healthy', proxy: { id } })
    await expect(wayOf(senderId)).rejects.toMatchObject({ reason: 'proxy_none_healthy' })
    open.push(await startProxy('http', proxy.port))
    await service.check(workspaceId, id, AbortSignal.timeout(20_000))
    expect(await get(senderId)).toMatchObject({ waits: null, proxy: { id } })
    expect((await eventsOf(senderId)).map(({ kind, detail }) => `${kind} ${detail}`)).toEqual([
      `egress_proxy Proxy ${proxy.port}`,
      'egress_waits proxy_none_healthy',
    ])
  })

  test('does not go out directly when its proxy is removed or switched off', async () => {
    const [one, other] = [await addSender(), await addSender()]
    const { id } = await addProxy()
    const { id: spare } = await addProxy()
    await useProxy(one, id)
    await useProxy(other, spare)
    await service.update(workspaceId, owner, spare, { enabled: false })
    expect((await get(other)).proxy?.id).toBe(id)
    await service.remove(workspaceId, owner, id)
    for (const senderId of [one, other]) {
      expect(await get(senderId)).toMatchObject({ kind: 'proxy', waits: 'proxy_pool_empty' })
      await expect(wayOf(senderId)).rejects.toThrow(EgressWaits)
    }
  })

  test('is the fourth linked one of an address nowhere, by hand or by itself; others are not counted', async () => {
    const { id } = await addProxy()
    for (let made = 0; made < 3; made += 1) await useProxy(await addSender())
    const fourth = await addSender()
    expect((await useProxy(fourth)).waits).toBe('proxy_addresses_full')
    await expect(useProxy(fourth, id)).rejects.toMatchObject({ code: 'proxy_full' })
    expect((await useProxy(await addSender('cloud_api'), id)).waits).toBeNull()
    await senders.setRules(workspaceId, owner, { sendersPerAddress: 4, dailyCostMax: null })
    expect((await get(fourth)).waits).toBeNull()
    await senders.setRules(workspaceId, owner, { sendersPerAddress: 1, dailyCostMax: null })
    expect(await get(fourth)).toMatchObject({ waits: null, linkedSenders: 4, sendersPerAddress: 1 })
  })

  test('gets no more than its three places of an address when ten ask at once, by name and for any', async () => {
    const { id } = await addProxy()
    const asking = await Promise.all(Array.from({ length: 10 }, () => addSender()))
    const answers = await Promise.allSettled(
      asking.map((senderId, index) => useProxy(senderId, index % 2 === 0 ? id : null)),
    )
    const isOut = answers.map((one) => one.status === 'fulfilled' && one.value.waits === null)
    expect(isOut.filter(Boolean)).toHaveLength(3)
    const ways = await Promise.allSettled(asking.map((senderId) => wayOf(senderId)))
    const proxied = ways.filter((way) => way.status === 'fulfilled' && way.value.kind === 'proxy')
    expect(proxied).toHaveLength(3)
  })

  test('shares the count with every proxy of the same outgoing address', async () => {
    const [first, second] = [await addProxy(), await addProxy()]
    await core.inSystem((scope) =>
      scope.execute(`update proxies set exit_address = '31.6.33.97' where id = any($1)`, [
        [first.id, second.id],
      ]),
    )
    for (let made = 0; made < 3; made += 1) await useProxy(await addSender(), first.id)
    await expect(useProxy(await addSender(), second.id)).rejects.toMatchObject({ code: 'proxy_full' })
  })

  test('takes only proxies its country and its channel allow', async () => {
    const { id } = await addProxy({ country: 'SG' })
    expect((await useProxy(await addSender(), null, 'ID')).waits).toBe('proxy_pool_empty')
    await expect(useProxy(await addSender(), id, 'ID')).rejects.toMatchObject({ code: 'proxy_unfit' })
    const { id: socks } = await service.create(workspaceId, owner, body(1080, { scheme: 'socks5' }))
    await expect(useProxy(await addSender('waha'), socks as ProxyId)).rejects.toMatchObject({
      code: 'proxy_unfit',
    })
  })

  test('takes no proxy that would exceed the daily cost limit, in whichever currency', async () => {
    const paid = { amountMinor: 3_000, currency: 'USD' } as const
    await addProxy({ monthlyCost: paid })
    await useProxy(await addSender())
    await senders.setRules(workspaceId, owner, {
      sendersPerAddress: 1,
      dailyCostMax: { amountMinor: 150, currency: 'USD' },
    })
    const { id } = await addProxy({ monthlyCost: paid })
    const second = await addSender()
    expect((await useProxy(second)).waits).toBe('proxy_cost_limit')
    await expect(useProxy(second, id)).rejects.toMatchObject({ code: 'proxy_cost_limit' })
    await senders.setRules(workspaceId, owner, {
      sendersPerAddress: 1,
      dailyCostMax: { amountMinor: 200, currency: 'USD' },
    })
    expect((await get(second)).waits).toBeNull()
  })

  test('that goes out directly counts beside the others, as advice', async () => {
    const direct = [await addSender(), await addSender('waha'), await addSender('cloud_api')]
    expect(await get(direct[0] as SenderId)).toMatchObject({ linkedSenders: 2, sendersPerAddress: 3 })
    expect((await get(direct[2] as SenderId)).linkedSenders).toBe(0)
  })

  test('of another workspace, and its proxies, cannot be reached', async () => {
    const senderId = await addSender()
    const { id } = await addProxy()
    const home = workspaceId
    workspaceId = await buildWorkspace(core)
    const own = await addSender()
    await expect(get(senderId)).rejects.toMatchObject({ code: 'not_found' })
    await expect(useProxy(own, id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(service.remove(workspaceId, owner, id)).rejects.toMatchObject({ code: 'not_found' })
    expect((await useProxy(own)).waits).toBe('proxy_pool_empty')
    workspaceId = home
  })
})

describe('messages', () => {
  const sent = (senderId: SenderId, day: string, accepted: number) =>
    core.inWorkspace(workspaceId, (scope) =>
      scope.execute(
        `insert into sender_days (workspace_id, sender_id, day, accepted) values ($1, $2, $3, $4)
         on conflict (sender_id, day) do update set accepted = excluded.accepted`,
        [workspaceId, senderId, day, accepted],
      ),
    )
  const today = async () => {
    const [row] = await core.inWorkspace(workspaceId, (scope) =>
      scope.query<{ day: string; next: string }>(
        `select ($1::timestamptz at time zone 'Asia/Jakarta')::date::text as day,
           (($1::timestamptz at time zone 'Asia/Jakarta')::date + 1)::text as next`,
        [core.now()],
      ),
    )
    return row ?? { day: '', next: '' }
  }

  test('count for the proxy they went through, over days and moves, each once', async () => {
    const senderId = await addSender()
    const [first, second] = [await addProxy(), await addProxy()]
    const { day, next } = await today()
    await sent(senderId, day, 7)
    await useProxy(senderId, first.id)
    await sent(senderId, day, 10)
    await checker.goRound()
    await checker.goRound()
    await sent(senderId, day, 12)
    await pass(86_400_000)
    await sent(senderId, next, 4)
    await useProxy(senderId, second.id)
    await sent(senderId, next, 9)
    await checker.goRound()
    const counted = await core.inWorkspace(workspaceId, (scope) =>
      scope.query<{ proxy: string; day: string; messages: number }>(
        `select proxy_id as proxy, day::text, messages from proxy_days where messages > 0 order by day, messages`,
      ),
    )
    expect(counted).toEqual([
      { proxy: first.id, day, messages: 5 },
      { proxy: first.id, day: next, messages: 4 },
      { proxy: second.id, day: next, messages: 5 },
    ])
  })

  test('cost the share of the month so far', async () => {
    const senderId = await addSender()
    const { id } = await addProxy({ monthlyCost: { amountMinor: 3_000, currency: 'USD' } })
    await useProxy(senderId, id)
    const { day } = await today()
    await sent(senderId, day, 50)
    await checker.goRound()
    const [proxy] = await service.list(workspaceId)
    const days = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate()
    expect(proxy).toMatchObject({ messagesToday: 50, messagesThisMonth: 50 })
    expect(proxy?.costPerMessageMinor).toBeCloseTo(3_000 / days / 50, 6)
  })
})
