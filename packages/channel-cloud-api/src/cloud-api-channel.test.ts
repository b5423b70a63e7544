import { runChannelKit } from '@siar/channel/testing'
import { buildHarness } from './testing/harness.ts'

runChannelKit('Cloud API over HTTP', buildHarness)
