import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { bridgeScript, wppConfigScript } from './bridge-script.ts'
import { parsePageEvent } from './page-event.ts'
import type { PageEvent } from './page-event.ts'

export interface PageListener {
  event(event: PageEvent): void
  /** An error of the page's own; untrusted text. */
  complaint(text: string): void
  /** The page cannot be used any more; `reason` is a stable code. */
  ended(reason: string): void
}

/** The one page of a browser, with wa-js in it. */
export interface PageDriver {
  /** Runs a function in the page. Rejects when the page is gone or the time is over. */
  run<A, R>(action: (given: A) => R | Promise<R>, given: A, timeoutMs: number): Promise<R>
  /** The page as people would see it, PNG. */
  screenshot(): Promise<Uint8Array>
}

/** The page could not be reached; `reason` is a stable code. */
export class PageFailed extends Error {
  readonly reason: string
  constructor(reason: string, options?: ErrorOptions) {
    super(`The page failed: ${reason}`, options)
    this.name = 'PageFailed'
    this.reason = reason
  }
}

export const waJsPath = createRequire(import.meta.url).resolve('@wppconnect/wa-js')

/** Pictures of people and fonts: nothing the account needs, and most of what would be paid for behind a proxy. */
const blockedAddresses = ['*://pps.whatsapp.net/*', '*.woff', '*.woff2', '*.ttf', '*/avatar.png']

async function blockDecoration(context: BrowserContext, page: Page): Promise<void> {
  const session: CDPSession = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setBlockedURLs', { urls: blockedAddresses })
}

function listen(page: Page, origin: string, listener: PageListener): void {
  page.on('crash', () => listener.ended('page_crashed'))
  page.on('close', () => listener.ended('page_closed'))
  page.on('pageerror', (error) => listener.complaint(`${error.name}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() !== 'error') return
    // Only what the page calls the error; what it adds may hold anything.
    const [first] = message.args()
    if (first === undefined) return listener.complaint(message.text())
    first.jsonValue().then(
      (value) => listener.complaint(typeof value === 'string' ? value : 'an error without a text'),
      () => undefined,
    )
  })
  page.on('framenavigated', (frame) => {
    if (frame !== page.mainFrame() || frame.url() === 'about:blank') return
    if (new URL(frame.url()).origin !== origin) listener.ended('page_left')
  })
}

async function load(page: Page, url: string, timeoutMs: number): Promise<void> {
  const response = await page
    .goto(url, { waitUntil: 'domcontentloaded', timeout: timeoutMs })
    .catch((error: unknown) => {
      const code = /net::(ERR_[A-Z_]+)/.exec(String(error))?.[1]?.toLowerCase() ?? 'page_not_loaded'
      throw new PageFailed(code.includes('proxy') || code.includes('tunnel') ? 'proxy_unreachable' : code)
    })
  const status = response?.status() ?? 0
  if (status >= 590) throw new PageFailed('proxy_unreachable')
  if (status >= 400) throw new PageFailed('page_not_served')
}

async function within<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new PageFailed('no_answer')), timeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

function driverOf(page: Page): PageDriver {
  return {
    run: <A, R>(action: (given: A) => R | Promise<R>, given: A, timeoutMs: number) =>
      within(page.evaluate(action as (given: unknown) => R | Promise<R>, given as unknown), timeoutMs),
    screenshot: () => page.screenshot({ type: 'png', timeout: 10_000 }),
  }
}

/**
 * Opens WhatsApp Web in a browser: wa-js and the bridge run in every document before the page's own scripts, so that a
 * reload registers everything again by itself.
 *
 * @throws PageFailed when the page cannot be loaded.
 */
export async function openPage(
  context: BrowserContext,
  { url, timeoutMs }: { readonly url: string; readonly timeoutMs: number },
  listener: PageListener,
): Promise<PageDriver> {
  const [first, ...others] = context.pages()
  const page = first ?? (await context.newPage())
  await Promise.all(others.map((other) => other.close()))
  const binding = `siar${randomBytes(12).toString('hex')}`
  await page.exposeBinding(binding, ({ frame }, raw: unknown) => {
    if (frame !== page.mainFrame()) return
    const event = parsePageEvent(raw)
    if (event !== null) listener.event(event)
  })
  await page.addInitScript({ content: wppConfigScript })
  await page.addInitScript({ path: waJsPath })
  await page.addInitScript({ content: bridgeScript(binding) })
  await blockDecoration(context, page)
  listen(page, new URL(url).origin, listener)
  await load(page, url, timeoutMs)
  return driverOf(page)
}
