import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRequest } from '@siar/channel/testing'
import { createWebBrowserChannel } from '../channel.ts'
import { canSandbox, findChromium, locksProfiles } from '../testing/chromium-path.ts'
import { openPageWorld, reader } from '../testing/page-harness.ts'
import type { PageWorld } from '../testing/page-harness.ts'
import { newMessageId, watchSession } from '../testing/session-watch.ts'
import { createLocalBrowsers } from './local-browsers.ts'
import { findHolder, isAlive } from './profile-lock.ts'

const roots: string[] = []

async function newRoot(): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'siar-browser-'))
  roots.push(root)
  return root
}

async function localBrowsers(root: string, browsersMax = 2) {
  return createLocalBrowsers({
    executablePath: await findChromium(),
    profilesFolder: root,
    browsersMax,
    sandbox: canSandbox,
    closeMs: 15_000,
    environment: process.env,
  })
}

/** Throws rather than name process 0: a signal to that ends the whole group, this test with it. */
async function pidOf(folder: string): Promise<number> {
  const holder = await findHolder(folder)
  if (holder.kind !== 'alive') throw new Error(`nobody holds ${folder}: ${holder.kind}`)
  return holder.pid
}

/** Folders of Chromium's own sockets; a browser that leaves one behind leaks it for ever. */
const socketFolders = async (): Promise<string[]> =>
  (await readdir(tmpdir())).filter((name) => name.includes('org.chromium.Chromium'))

describe.skipIf(!locksProfiles)('browsers of this machine', { timeout: 120_000 }, () => {
  let root: string
  let world: PageWorld
  beforeAll(async () => {
    root = await newRoot()
    world = await openPageWorld(await localBrowsers(root))
  })
  afterAll(async () => {
    await world.close()
    for (const folder of roots) await rm(folder, { recursive: true, force: true })
  })

  test('a link made in one folder lives on in another, and nothing of it is left in the first', async () => {
    const request = world.fresh()
    const first = await watchSession(world.channel, request)
    await first.reaches('pairing')
    const folder = path.join(root, request.senderId)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    await expect
      .poll(() => first.heard.some(({ type }) => type === 'pairing'), { timeout: 20_000 })
      .toBe(true)
    const code = first.heard.find(({ type }) => type === 'pairing')
    await world.network.control.scan(request.senderId, code?.type === 'pairing' ? code.data : '')
    await first.reaches('online')
    const pid = await pidOf(folder)
    expect(pid).toBeGreaterThan(0)
    await first.session.close()
    expect(isAlive(pid)).toBe(false)
    expect(await readdir(root)).toEqual([])
    expect((await request.credentials.read(['profile'])).size).toBe(1)

    const elsewhere = createWebBrowserChannel({
      browsers: await localBrowsers(await newRoot()),
      pageUrl: (senderId) => world.server.pageUrl(senderId),
    })
    const moved = await watchSession(elsewhere, { ...request, phone: '+6289500000077' })
    await moved.reaches('online')
    expect(moved.states()).toEqual(['online:'])
    const to = { messageId: newMessageId(), to: reader, text: 'Halo' }
    expect(await moved.session.send(to)).toMatchObject({ kind: 'accepted' })
    await moved.session.close()
  })

  test('a browser that is killed is started again with its link, and what came meanwhile is told', async () => {
    const request = world.linked()
    const watch = await watchSession(world.channel, request)
    await watch.reaches('online')
    await sleep(1_500) // Chromium writes the page's storage a moment later.
    process.kill(await pidOf(path.join(root, request.senderId)), 'SIGKILL')
    await watch.reaches('reconnecting')
    const outcome = await watch.session.send({ messageId: newMessageId(), to: reader, text: 'Halo' })
    expect(outcome.kind).toBe('not_sent')
    await world.network.control.incoming(request.senderId, reader, 'masih ada?')
    await watch.reaches('online', 1)
    await expect
      .poll(() => watch.heard.some((event) => event.type === 'message' && event.text === 'masih ada?'), {
        timeout: 20_000,
      })
      .toBe(true)
    expect(world.channel.metrics().lost).toBe(1)
    const before = await socketFolders()
    await watch.session.close()
    expect(await readdir(root)).toEqual([])
    expect((await socketFolders()).length).toBeLessThan(before.length)
  })

  test('beyond the cap a sender waits, says so, and starts when a place is free', async () => {
    const narrow = await openPageWorld(await localBrowsers(await newRoot(), 1))
    const first = await watchSession(narrow.channel, narrow.linked())
    await first.reaches('online')
    const second = await watchSession(narrow.channel, narrow.linked())
    await second.reaches('reconnecting')
    expect(second.states()).toEqual(['reconnecting:waiting_for_a_browser'])
    expect(narrow.channel.metrics()).toMatchObject({ open: 1, waiting: 1, openMax: 1 })
    await first.session.close()
    await second.reaches('online')
    await second.session.close()
    expect(narrow.channel.metrics()).toMatchObject({ open: 0, waiting: 0, lost: 0 })
    await narrow.close()
  })

  test('a browser that cannot start leaves nothing behind and is tried again', async () => {
    const folder = await newRoot()
    const broken = createLocalBrowsers({
      executablePath: '/bin/false',
      profilesFolder: folder,
      browsersMax: 1,
      closeMs: 1_000,
      environment: {},
    })
    const other = await openPageWorld(broken)
    const watch = await watchSession(other.channel, other.linked())
    await watch.reaches('reconnecting')
    expect(watch.states()[0]).toBe('reconnecting:browser_failed_to_start')
    await expect.poll(() => broken.metrics().failedStarts, { timeout: 20_000 }).toBeGreaterThan(1)
    await watch.session.close()
    expect(broken.metrics()).toMatchObject({ open: 0, waiting: 0, started: 0 })
    expect(await readdir(folder)).toEqual([])
    await other.close()
  })

  test('the page sees the shop’s language and time zone, an ordinary screen and Chromium’s own user agent', async () => {
    const browsers = await localBrowsers(await newRoot())
    const abort = new AbortController()
    const open = await browsers.open({
      ...openRequest('snd_profile'),
      language: 'id-ID',
      timeZone: 'Asia/Makassar',
      mayAct: () => true,
      signal: abort.signal,
      onWaiting: () => undefined,
    })
    const [page] = open.context.pages()
    const seen = await page?.evaluate(() => {
      const world = globalThis as unknown as {
        navigator: { language: string; userAgent: string; webdriver: boolean }
        screen: { width: number; height: number }
      }
      const { language, userAgent, webdriver } = world.navigator
      const { timeZone, locale } = Intl.DateTimeFormat().resolvedOptions()
      return { language, userAgent, webdriver, timeZone, locale, width: world.screen.width }
    })
    const version = open.context.browser()?.version().split('.')[0]
    await open.close('drop')
    expect(seen).toMatchObject({
      language: 'id-ID',
      locale: 'id-ID',
      timeZone: 'Asia/Makassar',
      width: 1_366,
      webdriver: true,
    })
    expect(seen?.userAgent).toContain(`Chrome/${version}.`)
  })
})
