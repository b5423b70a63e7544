import type { PageCalls } from '../page-protocol.ts'
import { queryWid } from './directory-functions.ts'
import { WPPError, assertWid, createWid, msgKey } from './identity.ts'
import type { MsgKey, Wid } from './identity.ts'
import { addMessage, applyAck, openChat } from './page-state.ts'
import type { MsgModel, PageState } from './page-state.ts'
import type { ServerLink } from './server-link.ts'

interface SendOptions {
  readonly messageId?: string
  readonly waitForAck?: boolean
  readonly quotedMsg?: string
  readonly caption?: string
  readonly filename?: string
  readonly mimetype?: string
  readonly type?: string
}

interface ListOptions {
  readonly onlyWithUnreadMessage?: boolean
  readonly count?: number
}

interface MessagesOptions {
  readonly count?: number
  readonly onlyUnread?: boolean
}

interface Outgoing {
  readonly chat: Wid
  readonly key: MsgKey
  readonly options: SendOptions
}

type Chat = ReturnType<typeof openChat>

/** Finds or makes a chat; in an account with hidden ids a number leads to the chat of its hidden id. */
async function findChat(state: PageState, server: ServerLink, chatId: unknown): Promise<Chat> {
  const wid = assertWid(chatId)
  if (state.me === undefined) throw new WPPError('chat_not_found', 'Chat not found')
  if (!state.lids || wid.isLid() || wid.isGroup()) return openChat(state, wid)
  const found = await queryWid(server, wid)
  if (found === null) throw new WPPError('chat_not_found', 'Chat not found')
  return openChat(state, found.lid)
}

/** The checks wa-js makes before anything is queued. */
async function prepare(
  state: PageState,
  server: ServerLink,
  chatId: unknown,
  options: SendOptions,
): Promise<Outgoing> {
  const { id: chat } = await findChat(state, server, chatId)
  const key = msgKey(options.messageId ?? `true_${chat._serialized}_3EB0${randomHex()}`)
  if (!key.fromMe) throw new WPPError('message_key_is_not_from_me', 'Message key is not from me')
  if (!key.remote.equals(chat)) {
    throw new WPPError(
      'message_key_remote_id_is_not_same_of_chat',
      'Message key remote ID is not same of chat',
    )
  }
  if (options.quotedMsg !== undefined && !state.messages.has(options.quotedMsg)) {
    throw new WPPError('msg_not_found', 'Message not found')
  }
  return { chat, key, options }
}

function randomHex(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()
}

/** Sends what was queued; a call that fails before the server took anything is taken off the queue again. */
async function queue(
  state: PageState,
  server: ServerLink,
  { chat, key, options }: Outgoing,
  content: {
    readonly type: string
    readonly text: string
    readonly file?: PageCalls['send']['args']['file']
  },
): Promise<unknown> {
  const call: PageCalls['send']['args'] = {
    id: key.id,
    chat: chat._serialized,
    text: content.text,
    ...(content.file ? { file: content.file } : {}),
  }
  const message = addMessage(
    state,
    {
      id: key._serialized,
      from: state.me?._serialized ?? '',
      to: chat._serialized,
      type: content.type,
      body: content.text,
      notifyName: null,
      t: Math.floor(Date.now() / 1_000),
    },
    0,
  )
  const answered = server.call('send', call).then(({ result, t }) => {
    if (result === 'OK') applyAck(state, chat._serialized, key.id, 1)
    else if (result !== 'ERROR_NETWORK') applyAck(state, chat._serialized, key.id, -1)
    return { messageSendResult: result, t }
  })
  const sendMsgResult =
    options.waitForAck === false
      ? null
      : await answered.catch((error: unknown) => {
          state.messages.delete(key._serialized)
          throw error
        })
  if (sendMsgResult === null) answered.catch(() => undefined)
  return {
    id: key._serialized,
    ack: message.ack,
    from: message.from._serialized,
    to: chat._serialized,
    sendMsgResult,
  }
}

export async function blobToBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let binary = ''
  for (let at = 0; at < bytes.length; at += 32_768) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 32_768))
  }
  return btoa(binary)
}

function findMessage(state: PageState, id: unknown): MsgModel {
  const key = typeof id === 'string' ? id : String((id as MsgKey)._serialized)
  const message = state.messages.get(key)
  if (!message) throw new WPPError('msg_not_found', 'Message not found')
  return message
}

function assertChat(state: PageState, chatId: unknown): Chat {
  const chat = state.chats.get(assertWid(chatId)._serialized)
  if (!chat) throw new WPPError('chat_not_found', 'Chat not found')
  return chat
}

/** `WPP.chat` of the stand-in. */
export function chatFunctions(state: PageState, server: ServerLink): Record<string, unknown> {
  return {
    find: async (chatId: unknown) => findChat(state, server, chatId),
    get: (chatId: unknown) => {
      const wid = createWid(chatId)
      return wid && state.chats.get(wid._serialized)
    },
    sendTextMessage: async (chatId: unknown, content: unknown, options: SendOptions = {}) =>
      queue(state, server, await prepare(state, server, chatId, options), {
        type: 'chat',
        text: String(content),
      }),
    sendFileMessage: async (chatId: unknown, content: unknown, options: SendOptions = {}) => {
      if (!(content instanceof Blob)) throw new WPPError('invalid_content', 'A file is needed')
      const outgoing = await prepare(state, server, chatId, options)
      const type = options.type ?? 'auto-detect'
      const file = {
        type,
        mimetype: options.mimetype ?? content.type,
        dataBase64: await blobToBase64(content),
      }
      return queue(state, server, outgoing, { type, text: options.caption ?? '', file })
    },
    markIsComposing: async (chatId: unknown, duration?: number) => {
      const chat = assertChat(state, chatId)
      await server.call('typing', { chat: chat.id._serialized })
      if (duration) await new Promise((resolve) => setTimeout(resolve, duration))
    },
    markIsPaused: async (chatId: unknown) => void assertChat(state, chatId),
    markIsRead: async (chatId: unknown) => {
      const chat = assertChat(state, chatId)
      const { unreadCount } = chat
      chat.unreadCount = 0
      await server.call('seen', { chat: chat.id._serialized })
      return { wid: chat.id, unreadCount }
    },
    list: async ({ onlyWithUnreadMessage = false, count = Infinity }: ListOptions = {}) =>
      [...state.chats.values()]
        .filter(({ unreadCount }) => !onlyWithUnreadMessage || unreadCount > 0)
        .slice(0, count),
    getMessages: async (chatId: unknown, { count = 20, onlyUnread = false }: MessagesOptions = {}) => {
      const { id, unreadCount } = assertChat(state, chatId)
      const messages = [...state.messages.values()].filter((message) => message.id.remote.equals(id))
      const wanted = onlyUnread ? Math.min(count, unreadCount) : count
      return wanted === 0 ? [] : messages.slice(-wanted)
    },
    getMessageById: async (id: unknown) => findMessage(state, id),
    downloadMedia: async (id: unknown) => {
      const message = findMessage(state, id)
      if (!message.mediaData) {
        throw new WPPError('message_not_contains_media', 'The message contains no media')
      }
      const file = await server.call('media', { id: message.id._serialized })
      if (file === null) throw new WPPError('media_not_found', 'Media not found')
      const bytes = Uint8Array.from(atob(file.dataBase64), (character) => character.charCodeAt(0))
      return new Blob([bytes], { type: file.mimetype })
    },
  }
}
