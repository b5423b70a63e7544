import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowserlessStandIn } from '../testing/browserless-stand-in.ts'
import type { BrowserlessStandIn } from '../testing/browserless-stand-in.ts'
import { openPageWorld, reader } from '../testing/page-harness.ts'
import type { PageWorld } from '../testing/page-harness.ts'
import { newMessageId, watchSession } from '../testing/session-watch.ts'
import { createBrowserless } from './browserless.ts'
import type { BrowserlessSource } from './browserless.ts'
import { connectAddress, leastBusy } from './browserless-server.ts'

describe('browsers of Browserless servers', { timeout: 120_000 }, () => {
  let root: string
  let near: BrowserlessStandIn
  let far: BrowserlessStandIn
  let source: BrowserlessSource
  let world: PageWorld
  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'siar-browserless-'))
    near = await openBrowserlessStandIn('near', path.join(root, 'near'))
    far = await openBrowserlessStandIn('far', path.join(root, 'far'))
    source = createBrowserless({
      servers: [near.server, far.server],
      browsersMax: 2,
      sharedProfiles: false,
      closeMs: 10_000,
    })
    world = await openPageWorld(source)
  })
  afterAll(async () => {
    await world.close()
    await near.close()
    await far.close()
    await rm(root, { recursive: true, force: true, maxRetries: 5 })
  })

  test('a new sender takes the least busy server and stays there with its link; a lost browser is started again', async () => {
    near.setRunning(5)
    const request = world.linked()
    const watch = await watchSession(world.channel, request)
    await watch.reaches('online')
    expect(far.running()).toHaveLength(1)
    expect(near.running()).toHaveLength(0)
    const message = { messageId: newMessageId(), to: reader, text: 'Halo' }
    expect(await watch.session.send(message)).toMatchObject({ kind: 'accepted' })
    expect(await source.checkServers()).toMatchObject([
      { name: 'near', openHere: 0, load: { running: 5, isAvailable: true } },
      { name: 'far', openHere: 1, load: { running: 1, isAvailable: true } },
    ])

    for (const pid of far.pids()) process.kill(pid, 'SIGKILL')
    await watch.reaches('reconnecting')
    near.setRunning(0)
    await watch.reaches('online', 1)
    expect(near.running()).toHaveLength(0)
    await watch.session.close()
    await expect.poll(() => far.running(), { timeout: 10_000 }).toEqual([])
    expect(source.metrics()).toMatchObject({ open: 0, lost: 1 })
  })

  test('a server that does not answer, or a proxy with a password, means no browser', async () => {
    const dead = createBrowserless({
      servers: [{ ...near.server, url: 'http://127.0.0.1:9' }],
      browsersMax: 1,
      sharedProfiles: false,
      closeMs: 1_000,
    })
    const other = await openPageWorld(dead)
    const watch = await watchSession(other.channel, other.linked())
    await watch.reaches('reconnecting')
    expect(watch.states()).toEqual(['reconnecting:no_browser_server'])
    await watch.session.close()
    expect(dead.metrics()).toMatchObject({ open: 0, started: 0 })
    await other.close()

    const egress = { kind: 'proxy', url: 'socks5://toko:rahasia@127.0.0.1:1080' } as const
    const proxied = await watchSession(world.channel, world.linked({ egress }))
    await proxied.reaches('reconnecting')
    expect(proxied.states()).toEqual(['reconnecting:proxy_needs_a_local_browser'])
    await proxied.session.close()
  })
})

test('the least busy server wins, with what is open here counted; a full or silent one never', () => {
  const load = (running: number, isAvailable = true) => ({ isAvailable, running, queued: 0, runningMax: 10 })
  expect(
    leastBusy([
      { name: 'a', load: load(3), openHere: 0 },
      { name: 'b', load: load(1), openHere: 1 },
      { name: 'c', load: load(0, false), openHere: 0 },
      { name: 'd', load: null, openHere: 0 },
    ]),
  ).toBe('b')
  expect(
    leastBusy([
      { name: 'a', load: load(1), openHere: 9 },
      { name: 'b', load: load(2), openHere: 0 },
    ]),
  ).toBe('b')
  expect(leastBusy([{ name: 'd', load: null, openHere: 0 }])).toBeNull()
})

test('the address of a browser names its server, its arguments and how long it may live', () => {
  const server = {
    name: 'a',
    url: 'https://browsers.example:3000',
    token: 't&k',
    profilesFolder: '/profiles',
  }
  const address = new URL(connectAddress(server, 'siar-1', ['--lang=id-ID'], 60_000))
  expect(address.protocol).toBe('wss:')
  expect(address.pathname).toBe('/chromium')
  expect(Object.fromEntries(address.searchParams)).toEqual({
    token: 't&k',
    trackingId: 'siar-1',
    timeout: '60000',
    launch: '{"headless":true,"args":["--lang=id-ID"]}',
  })
})
