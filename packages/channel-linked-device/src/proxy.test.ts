import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { Socks5Server } from '@pondwader/socks5-server'
import { Server as HttpProxy } from 'proxy-chain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, textTo } from '@siar/channel/testing'
import type { OutboundMedia } from '@siar/channel'
import { connectOnline, hearLater, reader, startRig } from './testing/harness.ts'
import type { Rig } from './testing/harness.ts'

let rig: Rig
let proxies: HttpProxy
let socks: Socks5Server
let socksPort = 0
/** Ports the proxies were asked for. */
let asked: number[] = []
let refusedPort = 0

const image: OutboundMedia = {
  kind: 'image',
  mimeType: 'image/png',
  fileName: 'a.png',
  sizeBytes: 3,
  fingerprint: 'a',
  read: async () => new Uint8Array([1, 2, 3]),
}

beforeAll(async () => {
  rig = await startRig()
  socksPort = await freePort()
  proxies = new HttpProxy({
    port: 0,
    host: '127.0.0.1',
    prepareRequestFunction: ({ port, username, password }) => {
      asked.push(Number(port))
      const isKnown = username === 'toko' && password === 'rah:asia'
      return { requestAuthentication: !isKnown || Number(port) === refusedPort }
    },
  })
  await proxies.listen()
  socks = new Socks5Server()
  socks.setAuthHandler(({ username, password }) => username === 'toko' && password === 'rah:asia')
  socks.setRulesetValidator(({ destPort }) => {
    asked.push(destPort)
    return destPort !== refusedPort
  })
  await new Promise<void>((resolve) => {
    socks.listen(socksPort, '127.0.0.1', resolve)
  })
})

afterAll(async () => {
  await rig.close()
  await proxies.close(true)
  socks.close()
})

const socketPort = (): number => Number(new URL(rig.server.url).port)
const mediaPort = (): number => Number(rig.server.media.hostname.split(':')[1])

function proxyUrl(kind: 'http' | 'socks5'): string {
  const port = kind === 'http' ? proxies.port : socksPort
  return `${kind}://toko:rah%3Aasia@127.0.0.1:${port}`
}

/** A port nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

for (const kind of ['http', 'socks5'] as const) {
  test(`socket and files both go through a proxy of ${kind}`, async () => {
    asked = []
    refusedPort = 0
    const request = await rig.linked({ egress: { kind: 'proxy', url: proxyUrl(kind) } })
    const connection = await connectOnline(rig, request)
    expect(asked).toContain(socketPort())
    expect(await connection.session.send({ ...textTo(reader), media: image })).toMatchObject({
      kind: 'accepted',
    })
    expect(asked).toContain(mediaPort())
    const media = { kind: 'image', mimeType: 'image/png', fileName: null, dataBase64: 'AAAA' }
    const id = await rig.network.control.incoming(request.senderId, reader, 'foto', { media })
    const heard = await connection.hear('message', ({ channelMessageId }) => channelMessageId === id)
    expect(await connection.session.download(heard.media?.ref ?? '', 100)).not.toBeNull()
    await connection.session.close()
  })

  test(`files do not go another way when a proxy of ${kind} refuses them`, async () => {
    refusedPort = mediaPort()
    const request = await rig.linked({ egress: { kind: 'proxy', url: proxyUrl(kind) } })
    const connection = await connectOnline(rig, request)
    const before = rig.server.media.requests()
    const message = { ...textTo(reader), media: image }
    expect(await connection.session.send(message)).toMatchObject({
      kind: 'not_sent',
      reason: 'media_unreachable',
    })
    expect(rig.server.media.requests()).toBe(before)
    expect(await rig.network.control.frames({ messageId: message.messageId })).toEqual([])
    refusedPort = 0
    await connection.session.close()
  })
}

for (const [name, url] of [
  ['is dead', (port: number) => `http://127.0.0.1:${port}`],
  ['is dead (SOCKS5)', (port: number) => `socks5://127.0.0.1:${port}`],
  ['does not know the password', () => `http://toko:salah@127.0.0.1:${proxies.port}`],
] as const) {
  test(`a session whose proxy ${name} waits, and never connects directly`, async () => {
    const port = await freePort()
    const request = await rig.linked({ egress: { kind: 'proxy', url: url(port) } })
    const before = rig.server.control.logins()
    const connection = await connect(rig, request)
    expect(await hearLater(connection, 'reconnecting', 0)).toMatchObject({
      reason: expect.stringContaining('proxy'),
    })
    expect(await connection.session.send(textTo(reader))).toMatchObject({ kind: 'not_sent' })
    expect(rig.server.control.logins()).toBe(before)
    await connection.session.close()
  })
}

test('a proxy of an unknown kind connects nothing', async () => {
  const request = await rig.linked({ egress: { kind: 'proxy', url: 'ftp://127.0.0.1:1' } })
  const connection = await connect(rig, request)
  expect(await hearLater(connection, 'offline', 0)).toMatchObject({
    reason: expect.stringContaining('proxy'),
  })
})
