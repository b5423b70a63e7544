import type { AccessCheck } from '@siar/contract'

export const checkedFields = [
  'accessToken',
  'phoneNumberId',
  'wabaId',
  'appSecret',
  'webhooks',
  'baseUrl',
  'session',
  'apiKey',
] as const
export type CheckedField = (typeof checkedFields)[number]

export const accessProblems = [
  'token_invalid',
  'permission_missing',
  'not_found',
  'not_in_waba',
  'not_registered',
  'secret_wrong',
  'not_subscribed',
  'unreachable',
  'rate_limited',
  'service_failed',
  'not_checked',
  'malformed',
  'key_wrong',
  'not_a_waha_server',
] as const
export type AccessProblemCode = (typeof accessProblems)[number]

export interface CheckLine {
  readonly field: CheckedField
  readonly state: AccessCheck['state']
  readonly problem: AccessProblemCode | null
}

const weight: Readonly<Record<AccessCheck['state'], number>> = { good: 0, not_checked: 1, wrong: 2 }

/** One line for each value, in the order they are entered: where one was tried twice, the worse outcome. */
export function linesOf(checks: readonly AccessCheck[]): CheckLine[] {
  return checkedFields.flatMap((field) => {
    const own = checks.filter((check) => check.field === field)
    const [worst] = [...own].sort((a, b) => weight[b.state] - weight[a.state])
    if (!worst) return []
    return [
      { field, state: worst.state, problem: accessProblems.find((code) => code === worst.problem) ?? null },
    ]
  })
}
