import { runChannelKit } from '@siar/channel/testing'
import { buildHarness } from './testing/harness.ts'

runChannelKit('Cloud API over HTTP', () => buildHarness({}))

runChannelKit('Cloud API over HTTP, webhooks twice, in any order, one thing each', () =>
  buildHarness({ duplicates: 1, reorders: true, batchMax: 1 }),
)
