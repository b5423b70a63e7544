export { runChannelKit } from './channel-kit.ts'
export type { ChannelHarness, KitEnd } from './harness.ts'
