export type { CallEnd, CallKind, CallRule } from './call-rules.ts'
export type { GraphApiControl, GraphApiCounts } from './graph-control.ts'
export { createGraphApiServer, type GraphApiServer } from './graph-server.ts'
export type {
  GraphApiAccount,
  GraphApiApp,
  GraphApiNumber,
  GraphApiOptions,
  WebhookManners,
} from './options.ts'
export type { ReviewRule } from './templates.ts'
