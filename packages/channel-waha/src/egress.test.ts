import { Server } from 'proxy-chain'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { proxyConfigOf } from './session-config.ts'
import { listen, patiently } from './testing/ear.ts'
import { apiKey, buildWahaWorld, reader } from './testing/waha-world.ts'
import type { WahaWorld } from './testing/waha-world.ts'

const message = { messageId: 'msg_e', to: reader, text: 'Halo' }
let world: WahaWorld
beforeAll(async () => {
  world = await buildWahaWorld({ engine: 'NOWEB' })
})
afterAll(() => world.close())

async function startProxy(): Promise<{ url: string; tunnels: () => number; close: () => Promise<void> }> {
  let tunnels = 0
  const server = new Server({
    port: 0,
    host: '127.0.0.1',
    prepareRequestFunction: ({ username, password }) => {
      const isKnown = username === 'toko' && password === 'p@ss:word'
      if (isKnown) tunnels += 1
      return { requestAuthentication: !isKnown }
    },
  })
  await server.listen()
  return {
    url: `http://toko:${encodeURIComponent('p@ss:word')}@127.0.0.1:${server.port}`,
    tunnels: () => tunnels,
    close: () => server.close(true),
  }
}

const statusOf = async (session: string): Promise<string> => {
  const answer = await fetch(`${world.server.url}/api/sessions/${session}`, {
    headers: { 'x-api-key': apiKey },
  })
  return ((await answer.json()) as { status: string }).status
}

test('the session leaves through its proxy, and when the proxy dies nothing is sent another way', async () => {
  const proxy = await startProxy()
  const request = await world.linked({ egress: { kind: 'proxy', url: proxy.url } })
  const ear = await listen(world, request)
  await ear.hear({ state: 'online' })
  expect(proxy.tunnels()).toBe(1)
  expect(await ear.session.send(message)).toMatchObject({ kind: 'accepted' })
  const frames = world.network.record.list({ senderId: request.senderId }).length
  await proxy.close()
  await vi.waitFor(() => expect(ear.states().at(-1)).toBe('reconnecting'), patiently)
  expect(await ear.session.send(message)).toMatchObject({ kind: 'not_sent' })
  expect(await statusOf(request.senderId)).not.toBe('WORKING')
  expect(world.network.record.list({ senderId: request.senderId })).toHaveLength(frames)
  await ear.session.close()
})

test('a session that runs by another way is put on its proxy before anything is sent', async () => {
  const proxy = await startProxy()
  const request = await world.linked()
  const direct = await listen(world, request)
  await direct.hear({ state: 'online' })
  await direct.session.close()
  const ear = await listen(world, { ...request, egress: { kind: 'proxy', url: proxy.url } })
  await ear.hear({ state: 'reconnecting', reason: 'another_egress' })
  await ear.hear({ state: 'online' })
  expect(proxy.tunnels()).toBe(1)
  await ear.session.close()
  await proxy.close()
})

test('a proxy that does not let the session in leaves it outside', async () => {
  const proxy = await startProxy()
  const url = proxy.url.replace('toko:', 'other:')
  const ear = await listen(world, await world.linked({ egress: { kind: 'proxy', url } }))
  await ear.hear({ state: 'reconnecting', reason: 'session_failed' })
  expect(ear.states()).not.toContain('online')
  expect(proxy.tunnels()).toBe(0)
  await ear.session.close()
  await proxy.close()
})

test.each(['socks5://127.0.0.1:1080', 'https://127.0.0.1:8443', 'nonsense'])(
  'the proxy %s is none WAHA can use: a running session is stopped',
  async (url) => {
    expect(proxyConfigOf({ kind: 'proxy', url })).toBeNull()
    const request = await world.linked()
    const direct = await listen(world, request)
    await direct.hear({ state: 'online' })
    await direct.session.close()
    const ear = await listen(world, { ...request, egress: { kind: 'proxy', url } })
    await ear.hear({ state: 'offline', reason: 'proxy_kind_not_supported' })
    expect(await ear.session.send(message)).toMatchObject({ kind: 'not_sent' })
    expect(await statusOf(request.senderId)).toBe('STOPPED')
    await ear.session.close()
  },
)

test('the proxy is named as WAHA wants it: without a scheme, its name and password apart', () => {
  expect(proxyConfigOf({ kind: 'direct' })).toEqual({ proxy: null })
  expect(proxyConfigOf({ kind: 'proxy', url: 'http://a%40b:c%3Ad@proxy.example.com' })).toEqual({
    proxy: { server: 'proxy.example.com:80', username: 'a@b', password: 'c:d' },
  })
  expect(proxyConfigOf({ kind: 'proxy', url: 'http://[::1]:3128' })).toEqual({
    proxy: { server: '[::1]:3128' },
  })
})
