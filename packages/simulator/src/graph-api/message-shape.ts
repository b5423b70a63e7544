import { faults } from './graph-fault.ts'
import { asRecord } from './json.ts'
import type { Json } from './json.ts'

/** A send, as far as the stand-in looks at it. */
export interface SentShape {
  /** E.164, or an id of WhatsApp. */
  readonly to: string
  readonly type: string
  /** The object named by `type`. */
  readonly part: Json
  /** Siar's id or another program's word; null when none was given. */
  readonly callbackData: string | null
  readonly inReplyTo: string | null
}

const userId = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/

function readRecipient(body: Json): string {
  const { to, recipient } = body
  if (typeof to === 'string' && to !== '') {
    const digits = to.replace(/[+\s()-]/g, '')
    if (!/^\d{6,15}$/.test(digits)) throw faults.value('to')
    return `+${digits}`
  }
  if (typeof recipient !== 'string') throw faults.missing('to')
  if (!userId.test(recipient)) throw faults.value('recipient')
  return recipient
}

function text(part: Json, key: string, max: number, where: string): string {
  const value = part[key]
  if (typeof value !== 'string' || value === '') throw faults.missing(`${where}.${key}`)
  if (value.length > max) throw faults.value(`${where}.${key}`)
  return value
}

function checkMedia(part: Json, kind: string): void {
  const { id, link, caption } = part
  if ((id === undefined) === (link === undefined)) throw faults.missing(`${kind}.id or ${kind}.link`)
  if (id !== undefined && typeof id !== 'string') throw faults.value(`${kind}.id`)
  if (caption === undefined) return
  if (kind === 'audio') throw faults.parameter('Unexpected key "caption" on param "audio"')
  if (typeof caption !== 'string' || caption.length > 1_024) throw faults.value(`${kind}.caption`)
}

function checkReplies(action: Json): void {
  const { buttons } = action
  if (!Array.isArray(buttons) || buttons.length === 0 || buttons.length > 3)
    throw faults.value('action.buttons')
  for (const button of buttons) {
    const reply = asRecord(asRecord(button)?.['reply'])
    if (reply === null) throw faults.missing('action.buttons.reply')
    text(reply, 'id', 256, 'action.buttons.reply')
    text(reply, 'title', 20, 'action.buttons.reply')
  }
}

function checkList(action: Json): void {
  text(action, 'button', 20, 'action')
  const sections = Array.isArray(action['sections']) ? action['sections'].map(asRecord) : []
  const rows: unknown[] = sections.flatMap((section): unknown[] =>
    Array.isArray(section?.['rows']) ? section['rows'] : [],
  )
  if (rows.length === 0 || rows.length > 10) throw faults.value('action.sections.rows')
  for (const row of rows.map(asRecord)) {
    if (row === null) throw faults.value('action.sections.rows')
    text(row, 'id', 200, 'row')
    text(row, 'title', 24, 'row')
    if (row['description'] !== undefined) text(row, 'description', 72, 'row')
  }
}

function checkInteractive(part: Json): void {
  const action = asRecord(part['action'])
  const body = asRecord(part['body'])
  if (action === null) throw faults.missing('interactive.action')
  if (body === null) throw faults.missing('interactive.body')
  text(body, 'text', 1_024, 'interactive.body')
  switch (part['type']) {
    case 'button':
      return checkReplies(action)
    case 'list':
      return checkList(action)
    case 'cta_url': {
      const parameters = asRecord(action['parameters'])
      if (action['name'] !== 'cta_url' || parameters === null) throw faults.value('interactive.action')
      text(parameters, 'display_text', 20, 'action.parameters')
      if (!URL.canParse(text(parameters, 'url', 2_000, 'action.parameters'))) throw faults.value('action.url')
      return
    }
    default:
      throw faults.value('interactive.type')
  }
}

function checkTemplate(part: Json): void {
  text(part, 'name', 512, 'template')
  const language = asRecord(part['language'])
  if (language === null) throw faults.missing('template.language')
  text(language, 'code', 15, 'template.language')
}

function checkPart(type: string, part: Json): void {
  switch (type) {
    case 'text':
      return void text(part, 'body', 4_096, 'text')
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return checkMedia(part, type)
    case 'interactive':
      return checkInteractive(part)
    case 'template':
      return checkTemplate(part)
    case 'reaction':
      return void text(part, 'message_id', 500, 'reaction')
    case 'location':
      if (typeof part['latitude'] !== 'number' || typeof part['longitude'] !== 'number') {
        throw faults.missing('location.latitude')
      }
      return
    default:
      throw faults.type(`${type} is not supported`)
  }
}

/** Reads the body of a send. @throws GraphFault for what Meta would turn away. Source: Meta, Cloud API messages. */
export function readSend(body: Json): SentShape {
  if (body['messaging_product'] !== 'whatsapp') throw faults.parameter('messaging_product is required')
  const to = readRecipient(body)
  const type = body['type'] ?? 'text'
  if (typeof type !== 'string') throw faults.value('type')
  const part = asRecord(body[type])
  if (part === null) throw faults.missing(type)
  checkPart(type, part)
  const callbackData = body['biz_opaque_callback_data']
  if (callbackData !== undefined && (typeof callbackData !== 'string' || callbackData.length > 512)) {
    throw faults.value('biz_opaque_callback_data')
  }
  const inReplyTo = asRecord(body['context'])?.['message_id']
  return {
    to,
    type,
    part,
    callbackData: callbackData ?? null,
    inReplyTo: typeof inReplyTo === 'string' ? inReplyTo : null,
  }
}
