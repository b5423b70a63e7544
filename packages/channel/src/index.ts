export { mediaKinds } from './capabilities.ts'
export type { ChannelCapabilities, MediaKind } from './capabilities.ts'
export type { Channel, DownloadedMedia, Session, SessionListener } from './channel.ts'
export { ChannelUnavailable } from './directory.ts'
export type { Directory, Existence, Group, KnownPerson } from './directory.ts'
export type {
  InboundEvent,
  IncomingMedia,
  IncomingMessage,
  MarketingChoice,
  NewChatsLock,
  NumberStanding,
  OwnMessage,
  PairingCode,
  PersonBlocked,
  Receipt,
  ReceiptKind,
  ReceiptPricing,
  Referral,
  SamePerson,
  SessionNote,
  SessionState,
  TemplateChange,
} from './event.ts'
export type { CredentialStore, Egress, OpenRequest, PairingWish } from './open-request.ts'
export type {
  OutboundButton,
  OutboundLink,
  OutboundList,
  OutboundMedia,
  OutboundMessage,
  OutboundTemplate,
  TemplateButtonValue,
  TemplateValue,
} from './outbound.ts'
export type { SendOutcome } from './outcome.ts'
export { createOutbox } from './outbox.ts'
export type { Outbox, Schedule } from './outbox.ts'
export { approvalStatuses, metaCategories } from './template-desk.ts'
export type {
  ApprovalStatus,
  MetaCategory,
  RemoteTemplate,
  SubmitOutcome,
  SubmittedButton,
  TemplateDesk,
  ExampleFile,
  TemplateExample,
  TemplateSubmission,
} from './template-desk.ts'
export { WebhookMalformed } from './webhook.ts'
export type { ChannelWebhook, WebhookHeaders, WebhookItem } from './webhook.ts'
