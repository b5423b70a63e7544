export type { AccessCheckOf, AccessChecks, AccessToTry } from './access-checks.ts'
export { EgressWaits } from './egress-waits.ts'
export { defaultLeaseTimes, type LeaseTimes, type Schedule } from './lease-keeper.ts'
export {
  LeaseLost,
  type Channels,
  type ForwardEvents,
  type Lease,
  type OwnedChange,
  type OwnedSender,
  type OwnedSenders,
  type SenderRef,
  type SessionManager,
} from './owned-sender.ts'
export { dayOf, healthOf, type Health, type HealthFacts } from './sender-health.ts'
export {
  findGuardedSender,
  findSenderHarm,
  forgiveSender,
  lockNewChats,
  type GuardedSender,
} from './sender-harm.repo.ts'
export { createSenderHaltService, type SenderHaltService } from './sender-halts.service.ts'
export { createSenderCredentials, type SenderCredentials } from './sender-credentials.ts'
export type { CallValues, SenderCall } from './sender-call.ts'
export { createSenderDesk, type SenderDesk } from './sender-desk.ts'
export { isForwarded, type ForwardedEvent } from './forwarded-event.ts'
export { createPutAsideService, type PutAsideService } from './put-aside.service.ts'
export { senderBindings } from './senders.routes.ts'
export { createSenderService, type SenderService } from './senders.service.ts'
export { createSessionManager, type SessionManagerOptions } from './session-manager.ts'
export { shardCount, shardOf } from './shard.ts'
export { createWebhookIntake, type WebhookIntake, type Webhooks } from './webhook-intake.ts'
export { webhookUrl } from './webhook-url.ts'
export { webhookPages } from './webhooks.routes.ts'
export { forgetPortfolioPeople } from './portfolios.repo.ts'
