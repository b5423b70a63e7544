import type { AccountState, GraphState } from './account-state.ts'
import { GraphFault, faults } from './graph-fault.ts'
import { allowedAccount, obeyRules, readJsonBody } from './graph-request.ts'
import type { GraphRequest } from './graph-request.ts'
import type { Json } from './json.ts'
import { presentNumber } from './number-calls.ts'
import type { HandlerEnd } from './send-handler.ts'
import { presentTemplate, readSubmission } from './templates.ts'
import type { StoredTemplate } from './templates.ts'

/** A page of a list, with the cursors Meta gives. */
function page(request: GraphRequest, all: readonly Json[]): HandlerEnd {
  const limit = Math.min(Math.max(Number(request.query.get('limit') ?? 25) || 25, 1), 250)
  const given = request.query.get('after')
  const start = given === null ? 0 : Number(Buffer.from(given, 'base64url').toString()) || 0
  const end = start + limit
  const cursor = (index: number): string => Buffer.from(String(index)).toString('base64url')
  const cursors = { before: cursor(start), after: cursor(Math.min(end, all.length)) }
  const next = end < all.length ? { next: `https://graph.facebook.com/next?after=${cursors.after}` } : {}
  return { kind: 'answer', body: { data: all.slice(start, end), paging: { cursors, ...next } } }
}

export function tellTemplate(
  state: GraphState,
  account: AccountState,
  template: StoredTemplate,
  field: string,
  more: Json,
): void {
  const value = {
    ...more,
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language,
  }
  state.tell(account, { wabaId: account.account.wabaId, number: null }, { field, list: null, value })
}

export function tellTemplateStatus(state: GraphState, account: AccountState, template: StoredTemplate): void {
  const { status, reason, category } = template
  tellTemplate(state, account, template, 'message_template_status_update', {
    event: status,
    reason: status === 'APPROVED' ? 'NONE' : reason,
    message_template_category: category,
  })
}

/** The review a template meets after a while. */
export function review(state: GraphState, account: AccountState, template: StoredTemplate): void {
  if (template.status !== 'PENDING') return
  const rules = state.reviewRules
  const rule =
    rules.findLast((one) => one.name === template.name) ?? rules.findLast((one) => one.name === undefined)
  if (rule?.end === 'recategorise') {
    const previous = template.category
    template.category = rule.category ?? 'MARKETING'
    tellTemplate(state, account, template, 'template_category_update', {
      previous_category: previous,
      new_category: template.category,
    })
  }
  template.status = rule?.end === 'reject' ? 'REJECTED' : 'APPROVED'
  template.reason = rule?.end === 'reject' ? (rule.reason ?? 'INVALID_FORMAT') : 'NONE'
  tellTemplateStatus(state, account, template)
}

function submit(state: GraphState, account: AccountState, request: GraphRequest): HandlerEnd {
  const template = readSubmission(readJsonBody(request), state.newId())
  account.templates.add(template)
  const { reviewMs = 50, network } = state.options
  network.clock.later(reviewMs, () => review(state, account, template))
  return { kind: 'answer', body: { id: template.id, status: template.status, category: template.category } }
}

function listTemplates(account: AccountState, request: GraphRequest): HandlerEnd {
  const name = request.query.get('name')
  const found = account.templates.list().filter((template) => name === null || template.name === name)
  return page(request, found.map(presentTemplate))
}

function removeTemplate(account: AccountState, request: GraphRequest): HandlerEnd {
  const name = request.query.get('name')
  if (name === null) throw faults.parameter('name is required')
  if (account.templates.remove(name) === 0) {
    throw new GraphFault(404, 100, 'Invalid parameter', { subcode: 2593002, details: 'No such template' })
  }
  return { kind: 'answer', body: { success: true } }
}

function listNumbers(state: GraphState, account: AccountState, request: GraphRequest): HandlerEnd {
  const fields = request.query.get('fields') ?? 'id,display_phone_number,verified_name,quality_rating'
  const numbers = [...state.numbers.values()].filter((number) => number.account === account)
  return page(
    request,
    numbers.map((number) => presentNumber(state, number, fields.split(','), request.version)),
  )
}

function listSubscriptions({ isSubscribed, app }: AccountState): HandlerEnd {
  const data = isSubscribed
    ? [{ whatsapp_business_api_data: { id: app.app.id, name: 'Siar', link: '' } }]
    : []
  return { kind: 'answer', body: { data } }
}

function setSubscription(account: AccountState, isSubscribed: boolean): HandlerEnd {
  account.isSubscribed = isSubscribed
  return { kind: 'answer', body: { success: true } }
}

function presentAccount({ account }: AccountState, request: GraphRequest): Json {
  const { wabaId: id, portfolioId = id } = account
  const all: Json = {
    name: 'Toko Simulasi',
    currency: 'IDR',
    timezone_id: '66',
    owner_business_info: { id: portfolioId, name: 'Toko Simulasi' },
  }
  const wanted = request.query.get('fields')?.split(',') ?? ['name', 'currency', 'timezone_id']
  return { id, ...Object.fromEntries(Object.entries(all).filter(([field]) => wanted.includes(field))) }
}

/** Calls whose address begins with the id of a WhatsApp Business account. */
export function handleAccountCall(state: GraphState, request: GraphRequest): HandlerEnd {
  const [id = '', action, ...rest] = request.path
  const account = allowedAccount(state, request, id)
  if (rest.length > 0) throw faults.unknownPath()
  state.calls.management += 1
  obeyRules(state, id, 'management')
  switch (`${request.method} ${action ?? ''}`) {
    case 'GET ':
      return { kind: 'answer', body: presentAccount(account, request) }
    case 'GET phone_numbers':
      return listNumbers(state, account, request)
    case 'GET message_templates':
      return listTemplates(account, request)
    case 'POST message_templates':
      return submit(state, account, request)
    case 'DELETE message_templates':
      return removeTemplate(account, request)
    case 'GET subscribed_apps':
      return listSubscriptions(account)
    case 'POST subscribed_apps':
      return setSubscription(account, true)
    case 'DELETE subscribed_apps':
      return setSubscription(account, false)
    default:
      throw faults.unknownPath()
  }
}
