import { runChannelKit } from '@siar/channel/testing'
import { buildPageHarness } from './testing/page-harness.ts'
import { openSharedBrowser } from './testing/shared-browser.ts'

for (const [name, modes] of Object.entries({
  'ids worth nothing twice': { dedupesOurId: false },
  'ids deduped': { dedupesOurId: true },
})) {
  runChannelKit(`WhatsApp Web in a browser, ${name}`, async () => {
    const browser = await openSharedBrowser()
    return buildPageHarness(browser, modes, () => browser.close())
  })
}
