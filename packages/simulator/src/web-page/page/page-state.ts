import type { PageMessage, StreamInfo, StreamMode } from '../page-protocol.ts'
import type { Emitter } from './emitter.ts'
import { createEmitter } from './emitter.ts'
import { assertWid, msgKey } from './identity.ts'
import type { MsgKey, Wid } from './identity.ts'

/** A message in the page's store. */
export interface MsgModel extends Omit<PageMessage, 'id' | 'from' | 'to'> {
  readonly id: MsgKey
  readonly from: Wid
  readonly to: Wid
  readonly isNewMsg: boolean
  ack: number
  readonly mediaData: { readonly mimetype: string | undefined; readonly size: number | undefined } | undefined
}

export interface PageState {
  mode: StreamMode
  info: StreamInfo
  code: string | null
  me: Wid | undefined
  lid: Wid | undefined
  lids: boolean
  readonly events: Emitter
  /** Events of the message store, `change:ack` among them. */
  readonly store: Emitter
  readonly messages: Map<string, MsgModel>
  /** Chats that were opened or written in. */
  readonly chats: Map<string, { readonly id: Wid; name: string | undefined; unreadCount: number }>
}

export function createPageState(): PageState {
  return {
    mode: 'OFFLINE',
    info: 'OPENING',
    code: null,
    me: undefined,
    lid: undefined,
    lids: false,
    events: createEmitter(),
    store: createEmitter(),
    messages: new Map(),
    chats: new Map(),
  }
}

const keptMax = 2_000

/** Adds a message and tells of it, as the real store does for sent and received ones alike. */
export function addMessage(state: PageState, message: PageMessage, ack: number): MsgModel {
  const model = keepMessage(state, message, ack, true)
  state.events.emit('chat.new_message', model)
  return model
}

/** Puts a message into the store, as one that was there before when it is not new. */
export function keepMessage(
  state: PageState,
  message: PageMessage,
  ack: number,
  isNewMsg: boolean,
): MsgModel {
  const { id, from, to, ...rest } = message
  const model: MsgModel = {
    ...rest,
    id: msgKey(id),
    from: assertWid(from),
    to: assertWid(to),
    isNewMsg,
    ack,
    mediaData: rest.mimetype === undefined ? undefined : { mimetype: rest.mimetype, size: rest.size },
  }
  state.messages.set(id, model)
  const [oldest] = state.messages.keys()
  if (state.messages.size > keptMax && oldest !== undefined) state.messages.delete(oldest)
  const chat = openChat(state, model.id.remote)
  if (!model.id.fromMe) chat.unreadCount += 1
  return model
}

export function openChat(state: PageState, wid: Wid): { readonly id: Wid; unreadCount: number } {
  const known = state.chats.get(wid._serialized)
  if (known) return known
  const chat = { id: wid, name: undefined, unreadCount: 0 }
  state.chats.set(wid._serialized, chat)
  return chat
}

/** A receipt: the store changes, and clients hear of it as the real script tells it (never of a failure). */
export function applyAck(state: PageState, chat: string, id: string, ack: number): void {
  const message = state.messages.get(`true_${chat}_${id}`)
  if (message && (ack < 0 || ack > message.ack)) {
    message.ack = ack
    state.store.emit('change:ack', message)
  }
  if (ack < 1) return
  const ids = [msgKey(`true_${chat}_${id}`)]
  state.events.emit('chat.msg_ack_change', { ack, chat: assertWid(chat), ids })
}
