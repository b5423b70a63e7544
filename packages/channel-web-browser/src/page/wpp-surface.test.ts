import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createMemoryRecord,
  createSimulatedNetwork,
  createWebPageServer,
  realSchedule,
} from '@siar/simulator'
import { canSandbox, findChromium } from '../testing/chromium-path.ts'
import { bridgeScript, wppConfigScript } from './bridge-script.ts'
import { waJsPath } from './page-driver.ts'
import { parsePageEvent } from './page-event.ts'
import type { PageEvent } from './page-event.ts'
import { wppEvents, wppPaths } from './wpp-surface.ts'
import type { WppEvent, WppSurface } from './wpp-surface.ts'

type RealWpp = typeof import('@wppconnect/wa-js')
type RealEvents = import('@wppconnect/wa-js').ev.EventTypes

/** Compiles only while the real functions take what this channel gives and give what it reads. */
type Fits = {
  readonly [K in 'conn' | 'chat' | 'contact' | 'group' | 'util']: Pick<
    RealWpp[K],
    keyof WppSurface[K] & keyof RealWpp[K]
  > extends WppSurface[K]
    ? true
    : never
}
const fits: Fits = { conn: true, chat: true, contact: true, group: true, util: true }
const eventsExist: WppEvent extends keyof RealEvents ? true : never = true

declare const WPP: WppSurface & { emit(name: string, value?: unknown): unknown; readonly version: string }

/** Which of the paths lead to nothing. Lazy parts of the real script can only be looked for, not read, on a blank page. */
function findMissing(paths: readonly string[]): string[] {
  return paths.filter((path) => {
    const names = path.split('.')
    const last = names.pop() ?? ''
    let at: unknown = WPP
    for (const name of names) at = (at as Record<string, unknown>)[name]
    return !(last in (at as object))
  })
}

function typesOf(paths: readonly string[]): [string, string][] {
  return paths
    .filter((path) => !path.startsWith('whatsapp.'))
    .map((path) => {
      let at: unknown = WPP
      for (const name of path.split('.')) at = (at as Record<string, unknown>)[name]
      return [path, typeof at]
    })
}

describe('the surface of wa-js', () => {
  let browser: Browser
  let page: Page
  const heard: PageEvent[] = []
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: await findChromium(), chromiumSandbox: canSandbox })
    page = await browser.newPage()
    await page.exposeBinding('toTest', (_source, raw: unknown) => {
      const event = parsePageEvent(raw)
      if (event) heard.push(event)
    })
    await page.addInitScript({ content: wppConfigScript })
    await page.addInitScript({ path: waJsPath })
    await page.route('http://blank.test/', (route) => route.fulfill({ body: '<title>blank</title>' }))
    await page.goto('http://blank.test/')
  })
  afterAll(() => browser.close())

  test('the real script 4.6.0 has every function this channel calls', async () => {
    expect(fits).toBeDefined()
    expect(eventsExist).toBe(true)
    expect(await page.evaluate(() => WPP.version)).toBe('4.6.0')
    expect(await page.evaluate(findMissing, wppPaths)).toEqual([])
    const types = new Map(await page.evaluate(typesOf, wppPaths))
    expect(types.get('isInjected')).toBe('boolean')
    types.delete('isInjected')
    expect(new Set(types.values())).toEqual(new Set(['function']))
  })

  test('the real script sends no analytics and asks no third party for previews', async () => {
    const config = await page.evaluate(
      () => (globalThis as unknown as { WPPConfig: Record<string, unknown> }).WPPConfig,
    )
    expect(config).toMatchObject({
      disableGoogleAnalytics: true,
      deviceName: false,
      linkPreviewApiServers: [],
    })
  })

  test('the stand-in page has every function this channel calls, under a policy as strict as the real one', async () => {
    const network = createSimulatedNetwork({
      seed: 'surface',
      now: () => new Date(),
      schedule: realSchedule,
      record: createMemoryRecord(),
    })
    const server = await createWebPageServer({ network, port: 0 })
    const other = await browser.newPage()
    try {
      await other.addInitScript({ path: waJsPath })
      await other.goto(server.pageUrl('snd_1'))
      await other.waitForFunction(() => WPP.version === 'stand-in')
      expect(await other.evaluate(findMissing, wppPaths)).toEqual([])
      await other.addScriptTag({ content: 'globalThis.ran = true' }).catch(() => undefined)
      expect(await other.evaluate(() => 'ran' in globalThis)).toBe(false)
    } finally {
      await other.close()
      await server.close()
      await network.close()
    }
  })

  test('what the real emitter tells reaches us through the bridge', async () => {
    // On a blank page the script never finds WhatsApp's modules; what it would read from them is put in place here.
    await page.evaluate(() => {
      const real = WPP as unknown as Record<string, unknown>
      const conn = {
        isAuthenticated: () => false,
        getStreamData: () => ({ mode: 'QR', info: 'PAIRING' }),
        getAuthCode: async () => null,
      }
      const store = { on: () => undefined, getModelsArray: () => [] }
      const shown = {
        on: real['on'],
        emit: real['emit'],
        isInjected: true,
        conn,
        whatsapp: { MsgStore: store },
      }
      Object.assign(globalThis, { WPP: shown })
    })
    await page.evaluate(bridgeScript('toTest'))
    await expect.poll(() => heard.some(({ kind }) => kind === 'attached')).toBe(true)
    await page.evaluate(() => {
      WPP.emit('conn.auth_code_change', { fullCode: 'a,b,c,d' })
      const key = { fromMe: true, id: '3EB0AA', remote: 'x@c.us' }
      WPP.emit('chat.msg_ack_change', { ack: 2, chat: 'x@c.us', ids: [key] })
    })
    await expect.poll(() => heard).toContainEqual({ kind: 'code', code: 'a,b,c,d' })
    await expect.poll(() => heard).toContainEqual({ kind: 'acks', ack: 2, ids: ['3EB0AA'] })
    expect(heard).toContainEqual({
      kind: 'stream',
      mode: 'QR',
      info: 'PAIRING',
      isAuthenticated: false,
      me: null,
      lid: null,
    })
    expect(wppEvents).toContain('chat.msg_ack_change')
  })
})
