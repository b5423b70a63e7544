import { createServer as createSocksServer, defaultConnectionHandler } from '@pondwader/socks5-server'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, LookupFunction } from 'node:net'
import { Server as HttpProxy } from 'proxy-chain'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCloudApiChannel } from './channel.ts'
import { messageTo } from './testing/every-request.ts'
import { reader, startMetaWorld } from './testing/meta-world.ts'
import type { MetaWorld } from './testing/meta-world.ts'
import { openSession } from './testing/open-session.ts'

/** A name that only the proxies know: whatever reaches Meta's stand-in by it went through one. */
const hiddenHost = 'meta.invalid'

interface Proxy {
  readonly address: string
  close(): Promise<void>
}

const toLoopback: LookupFunction = (_host, options, callback) => {
  if (options.all === true) callback(null, [{ address: '127.0.0.1', family: 4 }])
  else callback(null, '127.0.0.1', 4)
}

async function startHttpProxy(): Promise<Proxy> {
  const server = new HttpProxy({
    port: 0,
    host: '127.0.0.1',
    prepareRequestFunction: ({ username, password }) => ({
      requestAuthentication: username !== 'sari' || password !== 'rahasia:1',
      dnsLookup: toLoopback as never,
    }),
  })
  await server.listen()
  return { address: `127.0.0.1:${server.port}`, close: () => server.close(true) }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function startSocksProxy(): Promise<Proxy> {
  const port = await findFreePort()
  const sockets = new Set<{ destroy(): void }>()
  const server = createSocksServer({ auth: { username: 'sari', password: 'rahasia:1' } })
  server.setConnectionHandler((connection, sendStatus) => {
    sockets.add(connection.socket)
    if (connection.destAddress === hiddenHost) connection.destAddress = '127.0.0.1'
    defaultConnectionHandler(connection, sendStatus)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { address: `127.0.0.1:${port}`, close }
}

const kinds = { http: startHttpProxy, socks5: startSocksProxy }

describe.each(Object.entries(kinds))('a sender behind a proxy (%s)', (scheme, start) => {
  let world: MetaWorld
  let hiddenWorld: MetaWorld
  let proxy: Proxy
  const egressOf = (login: string): { kind: 'proxy'; url: string } => ({
    kind: 'proxy',
    url: `${scheme}://${login}@${proxy.address}`,
  })
  beforeAll(async () => {
    world = await startMetaWorld()
    const baseUrl = `http://${hiddenHost}:${world.server.port}`
    const channel = world.inbox.wrap(createCloudApiChannel({ baseUrl, checkEveryMs: 100 }))
    hiddenWorld = { ...world, channel }
    proxy = await start()
  })
  afterAll(async () => {
    await proxy.close()
    await world.close()
  })

  test('everything goes through it: the look at the number, messages and files', async () => {
    const sender = world.addSender()
    const request = { egress: egressOf('sari:rahasia%3A1') }
    const { session, heard, hears } = await openSession(hiddenWorld, sender, { request })
    expect(await session.send(messageTo(reader))).toMatchObject({ kind: 'accepted' })
    const media = { kind: 'image', mimeType: 'image/png', fileName: null, dataBase64: 'AAAA' }
    await world.network.control.incoming(sender.request.senderId, reader, '', { media })
    await hears({ type: 'message' })
    const message = heard.find((event) => event.type === 'message')
    expect(await session.download(message?.media?.ref ?? '', 100)).not.toBeNull()
    await session.close()
  })

  test('without it nothing goes, and the sender says that it is cut off', async () => {
    const sender = world.addSender()
    const before = world.server.control.counts().calls.management
    const request = { egress: egressOf('sari:wrong') }
    const wrong = await openSession(world, sender, { request, isOnline: false })
    await wrong.hears({ type: 'state', state: 'reconnecting' })
    expect(await wrong.session.send(messageTo(reader))).toMatchObject({ kind: 'not_sent' })
    await wrong.session.close()
    expect(world.server.control.counts().calls.management).toBe(before)
    const direct = await openSession(hiddenWorld, sender, { isOnline: false })
    await direct.hears({ type: 'state', state: 'reconnecting' })
    await direct.session.close()
  })

  test('when it dies the sender waits, and never goes out directly', async () => {
    const sender = world.addSender()
    const request = { egress: egressOf('sari:rahasia%3A1') }
    const { session, hears } = await openSession(world, sender, { request })
    await proxy.close()
    await hears({ type: 'state', state: 'reconnecting' })
    const message = messageTo(reader)
    const before = world.server.control.counts().calls
    expect(await session.send(message)).toMatchObject({ kind: 'not_sent', reason: 'not_connected' })
    expect(world.server.control.counts().calls).toEqual(before)
    expect(await world.network.control.frames({ messageId: message.messageId })).toEqual([])
    await session.close()
    proxy = await start()
  })
})
