import { createHmac } from 'node:crypto'
import { graphApiUrl } from './graph-api-url.ts'
import type { GraphClient, GraphEnd } from './graph-client.ts'
import { asList, asRecord, asText } from './json.ts'
import { isManagementLimit } from './management-gate.ts'
import { withClient } from './outside-client.ts'
import type { OutsideCall } from './outside-client.ts'
import { refusalOf } from './refusal-table.ts'
import type { CloudApiSecrets, CloudApiSettings } from './settings.ts'

/** What a person entered, one by one. */
export const accessParts = ['token', 'phone_number', 'waba', 'templates', 'app_secret', 'webhooks'] as const

export type AccessPart = (typeof accessParts)[number]

/**
 * Why a part did not pass. `unreachable`, `rate_limited` and `service_failed` say nothing about it: ask again.
 * `not_checked`: another part has to be put right first.
 */
export type AccessProblem =
  | 'token_invalid'
  | 'permission_missing'
  | 'not_found'
  | 'not_in_waba'
  | 'not_registered'
  | 'secret_wrong'
  | 'not_subscribed'
  | 'unreachable'
  | 'rate_limited'
  | 'service_failed'
  | 'not_checked'

export interface AccessResult {
  readonly part: AccessPart
  /** null: it passed. */
  readonly problem: AccessProblem | null
}

export interface AccessReport {
  readonly results: readonly AccessResult[]
  /** What Meta says of the number, once it was seen. */
  readonly number: { readonly phone: string | null; readonly name: string | null } | null
}

export interface AccessCheck extends OutsideCall {
  readonly settings: CloudApiSettings
  readonly secrets: Pick<CloudApiSecrets, 'accessToken' | 'appSecret'>
}

const notFoundSubcode = 33

function problemOf(end: GraphEnd): AccessProblem | null {
  if (end.kind === 'done') return null
  if (end.kind !== 'failed') return 'unreachable'
  if (isManagementLimit(end)) return 'rate_limited'
  const { error } = end
  if (error.code === 100 && error.subcode === notFoundSubcode) return 'not_found'
  switch (refusalOf(error).reason) {
    case 'sender_signed_out':
      return 'token_invalid'
    case 'permission_missing':
      return 'permission_missing'
    default:
      return error.code === null || error.httpStatus >= 500 ? 'service_failed' : 'not_found'
  }
}

function checkRegistered(end: GraphEnd): AccessProblem | null {
  const problem = problemOf(end)
  if (problem !== null || end.kind !== 'done') return problem
  const status = asText(end.body['status'])
  return status === 'PENDING' || status === 'DISCONNECTED' ? 'not_registered' : null
}

function checkMembership(end: GraphEnd, phoneNumberId: string): AccessProblem | null {
  const problem = problemOf(end)
  if (problem !== null || end.kind !== 'done') return problem
  const ids = asList(end.body['data']).map((entry) => asText(asRecord(entry)['id']))
  return ids.includes(phoneNumberId) ? null : 'not_in_waba'
}

function checkSubscription(end: GraphEnd, appId: string | null): AccessProblem | null {
  const problem = problemOf(end)
  if (problem !== null || end.kind !== 'done') return problem
  const ids = asList(end.body['data']).map((entry) =>
    asText(asRecord(asRecord(entry)['whatsapp_business_api_data'])['id']),
  )
  const isThere = appId === null ? ids.length > 0 : ids.includes(appId)
  return isThere ? null : 'not_subscribed'
}

/** The secret is the token's own when Meta takes a proof made with both. Source: Meta, securing Graph API requests. */
function checkSecret(end: GraphEnd): AccessProblem | null {
  const isRefused = end.kind === 'failed' && end.error.code === 100 && end.error.subcode === null
  return isRefused ? 'secret_wrong' : problemOf(end)
}

const tokenBlames: readonly (AccessProblem | null)[] = [
  'token_invalid',
  'unreachable',
  'rate_limited',
  'service_failed',
]

async function check(client: GraphClient, { settings, secrets, signal }: AccessCheck): Promise<AccessReport> {
  const { phoneNumberId, wabaId, appId } = settings
  const options = { signal, timeoutMs: 15_000 }
  const number = await client.get(
    phoneNumberId,
    { fields: 'id,display_phone_number,verified_name,status' },
    options,
  )
  const first = checkRegistered(number)
  if (tokenBlames.includes(first)) {
    const rest = accessParts.slice(1).map((part) => ({ part, problem: 'not_checked' as const }))
    return { results: [{ part: 'token', problem: first }, ...rest], number: null }
  }
  const proof = createHmac('sha256', secrets.appSecret).update(secrets.accessToken).digest('hex')
  const [numbers, templates, secret, apps] = await Promise.all([
    client.get(`${wabaId}/phone_numbers`, { fields: 'id', limit: '100' }, options),
    client.get(`${wabaId}/message_templates`, { fields: 'id', limit: '1' }, options),
    client.get(
      first === 'not_found' ? wabaId : phoneNumberId,
      { fields: 'id', appsecret_proof: proof },
      options,
    ),
    client.get(`${wabaId}/subscribed_apps`, {}, options),
  ])
  return {
    results: [
      { part: 'token', problem: null },
      { part: 'phone_number', problem: first },
      { part: 'waba', problem: checkMembership(numbers, phoneNumberId) },
      { part: 'templates', problem: problemOf(templates) },
      { part: 'app_secret', problem: checkSecret(secret) },
      { part: 'webhooks', problem: checkSubscription(apps, appId) },
    ],
    number: presentNumber(number),
  }
}

function presentNumber(end: GraphEnd): AccessReport['number'] {
  if (end.kind !== 'done') return null
  const digits = asText(end.body['display_phone_number'])?.replace(/\D/g, '') ?? ''
  return { phone: digits === '' ? null : `+${digits}`, name: asText(end.body['verified_name']) }
}

/**
 * Tries everything a person entered against Meta, each part with a result of its own, in at most 5 calls. Changes
 * nothing. The verify token cannot be tried from here: Meta proves it when the webhook is set up.
 */
export function checkCloudApiAccess(given: AccessCheck): Promise<AccessReport> {
  const { settings, secrets, baseUrl = graphApiUrl } = given
  const { apiVersion } = settings
  return withClient({ ...given, baseUrl, apiVersion, accessToken: secrets.accessToken }, (client) =>
    check(client, given),
  )
}
