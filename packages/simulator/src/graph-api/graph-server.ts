import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { handleAccountCall } from './account-calls.ts'
import { GraphState } from './account-state.ts'
import { beginUpload, checkProof, exchangeCode, findFile, readMediaAddress, takeUpload } from './app-calls.ts'
import { createGraphControl } from './graph-control.ts'
import type { GraphApiControl } from './graph-control.ts'
import { GraphFault, faultBody, faults } from './graph-fault.ts'
import { obeyRules } from './graph-request.ts'
import type { GraphRequest } from './graph-request.ts'
import { handleNumberCall } from './number-calls.ts'
import type { GraphApiOptions } from './options.ts'
import { parseJson } from './json.ts'
import type { HandlerEnd } from './send-handler.ts'

export interface GraphApiServer {
  /** `http://127.0.0.1:<port>`: what stands for `https://graph.facebook.com`. */
  readonly url: string
  readonly port: number
  readonly control: GraphApiControl
  /** Ends open calls; the network stays. */
  close(): Promise<void>
}

const bodyBytesMax = 110_000_000

function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.byteLength
      if (size <= bodyBytesMax) chunks.push(chunk)
      else reject(new GraphFault(413, 1, 'The body is too large'))
    })
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
    request.on('error', reject)
  })
}

function tokenOf(request: IncomingMessage, query: URLSearchParams): string | null {
  const header = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return header ?? query.get('access_token')
}

function routeCall(
  state: GraphState,
  request: GraphRequest,
  url: string,
  signal: AbortSignal,
): HandlerEnd | Promise<HandlerEnd> {
  const [first = '', second] = request.path
  if (first === 'oauth' && second === 'access_token') return exchangeCode(state, request)
  if (request.method === 'POST' && first.startsWith('upload:')) {
    return takeUpload(state, request, `${first}?${request.query.toString()}`)
  }
  checkProof(state, request)
  if (request.method === 'POST' && second === 'uploads' && state.apps.has(first))
    return beginUpload(state, request)
  if (state.numbers.has(first)) return handleNumberCall(state, request, signal)
  if (state.accounts.has(first)) return handleAccountCall(state, request)
  obeyRules(state, null, 'management')
  if (request.method === 'GET' && second === undefined) return readMediaAddress(state, request, url)
  throw faults.unknownPath()
}

function reply(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json; charset=UTF-8',
    'content-length': Buffer.byteLength(text),
    'facebook-api-version': 'v23.0',
    ...headers,
  })
  response.end(text)
}

function present(response: ServerResponse, end: HandlerEnd): void {
  switch (end.kind) {
    case 'answer':
      return reply(response, 200, end.body)
    case 'foreign':
      response.writeHead(end.status, { 'content-type': 'text/html' })
      response.end(end.body)
      return
    case 'cut':
      response.socket?.destroy()
      return
    case 'hangs':
      return
    default:
      end satisfies never
  }
}

class Front {
  readonly state: GraphState
  url = ''
  control: GraphApiControl | null = null

  constructor(state: GraphState) {
    this.state = state
  }

  async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(incoming.url ?? '/', 'http://graph')
    const [version = '', ...path] = address.pathname.split('/').slice(1).map(decodeURIComponent)
    const request: GraphRequest = {
      method: incoming.method ?? 'GET',
      version,
      path,
      query: address.searchParams,
      headers: incoming.headers,
      token: tokenOf(incoming, address.searchParams),
      body: await readBody(incoming),
    }
    if (version === 'media-files') return this.serveFile(request, response)
    if (version === '_control') return reply(response, 200, await this.obey(request))
    if (!/^v\d{2}\.\d$/.test(version) || path.length === 0) throw faults.unknownPath()
    const gone = new AbortController()
    response.on('close', () => {
      if (!response.writableEnded) gone.abort()
    })
    present(response, await routeCall(this.state, request, this.url, gone.signal))
  }

  refuse(response: ServerResponse, error: unknown): void {
    if (response.headersSent || response.destroyed) return
    this.state.calls.refused += 1
    if (!(error instanceof GraphFault)) {
      return reply(response, 500, faultBody(new GraphFault(500, 1, 'An unknown error occurred'), 'simulated'))
    }
    const wait = error.retryAfterS === null ? {} : { 'retry-after': String(error.retryAfterS) }
    reply(response, error.status, faultBody(error, `A${this.state.newId()}`), wait)
  }

  /** The hands on it for other programs: `POST /_control/<name>` with a JSON array of arguments. */
  private async obey({ path, body }: GraphRequest): Promise<unknown> {
    const [name = ''] = path
    const args = parseJson(body)
    const control = this.control
    if (control === null || !Object.hasOwn(control, name) || !Array.isArray(args)) {
      throw new GraphFault(404, 2500, 'Unknown path components')
    }
    const call = control[name as keyof GraphApiControl] as (...args: unknown[]) => unknown
    return (await call(...(args as unknown[]))) ?? null
  }

  private serveFile(request: GraphRequest, response: ServerResponse): void {
    const file = findFile(this.state, request, request.path[0] ?? '')
    if (file === null) return reply(response, 404, { error: { message: 'Not found' } })
    response.writeHead(200, { 'content-type': file.mimeType, 'content-length': file.data.byteLength })
    response.end(file.data)
  }
}

/**
 * Serves what Cloud API and its account calls are, over a simulated network: `https://graph.facebook.com` for tests.
 *
 * Strict: what Meta refuses, it refuses, in Meta's words. Statuses and messages go to the webhook of the account's app,
 * signed, until they are answered with 200.
 */
export async function createGraphApiServer(options: GraphApiOptions): Promise<GraphApiServer> {
  const { host = '127.0.0.1' } = options
  const front = new Front(new GraphState(options))
  const server = createServer((request, response) => {
    front.handle(request, response).catch((error: unknown) => front.refuse(response, error))
  })
  server.keepAliveTimeout = 60_000
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, () => {
        server.off('error', reject)
        resolve()
      })
    })
  const hangUp = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  await listen(options.port)
  const { port } = server.address() as AddressInfo
  front.url = `http://${host}:${port}`
  const control = createGraphControl(front.state, { hangUp, listen: () => listen(port) })
  front.control = control
  return {
    url: front.url,
    port,
    control,
    close: async () => {
      front.state.close()
      await hangUp()
    },
  }
}
