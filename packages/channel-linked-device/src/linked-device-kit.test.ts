import { runChannelKit } from '@siar/channel/testing'
import { buildHarness, startRig } from './testing/harness.ts'

runChannelKit('linked device', async () => buildHarness(await startRig()))

runChannelKit('linked device whose owner trusts phones to show a repeated id once', async () =>
  buildHarness(await startRig({}, true)),
)
