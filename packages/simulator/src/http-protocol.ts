import type { InboundEvent } from '@siar/channel'
import type { SimulatorControl } from './control.ts'

/** Paths of the simulator's HTTP interface; every call is a POST of JSON. */
export const paths = {
  open: '/v1/sessions/open',
  close: '/v1/sessions/close',
  logOut: '/v1/sessions/log-out',
  typing: '/v1/sessions/typing',
  download: '/v1/sessions/download',
  acquaintances: '/v1/sessions/acquaintances',
  send: '/v1/send',
  poll: '/v1/poll',
  control: '/v1/control/',
} as const

/** Names a session of one client: `clientId` is one channel object in one process. */
export interface SessionKey {
  readonly clientId: string
  readonly senderId: string
}

/** Events of one session; the network hands them over again until a poll tells that they were taken. */
export interface Delivery {
  readonly senderId: string
  readonly turn: number
  readonly events: readonly InboundEvent[]
}

/** A file as JSON carries it. */
export interface DownloadedFile {
  readonly mimeType: string
  readonly fileName: string | null
  readonly dataBase64: string
}

export interface PollRequest {
  readonly clientId: string
  /** The last batch, with the senders whose events were not taken; null after a lost answer. */
  readonly ack: { readonly batch: number; readonly failed: readonly string[] } | null
}

export interface PollAnswer {
  /** Another value than before: the network was started anew, sessions must be opened again. */
  readonly instance: string
  readonly batch: number
  readonly deliveries: readonly Delivery[]
}

/** What may be called through `/v1/control/<name>` with a JSON array of arguments. */
export const controlMethods = [
  'scan',
  'enterCode',
  'incoming',
  'writeOnPhone',
  'setAcquaintances',
  'block',
  'ban',
  'restrict',
  'pardon',
  'logOut',
  'goOffline',
  'comeBack',
  'disturbReceipts',
  'addRule',
  'clearRules',
  'setPerson',
  'person',
  'senders',
  'people',
  'rules',
  'counts',
  'frames',
] as const satisfies readonly (keyof SimulatorControl)[]

/** Makes instants of the fields that hold one; JSON has none of its own. */
export function reviveEvent(event: InboundEvent): InboundEvent {
  if (event.type === 'pairing') return { ...event, expiresAt: new Date(event.expiresAt) }
  if (event.type === 'new_chats_lock') {
    return { ...event, at: new Date(event.at), until: event.until && new Date(event.until) }
  }
  return { ...event, at: new Date(event.at) }
}
