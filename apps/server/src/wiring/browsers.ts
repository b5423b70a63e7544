import { createBrowserless, createLocalBrowsers, readLoad } from '@siar/channel-web-browser'
import type {
  BrowserSource,
  BrowserlessServer,
  BrowserlessSource,
  ServerLoad,
} from '@siar/channel-web-browser'
import { join } from 'node:path'
import { Gauge, register } from 'prom-client'
import { browserEnvironment } from '../config.ts'
import type { Config } from '../config.ts'
import { findChromium } from './find-chromium.ts'

const closeMs = 15_000

function serversOf({ servers, profilesFolder }: Config['browserless']): BrowserlessServer[] {
  return servers.map((server) => ({ ...server, profilesFolder }))
}

/** Asks every configured Browserless server how busy it is; null: it does not answer, or refuses the token. */
export function askBrowserServers(
  browserless: Config['browserless'],
): Promise<{ readonly name: string; readonly load: ServerLoad | null }[]> {
  return Promise.all(
    serversOf(browserless).map(async (server) => ({ name: server.name, load: await readLoad(server) })),
  )
}

/** Browsers of Browserless servers where any is configured, else of this machine; nothing starts before a sender asks for one. */
export function buildBrowsers(config: Config): BrowserSource {
  const { chromiumPath, browsersMax, dataDir, browserless } = config
  if (browserless.servers.length > 0) {
    const servers = serversOf(browserless)
    const { sharedProfiles } = browserless
    const source = createBrowserless({ servers, browsersMax, sharedProfiles, closeMs })
    measureBrowsers(source)
    measureServers(source)
    return source
  }
  const source = createLocalBrowsers({
    executablePath: chromiumPath ?? findChromium(),
    profilesFolder: join(dataDir, 'browser-profiles'),
    browsersMax,
    sandbox: process.getuid?.() !== 0,
    closeMs,
    environment: browserEnvironment(),
  })
  measureBrowsers(source)
  return source
}

/** The newest source of the process is the one that counts. */
function gauge(name: string, help: string, labelNames: string[], collect: (gauge: Gauge) => unknown): void {
  register.removeSingleMetric(name)
  new Gauge({
    name,
    help,
    labelNames,
    async collect() {
      await collect(this)
    },
  })
}

function measureBrowsers(source: BrowserSource): void {
  const count = (name: string, help: string, read: () => number): void =>
    gauge(`siar_browsers_${name}`, help, [], (metric) => metric.set(read()))
  count('open', 'Browsers this process has open', () => source.metrics().open)
  count('waiting', 'Senders that wait for a browser', () => source.metrics().waiting)
  count('started', 'Browsers started since the process began', () => source.metrics().started)
  count('lost', 'Browsers that ended by themselves', () => source.metrics().lost)
  count('failed_starts', 'Browsers that could not be started', () => source.metrics().failedStarts)
  count('archives', 'Profiles put into the archive', () => source.metrics().archives)
}

function measureServers(source: BrowserlessSource): void {
  const names = ['up', 'running', 'queued', 'running_max', 'open_here']
  gauge(
    'siar_browserless',
    'Browserless servers: whether they answer, and how busy they are',
    ['server', 'figure'],
    async (metric) => {
      for (const { name, openHere, load } of await source.checkServers()) {
        const { running = 0, queued = 0, runningMax = 0 } = load ?? {}
        const figures = [load === null ? 0 : 1, running, queued, runningMax, openHere]
        figures.forEach((figure, index) => metric.set({ server: name, figure: names[index] ?? '' }, figure))
      }
    },
  )
}
