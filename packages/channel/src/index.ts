export type {
  Channel,
  ChannelCapabilities,
  OpenRequest,
  OutboundMedia,
  OutboundMessage,
  Session,
  SessionListener,
} from './channel.ts'
export type {
  InboundEvent,
  IncomingMessage,
  PairingCode,
  PersonBlocked,
  Receipt,
  ReceiptKind,
  SessionState,
} from './event.ts'
export type { SendOutcome } from './outcome.ts'
