import { chromium } from 'playwright-core'
import type { Browser, BrowserContext } from 'playwright-core'
import type { BrowserMetrics, BrowserSource, OpenBrowser } from '../browser/browser-source.ts'
import { canSandbox, findChromium } from './chromium-path.ts'

type Storage = Awaited<ReturnType<BrowserContext['storageState']>>

/** One Chromium for many senders, each in a context of its own that remembers its storage: quick, and only for tests. */
export interface SharedBrowser extends BrowserSource {
  /** Contexts that are open, oldest first. */
  contexts(): BrowserContext[]
  close(): Promise<void>
}

const storageKey = 'shared-browser-storage'

export async function openSharedBrowser(): Promise<SharedBrowser> {
  const browser: Browser = await chromium.launch({
    executablePath: await findChromium(),
    chromiumSandbox: canSandbox,
  })
  const tally = { open: 0, waiting: 0, openMax: 100, started: 0, lost: 0, failedStarts: 0, archives: 0 }
  return {
    metrics: (): BrowserMetrics => ({ ...tally }),
    open: async ({ credentials }): Promise<OpenBrowser> => {
      const kept = (await credentials.read([storageKey])).get(storageKey)
      const storageState = kept ? (JSON.parse(Buffer.from(kept).toString()) as Storage) : null
      const context = await browser.newContext(storageState ? { storageState } : {})
      tally.open += 1
      let closing: Promise<void> | null = null
      const close = async (keep: boolean): Promise<void> => {
        tally.open -= 1
        if (keep) {
          const state = Buffer.from(JSON.stringify(await context.storageState({ indexedDB: true })))
          await credentials.write(new Map([[storageKey, state]]))
        }
        await context.close()
      }
      return {
        context,
        onLost: (listener) => void context.once('close', () => closing === null && listener()),
        archive: async () => true,
        close: (end) => (closing ??= close(end !== 'drop').catch(() => undefined)),
      }
    },
    contexts: () => browser.contexts(),
    close: () => browser.close(),
  }
}
