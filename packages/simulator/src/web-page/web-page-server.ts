import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SimulatedNetwork } from '../network.ts'
import type { SimulatorSettings } from '../simulator-settings.ts'
import { createPageAccount, settle } from './page-account.ts'
import type { PageAccount } from './page-account.ts'
import { pageCalls } from './page-calls.ts'
import type { CallContext } from './page-calls.ts'
import { connectPage } from './page-connection.ts'
import { createPageControl } from './page-control.ts'
import type { WebPageControl } from './page-control.ts'
import { policyOf, readScript, renderDocument } from './page-document.ts'

export interface WebPageServerOptions {
  readonly network: SimulatedNetwork
  /** 0 takes a free one. */
  readonly port: number
  /** `127.0.0.1` unless told: there is no log-in. */
  readonly host?: string
  /** How the network treats every account here; ids are always echoed, as WhatsApp Web does. */
  readonly simulator?: Partial<SimulatorSettings>
}

export interface WebPageServer {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string
  readonly control: WebPageControl
  /** The page of one account. */
  pageUrl(account: string): string
  /** Ends all pages. The network stays. */
  close(): Promise<void>
}

const bodyBytesMax = 160_000_000

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown> | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength
    if (size > bodyBytesMax) return null
    chunks.push(chunk)
  }
  try {
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : null
  } catch {
    return null
  }
}

class WebPageHost {
  readonly accounts = new Map<string, PageAccount>()
  private readonly options: WebPageServerOptions

  constructor(options: WebPageServerOptions) {
    this.options = options
  }

  account(name: string): PageAccount {
    const known = this.accounts.get(name) ?? createPageAccount(name)
    this.accounts.set(name, known)
    return known
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://page')
    if (request.method === 'GET') return this.show(url, response)
    if (request.method !== 'POST') return reply(response, 405, { error: 'method not allowed' })
    const body = await readBody(request)
    if (body === null) return reply(response, 400, { error: 'not a JSON object' })
    const account = this.accounts.get(String(body['account']))
    const open = account?.open
    if (!account || !open || open.page !== body['page'])
      return reply(response, 409, { ok: false, code: 'conflict' })
    if (url.pathname === '/api/taken') {
      settle(account, open, Number(body['id']))
      return reply(response, 200, {})
    }
    if (url.pathname !== '/api/call') return reply(response, 404, { error: 'not found' })
    return this.call(account, body, response)
  }

  private async show(url: URL, response: ServerResponse): Promise<void> {
    if (url.pathname === '/') {
      const nonce = randomBytes(16).toString('base64')
      const headers = {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policyOf(nonce),
      }
      response.writeHead(200, headers).end(renderDocument(nonce))
      return
    }
    if (url.pathname === '/api/stream') return this.openStream(url, response)
    const [, name] = /^\/page\/([a-z-]+)\.ts$/.exec(url.pathname) ?? []
    const script = name === undefined ? null : await readScript(name)
    if (script === null) return reply(response, 404, { error: 'not found' })
    response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(script)
  }

  private openStream(url: URL, response: ServerResponse): void {
    const name = url.searchParams.get('account') ?? ''
    const page = url.searchParams.get('page') ?? ''
    if (name === '' || page === '') return reply(response, 400, { error: 'account and page are needed' })
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    const device = url.searchParams.get('device') ?? ''
    const { network, simulator = {} } = this.options
    connectPage(network, this.account(name), { page, device }, response, simulator)
  }

  private async call(
    account: PageAccount,
    body: Record<string, unknown>,
    response: ServerResponse,
  ): Promise<void> {
    const session = account.open?.session
    const method = String(body['method'])
    if (!session || !Object.hasOwn(pageCalls, method))
      return reply(response, 404, { ok: false, code: 'no_such_call' })
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const context: CallContext = { account, session, signal: gone.signal }
    const handler = pageCalls[method as keyof typeof pageCalls] as (
      context: CallContext,
      args: unknown,
    ) => Promise<unknown>
    reply(response, 200, await handler(context, body['args']))
  }
}

/**
 * Serves a page that stands in for WhatsApp Web: it offers the surface of wa-js (`window.WPP`) that clients use, and
 * every account behind it lives in the simulated network under its own name.
 */
export async function createWebPageServer(options: WebPageServerOptions): Promise<WebPageServer> {
  const { host = '127.0.0.1' } = options
  const pages = new WebPageHost(options)
  const server = createServer((request, response) => {
    pages.handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) reply(response, 500, { error: String(error) })
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, host, resolve)
  })
  const { port } = server.address() as AddressInfo
  const url = `http://${host}:${port}`
  return {
    url,
    control: createPageControl((name) => pages.account(name)),
    pageUrl: (account) => `${url}/?account=${encodeURIComponent(account)}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
