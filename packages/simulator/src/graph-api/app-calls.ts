import { createHmac } from 'node:crypto'
import type { GraphState } from './account-state.ts'
import { GraphFault, faults } from './graph-fault.ts'
import { accountsAllowed, argument } from './graph-request.ts'
import type { GraphRequest } from './graph-request.ts'
import type { HandlerEnd } from './send-handler.ts'

/** `oauth/access_token`: the code of a sign-up for the token of the business. */
export function exchangeCode(state: GraphState, request: GraphRequest): HandlerEnd {
  const app = state.apps.get(argument(request, 'client_id') ?? '')
  if (app === undefined || app.app.secret !== argument(request, 'client_secret')) {
    throw new GraphFault(400, 1, 'Error validating client secret.')
  }
  const code = argument(request, 'code') ?? ''
  const grant = state.codes.get(code)
  if (grant === undefined || grant.appId !== app.app.id) {
    throw new GraphFault(400, 100, 'This authorization code has expired or was used.', { subcode: 36009 })
  }
  state.codes.delete(code)
  return { kind: 'answer', body: { access_token: grant.token, token_type: 'bearer' } }
}

/** A signature beside the token must be the app's own. Source: Meta, securing Graph API requests. */
export function checkProof(state: GraphState, request: GraphRequest): void {
  const proof = request.query.get('appsecret_proof')
  if (proof === null || request.token === null) return
  const { token } = request
  const isOfApp = accountsAllowed(state, request).some(
    ({ app }) => createHmac('sha256', app.app.secret).update(token).digest('hex') === proof,
  )
  if (!isOfApp) throw new GraphFault(400, 100, 'Invalid appsecret_proof provided in the API argument')
}

/** First step of a resumable upload: an address for the bytes. */
export function beginUpload(state: GraphState, request: GraphRequest): HandlerEnd {
  accountsAllowed(state, request)
  const appId = request.path[0] ?? ''
  const lengthBytes = Number(argument(request, 'file_length'))
  if (!Number.isSafeInteger(lengthBytes) || lengthBytes <= 0)
    throw faults.parameter('file_length is required')
  if (argument(request, 'file_type') === null) throw faults.parameter('file_type is required')
  const id = `upload:${state.newId()}?sig=simulated`
  state.uploads.set(id, { appId, lengthBytes })
  return { kind: 'answer', body: { id } }
}

/** Second step: all bytes at once, for the handle of the file. */
export function takeUpload(state: GraphState, request: GraphRequest, id: string): HandlerEnd {
  accountsAllowed(state, request)
  const upload = state.uploads.get(id)
  if (upload === undefined) throw faults.noObject()
  if (request.headers['file_offset'] !== '0') throw faults.parameter('file_offset is required')
  if (request.body.byteLength !== upload.lengthBytes) throw faults.parameter('The file is cut off')
  state.uploads.delete(id)
  return { kind: 'answer', body: { h: `4::${Buffer.from(id).toString('base64url')}` } }
}

/** The address of a file: one this stand-in stored, or one a person sent through the network. */
export function readMediaAddress(state: GraphState, request: GraphRequest, url: string): HandlerEnd {
  const accounts = accountsAllowed(state, request)
  const [id = ''] = request.path
  const file = findFile(state, request, id)
  if (file === null) throw faults.noObject()
  const numberId = request.query.get('phone_number_id')
  if (numberId !== null) {
    const number = state.numbers.get(numberId)
    if (number === undefined || !accounts.includes(number.account)) throw faults.noObject()
  }
  return {
    kind: 'answer',
    body: {
      messaging_product: 'whatsapp',
      url: `${url}/media-files/${id}`,
      mime_type: file.mimeType,
      file_size: file.data.byteLength,
      id,
    },
  }
}

export interface ServedFile {
  readonly mimeType: string
  readonly data: Uint8Array
}

/** @returns null for a file that no number the token may use holds. */
export function findFile(state: GraphState, request: GraphRequest, id: string): ServedFile | null {
  const accounts = accountsAllowed(state, request)
  const stored = state.media.find(id)
  const numbers = [...state.numbers.values()].filter((number) => accounts.includes(number.account))
  if (stored) return numbers.some(({ number }) => number.id === stored.numberId) ? stored : null
  for (const number of numbers) {
    const file = state.sessionOf(number).download(id)
    if (file) return file
  }
  return null
}
