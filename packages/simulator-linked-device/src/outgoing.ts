import {
  getBinaryNodeChild,
  getBinaryNodeChildBuffer,
  getBinaryNodeChildren,
  normalizeMessageContent,
} from 'baileys'
import type { BinaryNode, proto } from 'baileys'
import type { MediaKind, OutboundMedia } from '@siar/channel'
import type { Account, ReadMessage, World } from './account.ts'
import { numberJid, phoneOf } from './address.ts'
import { isVouched } from './device-identity.ts'
import type { Device } from './device.ts'
import { openFile } from './media-crypto.ts'
import { messageIdOf } from './stanza-id.ts'

/** What became of a stanza before the network was asked. */
export type Reading =
  | { readonly kind: 'read'; readonly message: ReadMessage; readonly address: string }
  /** The person's phone asks for it again. */
  | { readonly kind: 'unreadable'; readonly address: string }
  /** Not a stanza the server takes. */
  | { readonly kind: 'malformed' }

interface FileInMessage {
  readonly url?: string | null
  readonly directPath?: string | null
  readonly mediaKey?: Uint8Array | null
  readonly fileSha256?: Uint8Array | null
  readonly fileEncSha256?: Uint8Array | null
  readonly mimetype?: string | null
  readonly caption?: string | null
}

function fileOf(message: proto.IMessage): { kind: MediaKind; file: FileInMessage } | null {
  if (message.imageMessage) return { kind: 'image', file: message.imageMessage }
  if (message.videoMessage) return { kind: 'video', file: message.videoMessage }
  if (message.audioMessage) return { kind: 'audio', file: message.audioMessage }
  if (message.documentMessage) return { kind: 'document', file: message.documentMessage }
  return null
}

function textOf(message: proto.IMessage): string {
  return message.conversation ?? message.extendedTextMessage?.text ?? fileOf(message)?.file.caption ?? ''
}

function quotedBy(message: proto.IMessage): string | null {
  const { extendedTextMessage, imageMessage, videoMessage, documentMessage, audioMessage } = message
  const part = extendedTextMessage ?? imageMessage ?? videoMessage ?? documentMessage ?? audioMessage
  return part?.contextInfo?.stanzaId ?? null
}

/** The file as the person's phone fetches it. @throws when it cannot be fetched or opened. */
async function fetchFile(world: World, kind: MediaKind, file: FileInMessage): Promise<Buffer> {
  const sealed = world.media.find(file.directPath ?? '')
  const { mediaKey, fileSha256, fileEncSha256 } = file
  if (!sealed || !mediaKey || !fileSha256 || !fileEncSha256) throw new Error('a file that nobody can fetch')
  return openFile(sealed, kind, { mediaKey, fileSha256, fileEncSha256 })
}

/** The part of a stanza for one phone: among the participants, or alone where it is sent again to one. */
function sealedFor(stanza: BinaryNode, phone: string): BinaryNode | undefined {
  const recipients = getBinaryNodeChildren(getBinaryNodeChild(stanza, 'participants'), 'to')
  if (recipients.length === 0) return getBinaryNodeChild(stanza, 'enc')
  const theirs = recipients.find(
    ({ attrs }) => phoneOf(attrs['jid']) === phone && !(attrs['jid'] ?? '').includes(':'),
  )
  return getBinaryNodeChild(theirs, 'enc')
}

/** A first message has to prove that the phone has linked the device that writes. */
function isProven(account: Account, device: Device, stanza: BinaryNode): boolean {
  const identity = getBinaryNodeChildBuffer(stanza, 'device-identity')
  if (!identity || device.identityKey === null) return false
  return isVouched(account.party, device.identityKey.subarray(1), identity)
}

/** The sender's own phone gets a copy; it has to say the same. */
async function checkCopy(
  world: World,
  account: Account,
  device: Device,
  stanza: BinaryNode,
  text: string,
): Promise<void> {
  if (!getBinaryNodeChild(stanza, 'participants')) return
  const enc = sealedFor(stanza, account.phone)
  const content = enc?.content
  if (!(content instanceof Uint8Array)) {
    world.oddities.push(`${account.senderId}: a message without a copy for the own phone`)
    return
  }
  try {
    const label = numberJid(account.phone, device.id)
    const copy = await account.party.read(label, enc?.attrs['type'] ?? '', content)
    const inner = normalizeMessageContent(copy.deviceSentMessage?.message ?? undefined)
    if (!inner || textOf(inner) !== text) throw new Error('another text')
  } catch {
    world.oddities.push(`${account.senderId}: a copy for the own phone that says something else`)
  }
}

interface Opened {
  readonly phone: string
  readonly message: proto.IMessage
}

/** Unseals the person's part of a stanza. */
async function openSealed(
  world: World,
  account: Account,
  device: Device,
  stanza: BinaryNode,
): Promise<Opened | 'malformed' | 'unreadable'> {
  const phone = phoneOf(stanza.attrs['to'])
  const enc = phone === null ? undefined : sealedFor(stanza, phone)
  if (phone === null || !(enc?.content instanceof Uint8Array)) return 'malformed'
  const type = enc.attrs['type'] ?? ''
  if (type === 'pkmsg' && !isProven(account, device, stanza)) return 'malformed'
  try {
    const label = numberJid(account.phone, device.id)
    const plain = await world.party(phone).read(label, type, enc.content)
    return { phone, message: normalizeMessageContent(plain) ?? plain }
  } catch {
    return 'unreadable'
  }
}

/** Reads a message as the person's phone does. */
export async function readStanza(
  world: World,
  account: Account,
  device: Device,
  stanza: BinaryNode,
): Promise<Reading> {
  const { to: address = '', id = '' } = stanza.attrs
  const opened = await openSealed(world, account, device, stanza)
  if (opened === 'malformed') return { kind: 'malformed' }
  if (opened === 'unreadable') return { kind: 'unreadable', address }
  const { phone: to, message } = opened
  const found = fileOf(message)
  const text = textOf(message)
  await checkCopy(world, account, device, stanza, text)
  if (found === null && text === '') return { kind: 'malformed' }
  const { senderId } = account
  const about = { senderId, messageId: messageIdOf(id), to, text, inReplyTo: quotedBy(message), address }
  try {
    const media = found && {
      kind: found.kind,
      mimeType: found.file.mimetype ?? '',
      data: await fetchFile(world, found.kind, found.file),
    }
    return { kind: 'read', address, message: { ...about, media } }
  } catch {
    return { kind: 'malformed' }
  }
}

/** The file as the network takes it. */
export function mediaOf({ media, messageId }: ReadMessage): OutboundMedia | undefined {
  if (media === null) return undefined
  const { kind, mimeType, data } = media
  return {
    kind: kind as MediaKind,
    mimeType,
    fileName: '',
    sizeBytes: data.byteLength,
    fingerprint: messageId,
    read: async () => data,
  }
}
