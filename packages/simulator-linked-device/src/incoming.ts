import type { BinaryNode, proto } from 'baileys'
import type { IncomingMessage } from '@siar/channel'
import type { Account, World } from './account.ts'
import { lidJid, numberJid } from './address.ts'
import { sessionWith } from './device.ts'
import type { Device } from './device.ts'
import { sealFile } from './media-crypto.ts'
import type { MediaKeyKind } from './media-crypto.ts'
import { node, seconds } from './nodes.ts'
import type { Party } from './party.ts'
import { stanzaIdOfNetwork } from './stanza-id.ts'

type Context = proto.IContextInfo

function contextOf(account: Account, event: IncomingMessage): Context {
  const { inReplyTo, referral } = event
  return {
    ...(inReplyTo === null
      ? {}
      : {
          stanzaId: stanzaIdOfNetwork(inReplyTo),
          participant: numberJid(account.phone),
          quotedMessage: { conversation: '' },
        }),
    ...(referral === null
      ? {}
      : {
          externalAdReply: {
            sourceType: referral.kind,
            sourceId: referral.sourceId,
            ctwaClid: referral.clickId,
            title: 'Ad',
          },
        }),
  }
}

function buttonMessage(
  world: World,
  button: { readonly id: string; readonly title: string },
  contextInfo: Context,
): proto.IMessage {
  const { id, title } = button
  switch (world.buttonForm) {
    case 'buttons':
      return {
        buttonsResponseMessage: { selectedButtonId: id, selectedDisplayText: title, contextInfo, type: 1 },
      }
    case 'list':
      return {
        listResponseMessage: { title, listType: 1, singleSelectReply: { selectedRowId: id }, contextInfo },
      }
    case 'template':
      return {
        templateButtonReplyMessage: {
          selectedId: id,
          selectedDisplayText: title,
          selectedIndex: 0,
          contextInfo,
        },
      }
    case 'native_flow':
      return {
        interactiveResponseMessage: {
          body: { text: title },
          contextInfo,
          nativeFlowResponseMessage: { name: 'quick_reply', paramsJson: JSON.stringify({ id }), version: 1 },
        },
      }
    default:
      return world.buttonForm satisfies never
  }
}

const keyKinds: Readonly<Record<string, MediaKeyKind>> = {
  image: 'image',
  video: 'video',
  audio: 'audio',
  sticker: 'sticker',
}

async function fileMessage(
  world: World,
  event: IncomingMessage,
  file: { readonly mimeType: string; readonly fileName: string | null; readonly data: Uint8Array },
  contextInfo: Context,
): Promise<proto.IMessage> {
  const kind = keyKinds[event.media?.kind ?? ''] ?? 'document'
  const { sealed, ...keys } = await sealFile(file.data, kind)
  const { url, directPath } = world.media.put(sealed)
  const common = {
    url,
    directPath,
    mimetype: file.mimeType,
    fileLength: file.data.byteLength,
    ...keys,
    contextInfo,
  }
  const caption = event.text === '' ? {} : { caption: event.text }
  if (kind === 'image') return { imageMessage: { ...common, ...caption } }
  if (kind === 'video') return { videoMessage: { ...common, ...caption } }
  if (kind === 'audio') return { audioMessage: common }
  if (kind === 'sticker') return { stickerMessage: common }
  const documentMessage = { ...common, ...caption, fileName: file.fileName }
  if (event.text === '') return { documentMessage }
  return { documentWithCaptionMessage: { message: { documentMessage } } }
}

/** What a person's phone puts into a message. @param file The bytes of `event.media`, when it has any. */
export async function messageOf(
  world: World,
  account: Account,
  event: IncomingMessage,
  file: { readonly mimeType: string; readonly fileName: string | null; readonly data: Uint8Array } | null,
): Promise<proto.IMessage> {
  const contextInfo = contextOf(account, event)
  if (event.button) return buttonMessage(world, event.button, contextInfo)
  if (file) return fileMessage(world, event, file, contextInfo)
  if (Object.keys(contextInfo).length === 0) return { conversation: event.text }
  return { extendedTextMessage: { text: event.text, contextInfo } }
}

/** Seals a message for the linked device. @throws while the device has given no keys. */
export async function sealFor(
  party: Party,
  account: Account,
  device: Device,
  message: proto.IMessage,
): Promise<BinaryNode> {
  const label = numberJid(account.phone, device.id)
  if (!(await party.hasSessionWith(label))) {
    const session = sessionWith(device)
    if (session === null) throw new Error('the device has no keys yet')
    await party.meet(label, session)
  }
  const { type, ciphertext } = await party.write(label, message)
  return node('enc', { v: '2', type }, ciphertext)
}

export function addressesOf(world: World, phone: string): Record<string, string> {
  return {
    from: lidJid(phone),
    addressing_mode: 'lid',
    ...(world.hidden.has(phone) ? {} : { sender_pn: numberJid(phone) }),
  }
}

/** The stanza of a person's message. */
export function stanzaOf(world: World, event: IncomingMessage, enc: BinaryNode, isLate: boolean): BinaryNode {
  return node(
    'message',
    {
      ...addressesOf(world, event.from),
      id: event.channelMessageId,
      t: seconds(event.at.getTime()),
      type: event.media === null ? 'text' : 'media',
      ...(event.fromName === null ? {} : { notify: event.fromName }),
      ...(isLate ? { offline: '0' } : {}),
    },
    [enc],
  )
}
