import type { GraphState, NumberState } from './account-state.ts'
import { faults } from './graph-fault.ts'
import { allowedNumber, obeyRules, readJsonBody } from './graph-request.ts'
import type { GraphRequest } from './graph-request.ts'
import type { Json } from './json.ts'
import { readForm } from './multipart.ts'
import { handleSend } from './send-handler.ts'
import type { HandlerEnd } from './send-handler.ts'

const knownFields = [
  'id',
  'display_phone_number',
  'verified_name',
  'quality_rating',
  'status',
  'messaging_limit_tier',
  'whatsapp_business_manager_messaging_limit',
  'throughput',
  'code_verification_status',
  'name_status',
  'platform_type',
] as const

function statusOf(state: GraphState, number: NumberState): string {
  if (number.fields.status !== null) return number.fields.status
  if (!number.isRegistered) return 'PENDING'
  const status = state.sessionOf(number).status()
  if (status === 'banned') return 'BANNED'
  return status === 'restricted' ? 'RESTRICTED' : 'CONNECTED'
}

/** Meta renamed the limit with v24.0. */
const absentIn = (version: string): string =>
  Number(version.slice(1)) >= 24 ? 'messaging_limit_tier' : 'whatsapp_business_manager_messaging_limit'

export function presentNumber(
  state: GraphState,
  number: NumberState,
  wanted: readonly string[],
  version: string,
): Json {
  const { id, phone, name = 'Toko Simulasi' } = number.number
  const all: Readonly<Record<(typeof knownFields)[number], unknown>> = {
    id,
    display_phone_number: phone,
    verified_name: name,
    quality_rating: number.fields.quality,
    status: statusOf(state, number),
    messaging_limit_tier: number.account.people.tier,
    whatsapp_business_manager_messaging_limit: number.account.people.tier,
    throughput: { level: number.fields.throughputLevel },
    code_verification_status: 'VERIFIED',
    name_status: 'APPROVED',
    platform_type: 'CLOUD_API',
  }
  const absent = absentIn(version)
  const unknown = wanted.find((field) => field === absent || !knownFields.some((known) => known === field))
  if (unknown !== undefined) throw faults.parameter(`Tried accessing nonexisting field (${unknown})`)
  return { ...Object.fromEntries(Object.entries(all).filter(([key]) => wanted.includes(key))), id }
}

function readNumber(state: GraphState, request: GraphRequest, number: NumberState): HandlerEnd {
  const fields = request.query.get('fields') ?? 'id,display_phone_number,verified_name,quality_rating'
  return { kind: 'answer', body: presentNumber(state, number, fields.split(','), request.version) }
}

function markRead(state: GraphState, body: Json): HandlerEnd {
  if (typeof body['message_id'] !== 'string' || body['message_id'] === '') throw faults.missing('message_id')
  state.calls.read += 1
  if (body['typing_indicator'] !== undefined) state.calls.typing += 1
  return { kind: 'answer', body: { success: true } }
}

function send(
  state: GraphState,
  number: NumberState,
  request: GraphRequest,
  isMarketing: boolean,
  signal: AbortSignal,
): HandlerEnd | Promise<HandlerEnd> {
  const body = readJsonBody(request)
  if (!isMarketing && body['status'] === 'read') return markRead(state, body)
  if (isMarketing) state.calls.marketing += 1
  else state.calls.messages += 1
  return handleSend({ state, number, body, isMarketing, signal })
}

function upload(state: GraphState, number: NumberState, request: GraphRequest): HandlerEnd {
  const parts = readForm(request.headers['content-type'] ?? '', request.body)
  const fieldOf = (name: string): string | undefined =>
    parts.find((part) => part.name === name)?.data.toString()
  if (fieldOf('messaging_product') !== 'whatsapp') throw faults.parameter('messaging_product is required')
  const file = parts.find((part) => part.name === 'file')
  if (file === undefined) throw faults.parameter('file is required')
  const type = fieldOf('type') ?? file.mimeType ?? ''
  state.calls.uploads += 1
  return { kind: 'answer', body: { id: state.media.add(number.number.id, type, file.data).id } }
}

function register(number: NumberState, request: GraphRequest): HandlerEnd {
  const { messaging_product: product, pin } = readJsonBody(request)
  if (product !== 'whatsapp') throw faults.parameter('messaging_product is required')
  if (typeof pin !== 'string' || !/^\d{6}$/.test(pin)) throw faults.parameter('pin must have 6 digits')
  number.isRegistered = true
  return { kind: 'answer', body: { success: true } }
}

/** Calls whose address begins with a phone number id. */
export function handleNumberCall(
  state: GraphState,
  request: GraphRequest,
  signal: AbortSignal,
): HandlerEnd | Promise<HandlerEnd> {
  const [id = '', action, ...rest] = request.path
  const known = state.numbers.get(id)
  if (known && state.sessionOf(known).status() === 'unreachable') return { kind: 'cut' }
  const number = allowedNumber(state, request, id)
  if (rest.length > 0) throw faults.unknownPath()
  const call = `${request.method} ${action ?? ''}`
  switch (call) {
    case 'GET ':
      state.calls.management += 1
      obeyRules(state, id, 'management')
      return readNumber(state, request, number)
    case 'POST messages':
      return send(state, number, request, false, signal)
    case 'POST marketing_messages':
      return send(state, number, request, true, signal)
    case 'POST media':
      obeyRules(state, id, 'media')
      return upload(state, number, request)
    case 'POST register':
      obeyRules(state, id, 'management')
      return register(number, request)
    case 'POST deregister':
      number.isRegistered = false
      return { kind: 'answer', body: { success: true } }
    default:
      throw faults.unknownPath()
  }
}
