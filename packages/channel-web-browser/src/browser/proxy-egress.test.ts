import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Socks5Server } from '@pondwader/socks5-server'
import { Server as HttpProxy } from 'proxy-chain'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Egress } from '@siar/channel'
import { canSandbox, findChromium } from '../testing/chromium-path.ts'
import { openPageWorld, reader } from '../testing/page-harness.ts'
import type { PageWorld } from '../testing/page-harness.ts'
import { newMessageId, watchSession } from '../testing/session-watch.ts'
import { launchArguments } from './launch-profile.ts'
import { createLocalBrowsers } from './local-browsers.ts'

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}

const proxy = (url: string): Egress => ({ kind: 'proxy', url })

describe('the way out of a browser', { timeout: 120_000 }, () => {
  let root: string
  let world: PageWorld
  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'siar-proxy-'))
    const browsers = createLocalBrowsers({
      executablePath: await findChromium(),
      profilesFolder: root,
      browsersMax: 2,
      sandbox: canSandbox,
      closeMs: 15_000,
      environment: process.env,
    })
    world = await openPageWorld(browsers)
  })
  afterAll(async () => {
    await world.close()
    await rm(root, { recursive: true, force: true })
  })

  test('an HTTP proxy with a name and password carries everything, and when it dies nothing goes around it', async () => {
    let carried = 0
    const server = new HttpProxy({
      host: '127.0.0.1',
      port: 0,
      prepareRequestFunction: ({ username, password }) => {
        const isKnown = username === 'toko' && password === 'rah:asia'
        if (isKnown) carried += 1
        return { requestAuthentication: !isKnown }
      },
    })
    await server.listen()
    const egress = proxy(`http://toko:rah%3Aasia@127.0.0.1:${server.port}`)
    const watch = await watchSession(world.channel, world.linked({ egress }))
    await watch.reaches('online')
    expect(carried).toBeGreaterThan(5)
    const before = carried
    expect(await watch.session.send({ messageId: newMessageId(), to: reader, text: 'Halo' })).toMatchObject({
      kind: 'accepted',
    })
    expect(carried).toBeGreaterThan(before)
    await server.close(true)
    await watch.reaches('reconnecting')
    const lost = newMessageId()
    expect(await watch.session.send({ messageId: lost, to: reader, text: 'Halo' })).toMatchObject({
      kind: 'not_sent',
    })
    expect(await world.network.control.frames({ messageId: lost })).toEqual([])
    expect(world.server.control.isOpen(watch.session.senderId)).toBe(false)
    await watch.session.close()
  })

  test('a SOCKS5 proxy that asks for a name and password carries everything', async () => {
    let carried = 0
    const server = new Socks5Server()
    server.setAuthHandler(({ username, password }) => username === 'toko' && password === 'rahasia')
    server.setRulesetValidator(() => {
      carried += 1
      return true
    })
    const socksPort = await freePort()
    server.listen(socksPort, '127.0.0.1')
    const egress = proxy(`socks5://toko:rahasia@127.0.0.1:${socksPort}`)
    const watch = await watchSession(world.channel, world.linked({ egress }))
    await watch.reaches('online')
    expect(carried).toBeGreaterThan(0)
    await watch.session.close()
    server.close()
  })

  test('a dead proxy is told, and no browser is started', async () => {
    const started = world.channel.metrics().started
    const egress = proxy(`socks5://toko:rahasia@127.0.0.1:${await freePort()}`)
    const watch = await watchSession(world.channel, world.linked({ egress }))
    await watch.reaches('reconnecting')
    expect(watch.states()).toEqual(['reconnecting:proxy_unreachable'])
    const outcome = await watch.session.send({ messageId: newMessageId(), to: reader, text: 'Halo' })
    expect(outcome).toMatchObject({ kind: 'not_sent' })
    await watch.session.close()
    expect(world.channel.metrics().started).toBe(started)
    expect(await readdir(root)).toEqual([])
  })

  test('a wrong password is a dead proxy, never a direct connection', async () => {
    const server = new HttpProxy({
      host: '127.0.0.1',
      port: 0,
      prepareRequestFunction: () => ({ requestAuthentication: true }),
    })
    await server.listen()
    const request = world.linked({ egress: proxy(`http://toko:salah@127.0.0.1:${server.port}`) })
    const watch = await watchSession(world.channel, request)
    await watch.reaches('reconnecting')
    expect(watch.states()[0]).toBe('reconnecting:proxy_unreachable')
    expect(world.server.control.isOpen(request.senderId)).toBe(false)
    await watch.session.close()
    await server.close(true)
  })
})

test('behind a proxy nothing is looked up or connected on this machine’s own, WebRTC neither', () => {
  const args = launchArguments({
    language: 'id-ID',
    timeZone: 'Asia/Jakarta',
    proxy: 'http://127.0.0.1:8080',
  })
  expect(args).toContain('--proxy-server=http://127.0.0.1:8080')
  expect(args).toContain('--proxy-bypass-list=<-loopback>')
  expect(args).toContain('--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1')
  expect(args).toContain('--force-webrtc-ip-handling-policy=disable_non_proxied_udp')
  expect(args).toContain('--disable-quic')
})
