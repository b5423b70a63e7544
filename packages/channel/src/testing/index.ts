export { runChannelKit } from './channel-kit.ts'
export { memoryCredentials, openRequest } from './open-request.ts'
export type { ChannelHarness, KitEnd, KitIncoming } from './harness.ts'
