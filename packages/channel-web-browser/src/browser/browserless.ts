import type { CredentialStore } from '@siar/channel'
import { createHash } from 'node:crypto'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { createBrowserPlaces } from './browser-places.ts'
import type { BrowserPlaces } from './browser-places.ts'
import { BrowserUnavailable, isGone } from './browser-source.ts'
import type { BrowserMetrics, BrowserRequest, BrowserSource, OpenBrowser } from './browser-source.ts'
import { connectAddress, endLeftOver, leastBusy, readLoad } from './browserless-server.ts'
import type { BrowserlessServer, ServerLoad } from './browserless-server.ts'
import { launchArguments } from './launch-profile.ts'
import { plainProxy } from './proxy-relay.ts'

export interface BrowserlessOptions {
  readonly servers: readonly BrowserlessServer[]
  /** Browsers this process uses at once, over all servers. */
  readonly browsersMax: number
  /** All servers see the same profiles, so that a sender may move; otherwise it stays where its profile lies. */
  readonly sharedProfiles: boolean
  /** How long the server lets one browser live; a week unless told. */
  readonly sessionMs?: number
  readonly closeMs: number
}

/** One server in the metrics; null while it does not answer. */
export interface BrowserlessServerMetrics {
  readonly name: string
  readonly openHere: number
  readonly load: ServerLoad | null
}

export interface BrowserlessSource extends BrowserSource {
  /** Asks every server now. */
  checkServers(): Promise<readonly BrowserlessServerMetrics[]>
}

const serverKey = 'browserless.server'
const weekMs = 7 * 24 * 60 * 60 * 1_000

/** Stable, and of letters that fit into an address and a folder. */
function trackingIdOf(senderId: string): string {
  return `siar-${createHash('sha256').update(senderId).digest('hex').slice(0, 24)}`
}

async function readHome(credentials: CredentialStore): Promise<string | null> {
  const home = (await credentials.read([serverKey])).get(serverKey)
  return home === undefined ? null : Buffer.from(home).toString('utf8')
}

class Browserless implements BrowserlessSource {
  private readonly options: BrowserlessOptions
  private readonly places: BrowserPlaces
  private readonly openHere = new Map<string, number>()
  private readonly tally = { started: 0, lost: 0, failedStarts: 0, archives: 0 }

  constructor(options: BrowserlessOptions) {
    this.options = options
    this.places = createBrowserPlaces(options.browsersMax)
  }

  metrics(): BrowserMetrics {
    const { places, options } = this
    return { open: places.taken(), waiting: places.waiting(), openMax: options.browsersMax, ...this.tally }
  }

  checkServers(): Promise<readonly BrowserlessServerMetrics[]> {
    return Promise.all(
      this.options.servers.map(async (server) => ({
        name: server.name,
        openHere: this.openHere.get(server.name) ?? 0,
        load: await readLoad(server),
      })),
    )
  }

  async open(request: BrowserRequest): Promise<OpenBrowser> {
    const giveBack = await this.places.take(request.signal, request.onWaiting)
    try {
      return await this.start(request, giveBack)
    } catch (error) {
      giveBack()
      this.tally.failedStarts += 1
      // What Playwright says about a connection names its address, and with it the token.
      throw error instanceof BrowserUnavailable ? error : new BrowserUnavailable('browser_server_failed')
    }
  }

  private async start(request: BrowserRequest, giveBack: () => void): Promise<OpenBrowser> {
    const proxy = this.proxyOf(request)
    const server = await this.choose(request.credentials)
    const trackingId = trackingIdOf(request.senderId)
    if (!(await endLeftOver(server, trackingId))) throw new BrowserUnavailable('browser_server_down')
    const { language, timeZone } = request
    const args = [
      ...launchArguments({ language, timeZone, proxy }),
      `--user-data-dir=${server.profilesFolder}/${trackingId}`,
    ]
    if (request.signal.aborted || !request.mayAct()) throw new BrowserUnavailable('closed')
    const { sessionMs = weekMs } = this.options
    const browser = await chromium.connectOverCDP(connectAddress(server, trackingId, args, sessionMs))
    this.tally.started += 1
    return this.opened(browser, server, trackingId, request, giveBack)
  }

  /** A relay here would not be reached from there, so a proxy that asks for a name and password cannot be used. */
  private proxyOf({ egress }: BrowserRequest): string | null {
    if (egress.kind === 'direct') return null
    const proxy = plainProxy(egress.url)
    if (proxy === null) throw new BrowserUnavailable('proxy_needs_a_local_browser')
    return proxy
  }

  private async choose(credentials: CredentialStore): Promise<BrowserlessServer> {
    const { servers, sharedProfiles } = this.options
    const home = sharedProfiles ? null : await readHome(credentials)
    const candidates = home === null ? servers : servers.filter(({ name }) => name === home)
    const loads = await Promise.all(
      candidates.map(async (server) => ({
        name: server.name,
        load: await readLoad(server),
        openHere: this.openHere.get(server.name) ?? 0,
      })),
    )
    const name = leastBusy(loads)
    const chosen = candidates.find((server) => server.name === name)
    if (!chosen) throw new BrowserUnavailable('no_browser_server')
    return chosen
  }

  private async opened(
    browser: Browser,
    server: BrowserlessServer,
    trackingId: string,
    { credentials, timeZone }: BrowserRequest,
    giveBack: () => void,
  ): Promise<OpenBrowser> {
    const [context] = browser.contexts()
    if (!context) {
      await browser.close()
      throw new BrowserUnavailable('browser_server_failed')
    }
    this.count(server.name, 1)
    let closing: Promise<void> | null = null
    const close = async (): Promise<void> => {
      if (await isGone(() => !browser.isConnected())) this.tally.lost += 1
      try {
        await this.endBrowser(browser)
        await endLeftOver(server, trackingId)
      } finally {
        this.count(server.name, -1)
        giveBack()
      }
    }
    const opened: OpenBrowser = {
      context,
      onLost: (listener) => {
        browser.once('disconnected', () => {
          if (closing === null) listener()
        })
      },
      // The profile stays on the server's own volume.
      archive: async () => true,
      close: () => (closing ??= close().catch(() => undefined)),
    }
    try {
      await setTimeZone(browser, timeZone)
      await credentials.write(new Map([[serverKey, Buffer.from(server.name)]]))
    } catch (error) {
      await close().catch(() => undefined)
      throw error
    }
    return opened
  }

  /** Lets Chromium write its profile before it ends. */
  private async endBrowser(browser: Browser): Promise<void> {
    const ended = new Promise<void>((resolve) => browser.once('disconnected', () => resolve()))
    const session = await browser.newBrowserCDPSession().catch(() => null)
    void session?.send('Browser.close').catch(() => undefined)
    const patience = new Promise<void>((resolve) => setTimeout(resolve, this.options.closeMs).unref())
    if (browser.isConnected()) await Promise.race([ended, patience])
    await browser.close().catch(() => undefined)
  }

  private count(name: string, change: number): void {
    this.openHere.set(name, (this.openHere.get(name) ?? 0) + change)
  }
}

/** The server's own time zone is not the shop's. */
async function setTimeZone(browser: Browser, timeZone: string): Promise<void> {
  const [context] = browser.contexts()
  const page = context?.pages()[0] ?? (await context?.newPage())
  if (!context || !page) return
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setTimezoneOverride', { timezoneId: timeZone })
}

/** Browsers of Browserless servers: each sender on the server that keeps its profile, a new one on the least busy. */
export function createBrowserless(options: BrowserlessOptions): BrowserlessSource {
  return new Browserless(options)
}
