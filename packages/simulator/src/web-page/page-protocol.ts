/** Modes of WhatsApp Web's stream. Source: `StreamMode` of wa-js 4.6.0. */
export type StreamMode =
  | 'QR'
  | 'MAIN'
  | 'SYNCING'
  | 'OFFLINE'
  | 'CONFLICT'
  | 'PROXYBLOCK'
  | 'TOS_BLOCK'
  | 'SMB_TOS_BLOCK'
  | 'DEPRECATED_VERSION'

/** State of its socket. Source: `StreamInfo` of wa-js 4.6.0. */
export type StreamInfo = 'OFFLINE' | 'OPENING' | 'PAIRING' | 'SYNCING' | 'RESUMING' | 'CONNECTING' | 'NORMAL'

/** A message as the page keeps it; ids are `<fromMe>_<chat>_<id>`, people are `<digits>@c.us` or `<digits>@lid`. */
export interface PageMessage {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly type: string
  readonly body: string
  readonly notifyName: string | null
  /** Seconds since 1970. */
  readonly t: number
  readonly caption?: string
  readonly mimetype?: string
  readonly filename?: string
  readonly size?: number
  /** The bare id of the message it answers. */
  readonly quotedStanzaID?: string
  readonly selectedButtonId?: string
  readonly ctwaContext?: { readonly sourceId?: string; readonly sourceUrl?: string }
}

export interface PageGroup {
  readonly id: string
  readonly name: string
  readonly participants: readonly string[]
}

export interface PageContact {
  readonly id: string
  readonly name: string | null
  readonly pushname: string | null
  readonly isMyContact: boolean
}

/** What the server tells an open page, in order; each is told again until the page says it took it. */
export type ServerPush =
  /** First of all. `lids`: chats of this account are known by hidden ids; `unread`: what the account holds unread. */
  | { readonly kind: 'hello'; readonly lids: boolean; readonly unread: readonly PageMessage[] }
  | { readonly kind: 'stream'; readonly mode: StreamMode; readonly info: StreamInfo }
  | { readonly kind: 'code'; readonly code: string | null }
  | { readonly kind: 'idle' }
  | { readonly kind: 'link_code'; readonly code: string | null }
  | { readonly kind: 'main'; readonly me: string; readonly lid: string; readonly device: string }
  | { readonly kind: 'logout'; readonly reason: string }
  | { readonly kind: 'ack'; readonly ack: number; readonly chat: string; readonly id: string }
  | { readonly kind: 'message'; readonly message: PageMessage }
  | { readonly kind: 'console'; readonly text: string }

export interface NumberedPush {
  readonly id: number
  readonly push: ServerPush
}

/** What the page asks its server, by method: arguments and answer. */
export interface PageCalls {
  send: {
    readonly args: {
      readonly id: string
      readonly chat: string
      readonly text: string
      readonly file?: { readonly type: string; readonly mimetype: string; readonly dataBase64: string }
    }
    readonly answer: { readonly result: SendResult; readonly t: number }
  }
  exists: { readonly args: { readonly wid: string }; readonly answer: { readonly lid: string } | null }
  /** The number behind a hidden id, where the account has met it. */
  phoneOf: { readonly args: { readonly lid: string }; readonly answer: string | null }
  groups: { readonly args: Record<string, never>; readonly answer: readonly PageGroup[] }
  contacts: { readonly args: Record<string, never>; readonly answer: readonly PageContact[] }
  media: {
    readonly args: { readonly id: string }
    readonly answer: { readonly mimetype: string; readonly dataBase64: string } | null
  }
  typing: { readonly args: { readonly chat: string }; readonly answer: null }
  seen: { readonly args: { readonly chat: string }; readonly answer: null }
  linkCode: { readonly args: { readonly phone: string }; readonly answer: string }
  logout: { readonly args: Record<string, never>; readonly answer: null }
}

/** Ends of a send. Source: `SendMsgResult` of wa-js 4.6.0. */
export type SendResult =
  'OK' | 'ERROR_NETWORK' | 'ERROR_EXPIRED' | 'ERROR_CANCELLED' | 'ERROR_UPLOAD' | 'ERROR_UNKNOWN'

export type PageAnswer<M extends keyof PageCalls> =
  | { readonly ok: true; readonly value: PageCalls[M]['answer'] }
  | { readonly ok: false; readonly code: string }
