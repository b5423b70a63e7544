import { runChannelKit } from '@siar/channel/testing'
import { buildPageHarness } from './testing/page-harness.ts'
import { openSharedBrowser } from './testing/shared-browser.ts'

runChannelKit('WhatsApp Web in a browser', async () => {
  const browser = await openSharedBrowser()
  return buildPageHarness(browser, { dedupesOurId: false }, () => browser.close())
})
