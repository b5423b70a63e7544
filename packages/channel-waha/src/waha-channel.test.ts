import { runChannelKit } from '@siar/channel/testing'
import { buildWahaWorld } from './testing/waha-world.ts'

runChannelKit('WAHA with NOWEB, people by hidden ids', () =>
  buildWahaWorld({ engine: 'NOWEB', addressing: 'lid' }),
)

runChannelKit('an older WAHA with WEBJS: webhooks once, without ids', () =>
  buildWahaWorld({ engine: 'WEBJS', sendsWebhooksOnce: true, isPlain: true, version: '2024.10.8' }),
)
