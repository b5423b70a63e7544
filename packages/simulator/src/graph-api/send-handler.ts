import type { OutboundMedia, ReceiptPricing, SendOutcome } from '@siar/channel'
import { refusalReasons } from '@siar/domain'
import type { NetworkMessage } from '../network-message.ts'
import type { WindowState } from '../windows.ts'
import type { GraphState, NumberState } from './account-state.ts'
import type { CallEnd } from './call-rules.ts'
import { GraphFault, faults } from './graph-fault.ts'
import { asRecord } from './json.ts'
import type { Json } from './json.ts'
import { readSend } from './message-shape.ts'
import type { SentShape } from './message-shape.ts'
import { faultOfReason } from './refusal-codes.ts'
import { checkTemplateUse } from './templates.ts'
import type { StoredTemplate } from './templates.ts'
import { digitsOf } from './webhook-thing.ts'

/** What the HTTP server does with a call. */
export type HandlerEnd =
  | { readonly kind: 'answer'; readonly body: unknown }
  | { readonly kind: 'foreign'; readonly status: number; readonly body: string }
  | { readonly kind: 'cut' }
  | { readonly kind: 'hangs' }

export interface SendCall {
  readonly state: GraphState
  readonly number: NumberState
  readonly body: Json
  readonly isMarketing: boolean
  readonly signal: AbortSignal
}

function findMedia({ state, number }: SendCall, id: unknown): OutboundMedia {
  const file = typeof id === 'string' ? state.media.find(id) : undefined
  if (file === undefined || file.numberId !== number.number.id) {
    throw new GraphFault(400, 131052, 'Media download error', {
      details: 'The media id does not exist or expired',
    })
  }
  return {
    kind: 'document',
    mimeType: file.mimeType,
    fileName: '',
    sizeBytes: file.data.byteLength,
    fingerprint: file.id,
    read: async () => file.data,
  }
}

/** Every file a send names must be one of this number's. */
function checkFiles(call: SendCall, { type, part }: SentShape): void {
  if (part['id'] !== undefined) findMedia(call, part['id'])
  if (type !== 'template' || !Array.isArray(part['components'])) return
  for (const component of part['components'].map(asRecord)) {
    const parameters = Array.isArray(component?.['parameters']) ? component['parameters'] : []
    for (const parameter of parameters.map(asRecord)) {
      const file = asRecord(parameter?.[String(parameter['type'])])
      if (file?.['id'] !== undefined) findMedia(call, file['id'])
    }
  }
}

function findTemplate({ number, isMarketing }: SendCall, { type, part }: SentShape): StoredTemplate | null {
  if (type !== 'template') {
    if (isMarketing) throw faults.parameter('Only templates may be sent as marketing messages')
    return null
  }
  const language = asRecord(part['language'])?.['code']
  const stored = number.account.templates.find(String(part['name']), String(language))
  const template = checkTemplateUse(stored, part)
  if (isMarketing && template.category !== 'MARKETING') {
    throw faults.parameter('Only marketing templates may be sent as marketing messages')
  }
  return template
}

/** Source: Meta, pricing of Cloud API since July 2025; channels.md §1. */
function pricingOf(template: StoredTemplate | null, window: WindowState): ReceiptPricing {
  const category = template === null ? 'service' : template.category.toLowerCase()
  if (window === 'free_entry_point') return { billable: false, kind: 'free_entry_point', category }
  const isFree = template === null || (window === 'service' && template.category === 'UTILITY')
  return isFree
    ? { billable: false, kind: 'free_customer_service', category }
    : { billable: true, kind: 'regular', category }
}

function lateRefusal(code: number): NonNullable<NetworkMessage['refusal']> {
  return { reason: String(code), action: refusalReasons.other.action }
}

/** What Meta only finds out after it said yes. */
function findLateRefusal(
  { number }: SendCall,
  shape: SentShape,
  template: StoredTemplate | null,
  window: WindowState,
  rule: CallEnd | null,
): NetworkMessage['refusal'] {
  if (rule?.kind === 'error' && rule.late === true) return lateRefusal(rule.code)
  if (template === null && window === 'closed') return lateRefusal(131047)
  const isStopped = template?.category === 'MARKETING' && number.stoppedMarketing.has(shape.to)
  return isStopped ? lateRefusal(131050) : undefined
}

function checkLimits({ state, number }: SendCall, { to }: SentShape, window: WindowState): void {
  const nowMs = state.nowMs()
  if (!number.throughput.take(nowMs)) throw faults.throughput()
  if (!number.pairs.take(to, nowMs)) throw faults.pair()
  if (window === 'closed' && !number.account.people.take(to, nowMs)) {
    throw faults.spam('The limit of people of this portfolio is reached')
  }
}

function checkRule(rule: CallEnd | null): HandlerEnd | null {
  if (rule === null || rule.kind === 'cut' || rule.kind === 'hangs') return null
  if (rule.kind === 'foreign') return rule
  if (rule.late === true) return null
  const { status = 400, code, subcode, details, retryAfterS } = rule
  throw new GraphFault(status, code, 'The call was refused by a rule', {
    ...(subcode === undefined ? {} : { subcode }),
    ...(details === undefined ? {} : { details }),
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
  })
}

function answerOf(outcome: SendOutcome, shape: SentShape): HandlerEnd {
  switch (outcome.kind) {
    case 'accepted': {
      const isPhone = shape.to.startsWith('+')
      const input = digitsOf(shape.to)
      const contact = isPhone ? { input, wa_id: input } : { input, user_id: input }
      const message = {
        id: outcome.channelMessageId,
        ...(shape.type === 'template' ? { message_status: 'accepted' } : {}),
      }
      return {
        kind: 'answer',
        body: { messaging_product: 'whatsapp', contacts: [contact], messages: [message] },
      }
    }
    case 'refused':
      throw faultOfReason(outcome.reason)
    case 'not_sent':
    case 'unknown':
      return { kind: 'cut' }
    default:
      return outcome satisfies never
  }
}

/** Takes one send as far as the network. @throws GraphFault for what Meta refuses at once. */
export async function handleSend(call: SendCall): Promise<HandlerEnd> {
  const { state, number, signal } = call
  const session = state.sessionOf(number)
  if (!number.isRegistered) {
    throw new GraphFault(400, 133010, 'The account is not registered', {
      details: 'Register the number first',
    })
  }
  if (session.status() === 'banned') throw faults.locked()
  const shape = readSend(call.body)
  const rule = state.rules.take(number.number.id, 'messages', shape.to)
  const ruled = checkRule(rule)
  if (ruled !== null) return ruled
  if (rule !== null && (rule.kind === 'cut' || rule.kind === 'hangs') && !rule.shown) return rule
  checkFiles(call, shape)
  const template = findTemplate(call, shape)
  const window = session.windowOf(shape.to)
  checkLimits(call, shape, window)
  const refusal = findLateRefusal(call, shape, template, window, rule)
  const message: NetworkMessage = {
    messageId: shape.callbackData ?? '',
    to: shape.to,
    text: typeof shape.part['body'] === 'string' ? shape.part['body'] : '',
    pricing: pricingOf(template, window),
    ...(refusal === undefined ? {} : { refusal }),
  }
  const outcome = await session.send(message, signal)
  if (rule?.kind === 'cut' || rule?.kind === 'hangs') return rule
  return answerOf(outcome, shape)
}
