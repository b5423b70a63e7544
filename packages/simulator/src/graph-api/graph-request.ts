import type { IncomingHttpHeaders } from 'node:http'
import type { AccountState, GraphState, NumberState } from './account-state.ts'
import type { CallKind } from './call-rules.ts'
import { GraphFault, faults } from './graph-fault.ts'
import { asRecord, parseJson } from './json.ts'
import type { Json } from './json.ts'

/** One call, read as far as all calls are alike. */
export interface GraphRequest {
  readonly method: string
  /** `v23.0`. */
  readonly version: string
  /** Without the version. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly token: string | null
}

export function readJsonBody({ body }: GraphRequest): Json {
  const json = asRecord(body.byteLength === 0 ? {} : parseJson(body))
  if (json === null) throw faults.parameter('The body is not a JSON object')
  return json
}

/** Meta takes arguments in the address or in the body. */
export function argument(request: GraphRequest, name: string): string | null {
  const inQuery = request.query.get(name)
  if (inQuery !== null) return inQuery
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return new URLSearchParams(request.body.toString('utf8')).get(name)
  }
  const value = type.startsWith('application/json') ? readJsonBody(request)[name] : undefined
  return typeof value === 'string' ? value : null
}

function accountsOfToken(state: GraphState, token: string): AccountState[] {
  return [...state.accounts.values()].filter(({ tokens }) => tokens.has(token))
}

/** @throws GraphFault when the token is missing or nobody's. */
export function accountsAllowed(state: GraphState, { token }: GraphRequest): AccountState[] {
  if (token === null) throw faults.noToken()
  const accounts = accountsOfToken(state, token)
  if (accounts.length === 0) throw faults.badToken()
  return accounts
}

/** @throws GraphFault when the token may not see it, as for one that is not there. */
export function allowedNumber(state: GraphState, request: GraphRequest, id: string): NumberState {
  const number = state.numbers.get(id)
  if (number === undefined || request.token === null || !number.account.tokens.has(request.token)) {
    accountsAllowed(state, request)
    throw faults.noObject()
  }
  if (state.sessionOf(number).status() === 'logged_out') throw faults.badToken()
  return number
}

export function allowedAccount(state: GraphState, request: GraphRequest, id: string): AccountState {
  const account = accountsAllowed(state, request).find((one) => one.account.wabaId === id)
  if (account === undefined) throw faults.noObject()
  return account
}

/** A test's wish for the next call of this kind. @throws GraphFault for an error; other ends are for sends only. */
export function obeyRules(state: GraphState, objectId: string | null, call: CallKind): void {
  const end = state.rules.take(objectId, call, null)
  if (end === null || end.kind !== 'error') return
  const { status = 400, code, subcode, details, retryAfterS } = end
  throw new GraphFault(status, code, 'The call was refused by a rule', {
    ...(subcode === undefined ? {} : { subcode }),
    ...(details === undefined ? {} : { details }),
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
  })
}
