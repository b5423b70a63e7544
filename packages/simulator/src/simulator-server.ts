import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ZodError } from 'zod'
import type { SimulatedNetwork } from './network.ts'
import { answerApi } from './workbench/control-api.ts'
import type { Workbench } from './workbench/control-api.ts'
import { actOnPage, showPage } from './workbench/page-desk.ts'
import { createRecentFrames } from './workbench/recent-frames.ts'
import { RemoteSessions } from './workbench/remote-sessions.ts'
import {
  checkHost,
  checkSite,
  checkType,
  readJson,
  readText,
  RequestRefused,
} from './workbench/request-guard.ts'
import type { StandIn } from './workbench/stand-in.ts'

export interface SimulatorServer {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string
  readonly port: number
  readonly standIns: readonly StandIn[]
  /** Ends open calls, closes the stand-ins and the network. */
  close(): Promise<void>
}

export interface SimulatorServerOptions {
  readonly network: SimulatedNetwork
  /** 0 takes a free one. */
  readonly port: number
  /** `127.0.0.1` unless told: there is no log-in, whoever reaches it rules the simulated world. */
  readonly host?: string
  /** How long a poll waits for events; 15 s unless told. */
  readonly pollMs?: number
  /** Servers over the same network, started before; closed with this one. */
  readonly standIns?: readonly StandIn[]
}

const headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
} as const

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...headers, 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(body))
}

async function answerPost(
  workbench: Workbench,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  checkSite(request)
  if (path.startsWith('/page/')) {
    checkType(request, 'application/x-www-form-urlencoded')
    const where = await actOnPage(
      workbench,
      path.slice('/page/'.length),
      new URLSearchParams(await readText(request)),
    )
    response.writeHead(303, { ...headers, location: where }).end()
    return
  }
  checkType(request, 'application/json')
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const result = await answerApi(workbench, path, await readJson(request), gone.signal)
  if (result === undefined) throw new RequestRefused(404, 'There is nothing at this path')
  reply(response, 200, result ?? null)
}

async function answerGet(workbench: Workbench, url: URL, response: ServerResponse): Promise<void> {
  if (url.pathname === '/') {
    response.writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8' })
    response.end(await showPage(workbench, url.searchParams))
    return
  }
  const result = await answerApi(workbench, url.pathname, url.searchParams)
  if (result === undefined) throw new RequestRefused(404, 'There is nothing at this path')
  reply(response, 200, result)
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy()
  if (error instanceof RequestRefused) return reply(response, error.status, { error: error.message })
  if (error instanceof ZodError) {
    const problems = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    return reply(response, 400, { error: 'The body has another shape', problems: problems.slice(0, 20) })
  }
  reply(response, 500, { error: 'The simulator failed' })
}

/**
 * Serves a network over HTTP, so that it outlives the product's process: for chaos tests and for other projects.
 *
 * `GET /` a page with everything in reach; the same as JSON: docs/simulator/README.md. Requests that pages of other
 * sites make are refused.
 */
export async function createSimulatorServer(options: SimulatorServerOptions): Promise<SimulatorServer> {
  const { network, host = '127.0.0.1', pollMs = 15_000, standIns = [] } = options
  const workbench: Workbench = {
    network,
    standIns,
    sessions: new RemoteSessions(network, pollMs),
    recent: createRecentFrames(network.record),
    url: '',
  }
  const server = createServer((request, response) => {
    const handle = async (): Promise<void> => {
      checkHost(request, host)
      const url = new URL(request.url ?? '/', 'http://simulator')
      if (request.method === 'GET') return answerGet(workbench, url, response)
      if (request.method === 'POST') return answerPost(workbench, url.pathname, request, response)
      throw new RequestRefused(405, 'Only GET and POST are answered')
    }
    handle().catch((error: unknown) => refuse(response, error))
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, host, resolve)
  })
  const { port } = server.address() as AddressInfo
  workbench.url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  return {
    url: workbench.url,
    port,
    standIns,
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      for (const standIn of [...standIns].reverse()) await standIn.close()
      await network.close()
    },
  }
}
