import type {
  InboundEvent,
  IncomingMessage,
  OwnMessage,
  PairingCode,
  Receipt,
  SessionState,
} from '@siar/channel'
import { randomUUID } from 'node:crypto'
import { hiddenIdOf } from '../hidden-id.ts'
import type { NetworkSession } from '../network.ts'
import { keep } from './page-account.ts'
import type { PageAccount } from './page-account.ts'
import type { PageMessage, ServerPush } from './page-protocol.ts'
import { keyOf, widOf, wireIdOf } from './wire-id.ts'

const acks = { accepted: 1, delivered: 2, read: 3, refused: -1 } as const

function pushesOfState(account: PageAccount, { state, reason, phone }: SessionState): ServerPush[] {
  switch (state) {
    case 'pairing':
      return [{ kind: 'stream', mode: 'QR', info: 'PAIRING' }]
    case 'online':
    case 'restricted': {
      account.phone = phone ?? account.phone
      account.device ??= randomUUID()
      account.linkedPage = account.open?.page ?? null
      const number = account.phone ?? ''
      return [{ kind: 'main', me: widOf(number), lid: hiddenIdOf(number), device: account.device }]
    }
    case 'reconnecting':
      return [{ kind: 'stream', mode: 'MAIN', info: 'OFFLINE' }]
    case 'logged_out':
      account.device = null
      account.linkedPage = null
      return [{ kind: 'logout', reason: 'user_initiated' }]
    case 'banned':
      return [{ kind: 'stream', mode: 'TOS_BLOCK', info: 'OFFLINE' }]
    case 'offline':
      return reason?.includes('scanned') === true
        ? [{ kind: 'code', code: null }, { kind: 'idle' }]
        : [{ kind: 'stream', mode: 'OFFLINE', info: 'OFFLINE' }]
    default:
      return state satisfies never
  }
}

function pushesOfReceipt(account: PageAccount, { kind, messageId }: Receipt): ServerPush[] {
  const chat = messageId === null ? undefined : account.sentTo.get(messageId)
  if (messageId === null || chat === undefined) return []
  return [{ kind: 'ack', ack: acks[kind], chat, id: wireIdOf(messageId) }]
}

/** How this account names a person: by number, or by hidden id where it uses those. */
export function chatOf(account: PageAccount, address: string): string {
  if (!account.lids || !address.startsWith('+')) return widOf(address)
  const lid = hiddenIdOf(address)
  keep(account.metLids, lid, address)
  return lid
}

function typeOf(message: IncomingMessage): string {
  if (message.button) return 'buttons_response'
  return message.media?.kind ?? 'chat'
}

function mediaFields(
  session: NetworkSession,
  { media, text }: IncomingMessage,
): Pick<PageMessage, 'mimetype' | 'filename' | 'size' | 'caption'> {
  if (media === null) return {}
  const size = media.ref === null ? undefined : session.download(media.ref)?.data.byteLength
  return {
    mimetype: media.mimeType,
    caption: text,
    ...(media.fileName === null ? {} : { filename: media.fileName }),
    ...(size === undefined ? {} : { size }),
  }
}

function pageMessage(account: PageAccount, session: NetworkSession, message: IncomingMessage): PageMessage {
  const from = chatOf(account, message.from)
  const id = keyOf('in', from, message.channelMessageId)
  if (message.media?.ref) keep(account.files, id, message.media.ref)
  const { button, inReplyTo, referral } = message
  return {
    id,
    from,
    to: widOf(account.phone ?? ''),
    type: typeOf(message),
    body: message.media ? '' : message.text,
    notifyName: message.fromName,
    t: Math.floor(message.at.getTime() / 1_000),
    ...mediaFields(session, message),
    ...(button ? { selectedButtonId: button.id } : {}),
    ...(inReplyTo === null ? {} : { quotedStanzaID: wireIdOf(inReplyTo.replace(/^SIM-/, '')) }),
    ...(referral?.sourceId ? { ctwaContext: { sourceId: referral.sourceId } } : {}),
  }
}

function ownMessage(account: PageAccount, { channelMessageId, to, text, at }: OwnMessage): PageMessage {
  const chat = chatOf(account, to)
  return {
    id: keyOf('out', chat, channelMessageId),
    from: widOf(account.phone ?? ''),
    to: chat,
    type: 'chat',
    body: text,
    notifyName: null,
    t: Math.floor(at.getTime() / 1_000),
  }
}

function pushOfCode({ kind, data }: PairingCode): ServerPush {
  return kind === 'qr' ? { kind: 'code', code: data } : { kind: 'link_code', code: data.replace('-', '') }
}

/** What the page of an account is told of one event of the network; nothing where WhatsApp Web would not tell. */
export function pushesOf(account: PageAccount, session: NetworkSession, event: InboundEvent): ServerPush[] {
  switch (event.type) {
    case 'state':
      return pushesOfState(account, event)
    case 'pairing':
      return [pushOfCode(event)]
    case 'receipt':
      return pushesOfReceipt(account, event)
    case 'message':
      return [{ kind: 'message', message: pageMessage(account, session, event) }]
    case 'own_message':
      return [{ kind: 'message', message: ownMessage(account, event) }]
    default:
      return []
  }
}
