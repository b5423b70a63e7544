import { checkCloudApiAccess, parseCloudApiSecrets, parseCloudApiSettings } from '@siar/channel-cloud-api'
import type { AccessPart, AccessProblem, AccessResult } from '@siar/channel-cloud-api'
import { checkWahaAccess, parseWahaSecrets, parseWahaSettings } from '@siar/channel-waha'
import type { AccessCheck } from '@siar/contract'
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

function present({ part, problem }: AccessResult): AccessCheck {
  const field = fieldOf[part]
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
  return [
    { field: 'baseUrl', state: problem === 'not_a_waha_server' ? 'wrong' : 'good', problem },
    { field: 'apiKey', state: problem === 'key_wrong' ? 'wrong' : 'good', problem },
  ]
}

/** How what a person enters for a channel is tried live. */
export function buildAccessChecks(standIns: StandIns): AccessChecks {
  return new Map([
    ['cloud_api', cloudApiCheck(standIns)],
    ['waha', wahaCheck],
  ])
}
