import { normalizeMessageContent } from 'baileys'
import type { proto } from 'baileys'
import type { IncomingMessage, Referral } from '@siar/channel'
import { readMedia } from './media-reference.ts'

/** What a person's message says; null for one that says nothing to us (a reaction, a key, a deletion, a call). */
export type MessageContent = Pick<IncomingMessage, 'text' | 'media' | 'button' | 'inReplyTo' | 'referral'>

type Button = NonNullable<IncomingMessage['button']>

function nativeFlowButton(message: proto.IMessage): Button | null {
  const { nativeFlowResponseMessage: flow, body } = message.interactiveResponseMessage ?? {}
  if (!flow) return null
  try {
    const { id } = JSON.parse(flow.paramsJson ?? '{}') as { id?: unknown }
    return typeof id === 'string' ? { id, title: body?.text ?? id } : null
  } catch {
    return null
  }
}

function buttonOf(message: proto.IMessage): Button | null {
  const { buttonsResponseMessage: buttons, templateButtonReplyMessage: template } = message
  const { listResponseMessage: list } = message
  if (buttons?.selectedButtonId) {
    return { id: buttons.selectedButtonId, title: buttons.selectedDisplayText ?? buttons.selectedButtonId }
  }
  if (template?.selectedId) {
    return { id: template.selectedId, title: template.selectedDisplayText ?? template.selectedId }
  }
  const row = list?.singleSelectReply?.selectedRowId
  if (row) return { id: row, title: list?.title ?? row }
  return nativeFlowButton(message)
}

function placeOf({ locationMessage, liveLocationMessage }: proto.IMessage): string | null {
  const place = locationMessage ?? liveLocationMessage
  if (!place) return null
  const { degreesLatitude, degreesLongitude } = place
  const name = locationMessage?.name ?? liveLocationMessage?.caption
  return `${name ? `${name} ` : ''}https://maps.google.com/?q=${degreesLatitude ?? 0},${degreesLongitude ?? 0}`
}

function contactsOf({ contactMessage, contactsArrayMessage }: proto.IMessage): string | null {
  const cards = contactMessage ? [contactMessage] : (contactsArrayMessage?.contacts ?? [])
  if (cards.length === 0) return null
  return cards.map(({ displayName, vcard }) => vcard ?? displayName ?? '').join('\n')
}

function contextOf(message: proto.IMessage): proto.IContextInfo | null {
  for (const part of Object.values(message) as unknown[]) {
    if (typeof part !== 'object' || part === null || !('contextInfo' in part)) continue
    const { contextInfo } = part as { contextInfo?: proto.IContextInfo | null }
    if (contextInfo) return contextInfo
  }
  return null
}

function referralOf(context: proto.IContextInfo | null): Referral | null {
  const ad = context?.externalAdReply
  if (!ad?.sourceId && !ad?.ctwaClid) return null
  return {
    kind: ad.sourceType === 'post' ? 'post' : 'ad',
    sourceId: ad.sourceId ?? null,
    clickId: ad.ctwaClid ?? null,
  }
}

function textOf(message: proto.IMessage): string | null {
  return message.conversation ?? message.extendedTextMessage?.text ?? placeOf(message) ?? contactsOf(message)
}

export function readContent(given: proto.IMessage | null | undefined): MessageContent | null {
  const message = normalizeMessageContent(given ?? undefined)
  if (!message) return null
  const button = buttonOf(message)
  const file = readMedia(message)
  const text = button?.title ?? textOf(message) ?? file?.caption ?? ''
  if (text === '' && file === null) return null
  const context = contextOf(message)
  return {
    text,
    button,
    media: file?.media ?? null,
    inReplyTo: context?.stanzaId ?? null,
    referral: referralOf(context),
  }
}
