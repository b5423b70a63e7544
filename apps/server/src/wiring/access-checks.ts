import { checkCloudApiAccess, parseCloudApiSecrets, parseCloudApiSettings } from '@siar/channel-cloud-api'
import type { AccessPart, AccessProblem, AccessResult } from '@siar/channel-cloud-api'
import { checkWahaAccess, parseWahaSecrets, parseWahaSettings } from '@siar/channel-waha'
import type { AccessCheck, ChannelWithAccess } from '@siar/contract'
import type { ChannelKind } from '@siar/domain'
import type { AccessCheckOf, AccessChecks } from '../features/senders/index.ts'
import type { StandIns } from './stand-ins.ts'

const fieldOf: Readonly<Record<AccessPart, string>> = {
  token: 'accessToken',
  phone_number: 'phoneNumberId',
  waba: 'wabaId',
  templates: 'accessToken',
  app_secret: 'appSecret',
  webhooks: 'webhooks',
}

/** Says nothing about what was entered; asking again may. */
const passing: readonly AccessProblem[] = ['unreachable', 'rate_limited', 'service_failed', 'not_checked']

/** Asked of the account: they say nothing of the token or the webhook while the account itself is not found. */
const ofAccount: readonly AccessPart[] = ['templates', 'webhooks']

function present({ part, problem }: AccessResult): AccessCheck {
  const field = fieldOf[part]
  if (ofAccount.includes(part) && problem === 'not_found')
    return { field, state: 'not_checked', problem: 'not_checked' }
  if (problem === null) return { field, state: 'good', problem }
  const isOpen = passing.includes(problem) || part === 'webhooks'
  return { field, state: isOpen ? 'not_checked' : 'wrong', problem }
}

function cloudApiCheck(standIns: StandIns): AccessCheckOf {
  return async (access, signal) => {
    const settings = parseCloudApiSettings(access.settings)
    const secrets = parseCloudApiSecrets(access.secrets)
    if (settings.kind === 'invalid') return settings.problems.map(({ field }) => malformed(field))
    if (secrets.kind === 'invalid') return secrets.problems.map(({ field }) => malformed(field))
    const { graphApiUrl: baseUrl } = standIns
    const { results } = await checkCloudApiAccess({
      settings: settings.value,
      secrets: secrets.value,
      signal,
      ...(baseUrl === undefined ? {} : { baseUrl }),
    })
    if (results.some(({ part, problem }) => part === 'token' && problem === 'unreachable'))
      throw new Error('Meta could not be reached')
    return results.map(present)
  }
}

const malformed = (field: string): AccessCheck => ({ field, state: 'wrong', problem: 'malformed' })

const wahaCheck: AccessCheckOf = async (access, signal) => {
  const settings = parseWahaSettings(access.settings)
  const secrets = parseWahaSecrets(access.secrets)
  if (!settings.success) return settings.error.issues.map(({ path }) => malformed(path.join('.')))
  if (!secrets.success) return secrets.error.issues.map(({ path }) => malformed(path.join('.')))
  const problem = await checkWahaAccess(settings.data, secrets.data, signal)
  if (problem === 'unreachable') throw new Error('The WAHA server could not be reached')
  if (problem === 'not_a_waha_server')
    return [
      { field: 'baseUrl', state: 'wrong', problem },
      { field: 'apiKey', state: 'not_checked', problem: 'not_checked' },
    ]
  return [
    { field: 'baseUrl', state: 'good', problem: null },
    { field: 'apiKey', state: problem === null ? 'good' : 'wrong', problem },
  ]
}

/** How what a person enters for a channel is tried live. */
export function buildAccessChecks(standIns: StandIns): AccessChecks {
  const checks: Readonly<Record<ChannelWithAccess, AccessCheckOf>> = {
    cloud_api: cloudApiCheck(standIns),
    waha: wahaCheck,
  }
  return new Map(Object.entries(checks) as [ChannelKind, AccessCheckOf][])
}
