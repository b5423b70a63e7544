import { graphApiUrl } from './graph-api-url.ts'
import type { GraphClient, GraphEnd } from './graph-client.ts'
import { asText } from './json.ts'
import { withClient } from './outside-client.ts'
import type { OutsideCall } from './outside-client.ts'
import { defaultApiVersion } from './settings.ts'

/** How one step of a sign-up ended. `try_again`: Meta could not be asked; nothing is known to have changed. */
export type SignupStep<Value = null> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  | { readonly kind: 'try_again'; readonly reason: string }

function stepOf(end: GraphEnd): SignupStep {
  switch (end.kind) {
    case 'done':
      return { kind: 'done', value: null }
    case 'failed': {
      const { code, httpStatus, sentence } = end.error
      if (httpStatus >= 500 || code === null) return { kind: 'try_again', reason: 'service_failed' }
      return { kind: 'refused', code: String(code), detail: sentence ?? '' }
    }
    case 'not_sent':
    case 'lost':
      return { kind: 'try_again', reason: end.reason }
    default:
      return end satisfies never
  }
}

function call<Result>(
  given: OutsideCall,
  accessToken: string,
  use: (client: GraphClient) => Promise<Result>,
): Promise<Result> {
  const { baseUrl = graphApiUrl, apiVersion = defaultApiVersion } = given
  return withClient({ ...given, baseUrl, apiVersion, accessToken }, use)
}

export interface SignupCode extends OutsideCall {
  readonly appId: string
  readonly appSecret: string
  /** From the browser; lives 30 seconds and works once. */
  readonly code: string
}

/** First step of Embedded Signup: the code for the access token of the business. */
export function exchangeSignupCode(given: SignupCode): Promise<SignupStep<{ readonly accessToken: string }>> {
  const { appId, appSecret, code, signal } = given
  return call(given, '', async (client) => {
    const query = { client_id: appId, client_secret: appSecret, code }
    const end = await client.get('oauth/access_token', query, { signal })
    const accessToken = end.kind === 'done' ? asText(end.body['access_token']) : null
    if (accessToken !== null) return { kind: 'done', value: { accessToken } }
    const step = stepOf(end)
    return step.kind === 'done' ? { kind: 'try_again', reason: 'unexpected_answer' } : step
  })
}

export interface AccountCall extends OutsideCall {
  readonly accessToken: string
  readonly wabaId: string
}

/** Second step: from now on the account's webhooks come to the app of the token. Doing it twice is fine. */
export function subscribeToAccount(given: AccountCall): Promise<SignupStep> {
  return call(given, given.accessToken, async (client) =>
    stepOf(await client.post(`${given.wabaId}/subscribed_apps`, {}, { signal: given.signal })),
  )
}

export interface RegisterCall extends OutsideCall {
  readonly accessToken: string
  readonly phoneNumberId: string
  /** Six digits; becomes the number's two-step code, or must be the one it has. */
  readonly pin: string
}

/** Last step: the number sends through Cloud API from now on. Doing it twice is fine; Meta allows it 10 times in 3 days. */
export function registerNumber(given: RegisterCall): Promise<SignupStep> {
  const { accessToken, phoneNumberId, pin, signal } = given
  return call(given, accessToken, async (client) =>
    stepOf(
      await client.post(`${phoneNumberId}/register`, { messaging_product: 'whatsapp', pin }, { signal }),
    ),
  )
}
