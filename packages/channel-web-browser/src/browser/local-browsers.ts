import { chromium } from 'playwright-core'
import type { BrowserContext } from 'playwright-core'
import { createBrowserPlaces } from './browser-places.ts'
import type { BrowserPlaces } from './browser-places.ts'
import { BrowserUnavailable } from './browser-source.ts'
import type { BrowserMetrics, BrowserRequest, BrowserSource, OpenBrowser } from './browser-source.ts'
import { launchArguments, launchEnvironment } from './launch-profile.ts'
import type { LaunchProfile } from './launch-profile.ts'
import { openProfileFolder } from './profile-folder.ts'
import type { ProfileFolder } from './profile-folder.ts'
import { createLocalBrowser } from './local-browser.ts'
import type { Tally } from './local-browser.ts'
import { openProxyRelay } from './proxy-relay.ts'

export interface LocalBrowsersOptions {
  /** Chromium or Chrome of this machine. */
  readonly executablePath: string
  /** Where profiles lie while they are used; made 0700. */
  readonly profilesFolder: string
  /** Browsers at once; about 400 MB of memory each on WhatsApp Web. */
  readonly browsersMax: number
  /** Without a window unless told; with one, a display has to be there. */
  readonly headless?: boolean
  /** Chromium's sandbox; on unless told, because only a process of root cannot have it. */
  readonly sandbox?: boolean
  readonly closeMs: number
  /** The variables a browser may inherit. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

class LocalBrowsers implements BrowserSource {
  private readonly options: LocalBrowsersOptions
  private readonly places: BrowserPlaces
  private readonly tally: Tally = { started: 0, lost: 0, failedStarts: 0, archives: 0 }

  constructor(options: LocalBrowsersOptions) {
    this.options = options
    this.places = createBrowserPlaces(options.browsersMax)
  }

  metrics(): BrowserMetrics {
    const { places, options } = this
    return { open: places.taken(), waiting: places.waiting(), openMax: options.browsersMax, ...this.tally }
  }

  async open(request: BrowserRequest): Promise<OpenBrowser> {
    const undo: (() => unknown)[] = []
    try {
      return await this.start(request, undo)
    } catch (error) {
      for (const step of undo.reverse()) await step()
      this.tally.failedStarts += 1
      if (error instanceof BrowserUnavailable) throw error
      throw new BrowserUnavailable('browser_failed_to_start', { cause: error })
    }
  }

  private async start(request: BrowserRequest, undo: (() => unknown)[]): Promise<OpenBrowser> {
    const giveBack = await this.places.take(request.signal, request.onWaiting)
    undo.push(giveBack)
    const { egress } = request
    const relay = egress.kind === 'proxy' ? await openProxyRelay(egress.url) : null
    undo.push(() => relay?.close())
    const folder = await openProfileFolder(this.options.profilesFolder, request.senderId, request.credentials)
    undo.push(() => (folder.isFresh ? folder.remove() : undefined))
    const { language, timeZone } = request
    const profile = { language, timeZone, proxy: relay?.url ?? null }
    if (request.signal.aborted || !request.mayAct()) throw new BrowserUnavailable('closed')
    const context = await this.launch(folder, profile)
    this.tally.started += 1
    const parts = { context, folder, relay, giveBack }
    return createLocalBrowser(parts, this.tally, this.options.closeMs)
  }

  private launch(folder: ProfileFolder, profile: LaunchProfile): Promise<BrowserContext> {
    const { executablePath, headless = true, sandbox = true, environment } = this.options
    return chromium.launchPersistentContext(folder.path, {
      executablePath,
      headless,
      chromiumSandbox: sandbox,
      args: launchArguments(profile),
      env: launchEnvironment(profile, environment),
      locale: profile.language,
      viewport: null,
      acceptDownloads: false,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    })
  }
}

/** Browsers of this machine: one process and one profile for each sender. */
export function createLocalBrowsers(options: LocalBrowsersOptions): BrowserSource {
  return new LocalBrowsers(options)
}
