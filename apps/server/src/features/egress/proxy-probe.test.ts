import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readExit } from './exit-answer.ts'
import { findFreePort, hiddenHost, login, startCheckServer, startProxy } from './proxies.fixtures.ts'
import type { CheckServer, TestProxy } from './proxies.fixtures.ts'
import { probeProxy } from './proxy-probe.ts'
import type { ProbeOptions } from './proxy-probe.ts'
import type { ProxyWay } from './proxy-way.ts'

let check: CheckServer
beforeAll(async () => {
  check = await startCheckServer()
})
afterAll(() => check.close())

const options = (more: Partial<ProbeOptions> = {}): ProbeOptions => ({
  checkUrl: `http://127.0.0.1:${check.port}/`,
  allowInternal: true,
  monotonicMs: () => performance.now(),
  ...more,
})

describe.each(['http', 'socks5'] as const)('a proxy (%s)', (scheme) => {
  let proxy: TestProxy
  const way = (more: Partial<ProxyWay> = {}): ProxyWay => ({
    scheme,
    host: '127.0.0.1',
    port: proxy.port,
    ...login,
    ...more,
  })
  beforeAll(async () => {
    proxy = await startProxy(scheme)
  })
  afterAll(() => proxy.close())

  test('that works tells its address, its country and how long it took; names are looked up behind it', async () => {
    const checkUrl = `http://${hiddenHost}:${check.port}/`
    const result = await probeProxy(way(), options({ checkUrl }))
    expect(result).toEqual({
      kind: 'good',
      address: '31.6.33.97',
      country: 'ID',
      latencyMs: expect.any(Number),
    })
    expect(proxy.carried()).toBeGreaterThan(0)
  })

  test('that does not know the password is told to refuse the login', async () => {
    expect(await probeProxy(way({ password: 'wrong' }), options())).toEqual({
      kind: 'failed',
      problem: 'login_refused',
    })
  })

  test('that nobody listens at is unreachable', async () => {
    const port = await findFreePort()
    expect(await probeProxy(way({ port }), options())).toEqual({ kind: 'failed', problem: 'unreachable' })
    expect(await probeProxy(way({ host: 'no-such-name.invalid' }), options())).toEqual({
      kind: 'failed',
      problem: 'unreachable',
    })
  })

  test('is not blamed when the check address answers nobody', async () => {
    const checkUrl = `http://127.0.0.1:${await findFreePort()}/`
    expect(await probeProxy(way(), options({ checkUrl }))).toEqual({ kind: 'inconclusive' })
  })

  test('of the own network is not even connected to where that is not allowed', async () => {
    const before = proxy.carried()
    for (const host of ['127.0.0.1', 'localhost']) {
      expect(await probeProxy(way({ host }), options({ allowInternal: false }))).toEqual({
        kind: 'failed',
        problem: 'address_not_allowed',
      })
    }
    expect(proxy.carried()).toBe(before)
  })

  test('that reaches nothing any more has no way out', async () => {
    proxy.cutOff()
    expect(await probeProxy(way(), options())).toEqual({ kind: 'failed', problem: 'no_way_out' })
  })
})

test('a proxy that never answers ends the test when it is given up', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1')
  await new Promise((resolve) => silent.once('listening', resolve))
  const { port } = silent.address() as AddressInfo
  const signal = AbortSignal.timeout(200)
  const result = await probeProxy({ scheme: 'http', host: '127.0.0.1', port, ...login }, options({ signal }))
  expect(result).toEqual({ kind: 'failed', problem: 'unreachable' })
  silent.close()
})

test('something that is no proxy gives no good answer', async () => {
  const way = { scheme: 'http', host: '127.0.0.1', port: check.port, ...login } as const
  expect(await probeProxy(way, options())).toMatchObject({ kind: 'failed' })
})

test.each([
  ['31.6.33.97\n', { address: '31.6.33.97', country: null }],
  ['fl=1\r\nip=2606:4700::1\r\nloc=sg\r\n', { address: '2606:4700::1', country: 'SG' }],
  ['{"ip":"31.6.33.97","country":"ID"}', { address: '31.6.33.97', country: 'ID' }],
  ['{"ip":"31.6.33.97","country":"Indonesia"}', { address: '31.6.33.97', country: null }],
  ['{"ip":5}', null],
  ['{broken', null],
  ['<html>ip=31.6.33.97</html>', null],
  ['', null],
])('the answer %j is read as %j', (text, expected) => {
  expect(readExit(text)).toEqual(expected)
})
