import type {
  MediaKind,
  OutboundMessage,
  OutboundTemplate,
  TemplateButtonValue,
  TemplateValue,
} from '@siar/channel'
import type { Json } from './json.ts'
import type { CloudApiSettings } from './settings.ts'

/** A file as Meta knows it after its upload. */
export interface UploadedMedia {
  readonly id: string
  readonly kind: MediaKind
  readonly fileName: string
}

export type Recipient = { readonly to: string } | { readonly recipient: string }

const phone = /^\+?(\d{6,15})$/
/** Source: Meta, business-scoped user ids: a country, perhaps `ENT`, and up to 128 letters and digits. */
const userId = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/

/** How Meta addresses a person, or null for an address that is of another kind of channel. */
export function recipientOf(address: string): Recipient | null {
  const digits = phone.exec(address)?.[1]
  if (digits !== undefined) return { to: digits }
  return userId.test(address) ? { recipient: address } : null
}

function mediaObject(media: UploadedMedia, caption: string): Json {
  return {
    id: media.id,
    ...(caption === '' || media.kind === 'audio' ? {} : { caption }),
    ...(media.kind === 'document' ? { filename: media.fileName } : {}),
  }
}

function textParameter({ name, text }: TemplateValue): Json {
  return { type: 'text', ...(name === null ? {} : { parameter_name: name }), text }
}

function buttonComponent({ index, kind, value }: TemplateButtonValue): Json {
  const base = { type: 'button', sub_type: kind, index: String(index) }
  if (kind === 'url') return { ...base, parameters: [{ type: 'text', text: value }] }
  if (kind === 'copy_code') return { ...base, parameters: [{ type: 'coupon_code', coupon_code: value }] }
  return { ...base, parameters: [{ type: 'payload', payload: value }] }
}

function templateObject(template: OutboundTemplate, media: UploadedMedia | null): Json {
  const header = media
    ? [{ type: media.kind, [media.kind]: mediaObject(media, '') }]
    : template.header.map(textParameter)
  const components: Json[] = []
  if (header.length > 0) components.push({ type: 'header', parameters: header })
  if (template.body.length > 0) {
    components.push({ type: 'body', parameters: template.body.map(textParameter) })
  }
  components.push(...template.buttons.map(buttonComponent))
  return {
    name: template.name,
    language: { policy: 'deterministic', code: template.language },
    ...(components.length > 0 ? { components } : {}),
  }
}

function actionOf({ buttons, link, list }: OutboundMessage): Json | null {
  if (buttons && buttons.length > 0) {
    const replies = buttons.map(({ id, title }) => ({ type: 'reply', reply: { id, title } }))
    return { type: 'button', action: { buttons: replies } }
  }
  if (link) {
    const parameters = { display_text: link.title, url: link.url }
    return { type: 'cta_url', action: { name: 'cta_url', parameters } }
  }
  if (!list) return null
  const rows = list.rows.map(({ id, title, description }) => ({
    id,
    title,
    ...(description === null ? {} : { description }),
  }))
  return { type: 'list', action: { button: list.title, sections: [{ title: list.title, rows }] } }
}

function contentOf(message: OutboundMessage, media: UploadedMedia | null, settings: CloudApiSettings): Json {
  if (message.template) return { type: 'template', template: templateObject(message.template, media) }
  const interactive = actionOf(message)
  if (interactive !== null) {
    const header = media ? { header: { type: media.kind, [media.kind]: mediaObject(media, '') } } : {}
    return { type: 'interactive', interactive: { ...interactive, ...header, body: { text: message.text } } }
  }
  if (media) return { type: media.kind, [media.kind]: mediaObject(media, message.text) }
  return { type: 'text', text: { body: message.text, preview_url: settings.linkPreview } }
}

/** True when the message goes through Marketing Messages API. */
export function isMarketingMessage(message: OutboundMessage, settings: CloudApiSettings): boolean {
  return settings.marketingMessages && message.template?.category === 'MARKETING'
}

/**
 * The body of one send. Pure.
 *
 * `biz_opaque_callback_data` carries Siar's id: every status echoes it, and nothing else can settle a lost answer.
 * Source: Meta's description of `sendMessage` and `sendMarketingMessage`; channels.md §1.
 */
export function messageBody(
  message: OutboundMessage,
  recipient: Recipient,
  media: UploadedMedia | null,
  settings: CloudApiSettings,
): Json {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...recipient,
    ...contentOf(message, media, settings),
    ...(message.inReplyTo === undefined ? {} : { context: { message_id: message.inReplyTo } }),
    ...(isMarketingMessage(message, settings) ? { product_policy: settings.productPolicy } : {}),
    biz_opaque_callback_data: message.messageId,
  }
}
