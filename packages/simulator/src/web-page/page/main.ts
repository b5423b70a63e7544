import type { ServerPush } from '../page-protocol.ts'
import { chatFunctions } from './chat-functions.ts'
import { authCodeOf, connFunctions } from './conn-functions.ts'
import { contactFunctions, groupFunctions, queryWid } from './directory-functions.ts'
import { assertWid, createWid } from './identity.ts'
import type { Wid } from './identity.ts'
import { addMessage, applyAck, createPageState, keepMessage } from './page-state.ts'
import { readDevice, rememberDevice } from './device-key.ts'
import { openServerLink } from './server-link.ts'

const state = createPageState()
const { events } = state

function setStream(mode: typeof state.mode, info: typeof state.info): void {
  const changed = { mode: mode !== state.mode, info: info !== state.info }
  state.mode = mode
  state.info = info
  if (changed.mode) events.emit('conn.stream_mode_changed', mode)
  // The real event fires at the QR code too: it says that the interface is up, not that the account is online.
  if (changed.mode && (mode === 'QR' || mode === 'MAIN')) events.emit('conn.main_ready')
  if (changed.info) events.emit('conn.stream_info_changed', info)
}

function goMain({ me, lid, device }: Extract<ServerPush, { kind: 'main' }>): void {
  void rememberDevice(device)
  state.code = null
  const wasLinked = state.me !== undefined
  state.me = assertWid(me)
  state.lid = assertWid(lid)
  events.emit('conn.auth_code_change', null)
  if (!wasLinked) events.emit('conn.authenticated')
  setStream('SYNCING', 'SYNCING')
  setStream('MAIN', 'NORMAL')
}

function logOut(reason: string): void {
  void rememberDevice(null)
  state.me = undefined
  state.lid = undefined
  events.emit('conn.logout_reason', reason)
  events.emit('conn.logout')
  setStream('QR', 'PAIRING')
}

function take(push: ServerPush): void {
  switch (push.kind) {
    case 'hello':
      state.lids = push.lids
      for (const message of push.unread) {
        if (!state.messages.has(message.id)) keepMessage(state, message, 1, false)
      }
      return
    case 'stream':
      return setStream(push.mode, push.info)
    case 'code':
      state.code = push.code
      return void events.emit('conn.auth_code_change', authCodeOf(push.code))
    case 'idle':
      return void events.emit('conn.qrcode_idle')
    case 'link_code':
      return void (push.code === null
        ? events.emit('conn.link_code_expired')
        : events.emit('conn.link_code_change', push.code))
    case 'main':
      return goMain(push)
    case 'logout':
      return logOut(push.reason)
    case 'ack':
      return applyAck(state, push.chat, push.id, push.ack)
    case 'message':
      return void addMessage(state, push.message, 1)
    case 'console':
      // eslint-disable-next-line no-console -- the page is asked to complain
      return console.error(push.text)
    default:
      push satisfies never
  }
}

const server = openServerLink(await readDevice(), take, (up) => {
  if (state.me !== undefined && !up) setStream(state.mode, 'OFFLINE')
})

/** The surface of wa-js that clients use, with the same names, arguments and shapes. */
Object.assign(globalThis, {
  WPP: {
    version: 'stand-in',
    isInjected: true,
    isReady: true,
    isFullReady: true,
    on: events.on,
    off: events.off,
    once: events.once,
    emit: events.emit,
    conn: connFunctions(state, server),
    chat: chatFunctions(state, server),
    contact: contactFunctions(server),
    group: groupFunctions(server),
    util: { createWid },
    whatsapp: {
      MsgStore: {
        on: state.store.on,
        off: state.store.off,
        get: (id: unknown) => state.messages.get(String(id)),
        getModelsArray: () => [...state.messages.values()],
      },
      functions: { queryWidExists: (wid: Wid) => queryWid(server, wid) },
    },
  },
})
