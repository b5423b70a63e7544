import type { Channel, Session } from '@siar/channel'
import type { BrowserMetrics, BrowserSource } from './browser/browser-source.ts'
import { capabilitiesOf } from './capabilities.ts'
import { defaultPatience } from './options.ts'
import type { Patience } from './options.ts'
import { openBrowserSession } from './session/browser-session.ts'
import { parseWebBrowserSettings } from './settings.ts'

export interface WebBrowserChannelOptions {
  /** Where browsers come from: `createLocalBrowsers` or `createBrowserless`. */
  readonly browsers: BrowserSource
  /** WhatsApp Web unless told; a function names a page for each sender. */
  readonly pageUrl?: string | ((senderId: string) => string)
  readonly patience?: Partial<Patience>
  readonly now?: () => Date
  /** 0–1; varies pauses. */
  readonly random?: () => number
}

export interface WebBrowserChannel extends Channel {
  readonly metrics: () => BrowserMetrics
}

const whatsAppWeb = 'https://web.whatsapp.com/'

/** WhatsApp Web in a real browser: one browser with one stable profile for each sender. */
export function createWebBrowserChannel(options: WebBrowserChannelOptions): WebBrowserChannel {
  const { browsers, pageUrl = whatsAppWeb, now = () => new Date(), random = Math.random } = options
  const patience = { ...defaultPatience, ...options.patience }
  return {
    kind: 'web_browser',
    capabilities: capabilitiesOf(parseWebBrowserSettings({})),
    webhook: null,
    metrics: () => browsers.metrics(),
    open: async (request, listener): Promise<Session> => {
      const url = typeof pageUrl === 'string' ? pageUrl : pageUrl(request.senderId)
      return openBrowserSession({ source: browsers, pageUrl: url, patience, now, random }, request, listener)
    },
  }
}
