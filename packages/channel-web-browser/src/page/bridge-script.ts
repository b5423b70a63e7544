import type { MsgLike, WppSurface } from './wpp-surface.ts'

declare const WPP: WppSurface

type Emit = (event: Readonly<Record<string, unknown>>) => void

type Describe = (message: MsgLike) => Promise<Readonly<Record<string, unknown>> | null>

/** Reads a message of a one-to-one chat as plain values; null for anything else. Runs in the page. */
export async function describeMessage(message: MsgLike): Promise<Readonly<Record<string, unknown>> | null> {
  const { remote, fromMe } = message.id
  if (remote.server !== 'c.us' && remote.server !== 'lid') return null
  const entry =
    remote.server === 'lid' ? await WPP.contact.getPnLidEntry(String(remote)).catch(() => null) : null
  return {
    kind: 'message',
    key: message.id._serialized ?? String(message.id),
    id: message.id.id,
    fromMe,
    chat: String(remote),
    phone: entry?.phoneNumber?._serialized,
    type: message.type,
    body: message.body,
    caption: message.caption,
    mimeType: message.mimetype,
    fileName: message.filename,
    name: message.notifyName,
    at: message.t,
    quoted: message.quotedStanzaID,
    button: message.selectedButtonId ?? message.selectedId,
    adId: message.ctwaContext?.sourceId,
  }
}

/** Tells the state of the stream whenever anything about it changes. Runs in the page. */
export function watchStream(emit: Emit): void {
  let logoutReason: unknown = null
  const tell = (): void => {
    const { mode, info } = WPP.conn.getStreamData()
    const isAuthenticated = WPP.conn.isAuthenticated()
    const me = isAuthenticated ? WPP.conn.getMyUserId() : undefined
    const lid = isAuthenticated ? WPP.conn.getMyUserLid() : undefined
    emit({
      kind: 'stream',
      mode,
      info: info ?? null,
      isAuthenticated,
      me: me === undefined || me === null ? null : String(me),
      lid: lid === undefined || lid === null ? null : String(lid),
    })
  }
  for (const name of ['stream_mode_changed', 'stream_info_changed', 'authenticated', 'main_ready']) {
    WPP.on(`conn.${name}`, tell)
  }
  WPP.on('conn.logout_reason', (reason: unknown) => {
    logoutReason = reason
  })
  WPP.on('conn.logout', () => emit({ kind: 'logout', reason: logoutReason }))
  tell()
}

/** Tells codes to scan or to type. Runs in the page. */
export function watchCodes(emit: Emit): void {
  const tellCode = (code: { fullCode?: unknown } | null): void =>
    emit({ kind: 'code', code: code?.fullCode ?? null })
  WPP.on('conn.auth_code_change', tellCode)
  WPP.on('conn.qrcode_idle', () => emit({ kind: 'idle' }))
  WPP.on('conn.link_code_change', (code: unknown) => emit({ kind: 'link_code', code }))
  WPP.on('conn.link_code_expired', () => emit({ kind: 'link_code', code: null }))
  WPP.on('conn.link_code_error', () => emit({ kind: 'link_code', code: null }))
  WPP.conn.getAuthCode().then(tellCode, () => undefined)
}

/**
 * Tells messages that were there before anybody listened: those this document received already, and unread ones of the
 * time since something was told last (and an hour before, when it may not have been kept). A browser that never told
 * anything begins now: what its account held before is history. Runs in the page.
 */
export function tellMissed(tell: (message: MsgLike) => void): void {
  const { localStorage } = globalThis
  const mark = 'siar-told-at'
  const toldAt = Number(localStorage.getItem(mark) ?? Infinity)
  const overlapS = 3_600
  const move = (): void => localStorage.setItem(mark, String(Math.floor(Date.now() / 1_000)))
  for (const message of WPP.whatsapp.MsgStore.getModelsArray()) {
    if (message.isNewMsg === true) tell(message)
  }
  const tellUnread = async (): Promise<void> => {
    const chats = await WPP.chat.list({ onlyUsers: true, onlyWithUnreadMessage: true, count: 50 })
    for (const { id } of chats) {
      const messages = await WPP.chat.getMessages(String(id), { count: 20, onlyUnread: true }).catch(() => [])
      for (const message of messages) {
        if (message.id !== undefined && (message.t ?? 0) >= toldAt - overlapS) tell(message as MsgLike)
      }
    }
  }
  WPP.on('chat.new_message', move)
  const isMain = (): boolean => WPP.conn.getStreamData().mode === 'MAIN' && WPP.conn.isAuthenticated()
  let isTold = false
  const tellOnce = (): void => {
    if (isTold || !isMain()) return
    isTold = true
    move()
    tellUnread().catch(() => undefined)
  }
  WPP.on('conn.stream_mode_changed', tellOnce)
  tellOnce()
}

/** Tells messages and what becomes of ours. Runs in the page. */
export function watchMessages(emit: Emit, describe: Describe, missed: typeof tellMissed): void {
  const tell = (message: MsgLike): void => {
    describe(message).then(
      (described) => described && emit(described),
      () => emit({ kind: 'unreadable' }),
    )
  }
  WPP.on('chat.new_message', tell)
  WPP.on('chat.msg_ack_change', ({ ack, ids }: { ack: number; ids: MsgLike['id'][] }) =>
    emit({ kind: 'acks', ack, ids: ids.filter(({ fromMe }) => fromMe).map(({ id }) => id) }),
  )
  // wa-js tells of successes only; a message that failed shows in the store.
  WPP.whatsapp.MsgStore.on('change:ack', (message) => {
    if (message.id.fromMe && (message.ack ?? 0) < 0) {
      emit({ kind: 'acks', ack: message.ack, ids: [message.id.id] })
    }
  })
  missed(tell)
}

/**
 * Waits until wa-js is ready and registers everything again for this document. Runs in the page, in the top frame.
 *
 * @param binding The name of the function that leads out of the page.
 */
export function startBridge(
  binding: string,
  watch: {
    readonly stream: typeof watchStream
    readonly codes: typeof watchCodes
    readonly messages: typeof watchMessages
    readonly describe: Describe
    readonly missed: typeof tellMissed
  },
): void {
  const world = globalThis as unknown as Record<string, unknown>
  if (world['self'] !== world['top']) return
  const emit: Emit = (event) => {
    void (world[binding] as (text: string) => unknown)(JSON.stringify(event))
  }
  const timer = setInterval(() => {
    if (typeof WPP === 'undefined' || !WPP.isInjected) return
    clearInterval(timer)
    watch.stream(emit)
    watch.codes(emit)
    watch.messages(emit, watch.describe, watch.missed)
    emit({ kind: 'attached' })
  }, 50)
}

/** The script that starts the bridge in every document of a page. */
export function bridgeScript(binding: string): string {
  const parts = Object.entries({
    stream: watchStream,
    codes: watchCodes,
    messages: watchMessages,
    describe: describeMessage,
    missed: tellMissed,
  })
  const watch = parts.map(([name, part]) => `${name}:${part.toString()}`).join(',')
  return `(${startBridge.toString()})(${JSON.stringify(binding)},{${watch}});`
}

/** Set before wa-js runs: no analytics, no third-party link previews, and the browser's own name among linked devices. */
export const wppConfigScript =
  'globalThis.WPPConfig={disableGoogleAnalytics:true,deviceName:false,linkPreviewApiServers:[],syncAllStatus:false};'
