/** An id of a person, group or the account, as wa-js hands it out. */
export interface WidLike {
  readonly user: string
  readonly server: string
  toString(): string
}

export interface KeyLike {
  readonly fromMe: boolean
  readonly id: string
  readonly remote: WidLike
  readonly _serialized?: string
  toString(): string
}

/** What is read of a message; anything may be missing in a later build of WhatsApp Web. */
export interface MsgLike {
  readonly id: KeyLike
  readonly from?: WidLike
  readonly to?: WidLike
  readonly type?: string
  readonly body?: string
  readonly caption?: string
  readonly mimetype?: string
  readonly filename?: string
  readonly size?: number
  readonly notifyName?: string
  readonly t?: number
  readonly ack?: number
  readonly isNewMsg?: boolean
  readonly quotedStanzaID?: string
  readonly selectedButtonId?: string
  readonly selectedId?: string
  readonly ctwaContext?: { readonly sourceId?: string; readonly sourceUrl?: string }
}

export interface SendOptions {
  readonly messageId: string
  readonly waitForAck: boolean
  readonly markIsRead: boolean
  readonly detectMentioned: boolean
  readonly quotedMsg?: string
}

export interface SendReturn {
  readonly id: string
  readonly ack: number
  readonly sendMsgResult: { readonly messageSendResult: string } | null
}

/**
 * The part of wa-js 4.6.0 this channel uses. A test holds it against the real script, in types and in Chromium.
 *
 * Source: `dist/*.d.ts` of `@wppconnect/wa-js` 4.6.0.
 */
export interface WppSurface {
  readonly isInjected: boolean
  on(name: string, listener: (value: never) => void): unknown
  readonly conn: {
    isAuthenticated(): boolean
    getStreamData(): { readonly mode: string; readonly info: string | undefined }
    getAuthCode(): Promise<{ readonly fullCode: string } | null>
    getMyUserId(): WidLike | undefined
    getMyUserLid(): WidLike | undefined
    startLinkDeviceCodeForPhoneNumber(phone: string): Promise<string>
    logout(): Promise<boolean>
  }
  readonly chat: {
    find(chatId: string): Promise<{ readonly id: WidLike }>
    sendTextMessage(
      chatId: string,
      text: string,
      options: SendOptions & { readonly linkPreview: boolean },
    ): Promise<SendReturn>
    sendFileMessage(
      chatId: string,
      content: Blob,
      options: SendOptions & {
        readonly type: 'image' | 'document' | 'video' | 'audio'
        readonly caption: string
        readonly filename: string
        readonly mimetype: string
      },
    ): Promise<SendReturn>
    markIsComposing(chatId: string, durationMs: number): Promise<void>
    markIsRead(chatId: string): Promise<unknown>
    list(options: {
      readonly onlyUsers: boolean
      readonly onlyWithUnreadMessage: boolean
      readonly count: number
    }): Promise<readonly { readonly id: WidLike }[]>
    getMessages(
      chatId: string,
      options: { readonly count: number; readonly onlyUnread: boolean },
    ): Promise<readonly (Omit<MsgLike, 'id'> & { readonly id?: KeyLike })[]>
    getMessageById(id: string): Promise<MsgLike>
    downloadMedia(id: string): Promise<Blob>
  }
  readonly contact: {
    list(options: {
      readonly onlyMyContacts: boolean
    }): Promise<readonly { readonly id: WidLike; readonly name?: string; readonly pushname?: string }[]>
    getPnLidEntry(id: string): Promise<{
      readonly lid?: { readonly _serialized: string }
      readonly phoneNumber?: { readonly _serialized: string }
    }>
  }
  readonly group: {
    getAllGroups(): Promise<
      readonly (
        | {
            readonly id: WidLike
            readonly name?: string
            readonly groupMetadata?: { readonly participants: { readonly length: number } }
          }
        | undefined
      )[]
    >
    getParticipants(groupId: string): Promise<readonly { readonly id: WidLike }[]>
  }
  readonly util: { createWid(id: string): WidLike | undefined }
  readonly whatsapp: {
    readonly MsgStore: {
      on(name: 'change:ack', listener: (message: MsgLike) => void): unknown
      get(id: string): MsgLike | undefined
      getModelsArray(): readonly MsgLike[]
    }
    readonly functions: {
      /** Null when the server says nobody has it; rejects when the server does not answer. */
      queryWidExists(wid: WidLike): Promise<{ readonly wid: WidLike; readonly lid?: WidLike } | null>
    }
  }
}

/** Events of wa-js this channel listens to. */
export const wppEvents = [
  'conn.auth_code_change',
  'conn.link_code_change',
  'conn.link_code_expired',
  'conn.link_code_error',
  'conn.qrcode_idle',
  'conn.authenticated',
  'conn.main_ready',
  'conn.logout',
  'conn.logout_reason',
  'conn.stream_mode_changed',
  'conn.stream_info_changed',
  'chat.msg_ack_change',
  'chat.new_message',
] as const

export type WppEvent = (typeof wppEvents)[number]

/** Every function and property this channel uses, for the test that holds them against the real script. */
export const wppPaths = [
  'isInjected',
  'on',
  'conn.isAuthenticated',
  'conn.getStreamData',
  'conn.getAuthCode',
  'conn.getMyUserId',
  'conn.getMyUserLid',
  'conn.startLinkDeviceCodeForPhoneNumber',
  'conn.logout',
  'chat.find',
  'chat.sendTextMessage',
  'chat.sendFileMessage',
  'chat.markIsComposing',
  'chat.markIsRead',
  'chat.list',
  'chat.getMessages',
  'chat.getMessageById',
  'chat.downloadMedia',
  'contact.list',
  'contact.getPnLidEntry',
  'group.getAllGroups',
  'group.getParticipants',
  'util.createWid',
  'whatsapp.MsgStore',
  'whatsapp.functions.queryWidExists',
] as const
