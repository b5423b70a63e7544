export { BrowserUnavailable } from './browser/browser-source.ts'
export type {
  BrowserMetrics,
  BrowserRequest,
  BrowserSource,
  OpenBrowser,
  ProfileEnd,
} from './browser/browser-source.ts'
export {
  createBrowserless,
  type BrowserlessOptions,
  type BrowserlessServerMetrics,
  type BrowserlessSource,
} from './browser/browserless.ts'
export { readLoad } from './browser/browserless-server.ts'
export type { BrowserlessServer, ServerLoad } from './browser/browserless-server.ts'
export { createLocalBrowsers, type LocalBrowsersOptions } from './browser/local-browsers.ts'
export { createWebBrowserChannel, type WebBrowserChannel, type WebBrowserChannelOptions } from './channel.ts'
export { defaultPatience, type Patience } from './options.ts'
export { parseWebBrowserSettings, type WebBrowserSettings } from './settings.ts'
