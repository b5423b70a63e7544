import type { OutboundMessage } from '@siar/channel'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { controlMethods, paths } from './http-protocol.ts'
import type { DownloadedFile, PollRequest, SessionKey } from './http-protocol.ts'
import { createMailbox } from './mailbox.ts'
import type { Mailbox } from './mailbox.ts'
import type { NetworkSession, SimulatedNetwork } from './network.ts'
import type { SimulatedSender } from './network-state.ts'
import { renderStatusPage } from './status-page.ts'

export interface SimulatorServer {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string
  readonly port: number
  /** Ends open calls and closes the network. */
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
}

type Body = { readonly message: OutboundMessage; readonly ref: string; readonly bytesMax: number }

type Send = (body: Body, session: NetworkSession, signal: AbortSignal) => unknown

class Sessions {
  private readonly instance = randomUUID()
  private readonly mailboxes = new Map<string, Mailbox>()
  private readonly sessions = new Map<string, NetworkSession>()
  private readonly network: SimulatedNetwork
  private readonly pollMs: number

  constructor(network: SimulatedNetwork, pollMs: number) {
    this.network = network
    this.pollMs = pollMs
  }

  open({ clientId, ...request }: SimulatedSender & SessionKey, turn: number): unknown {
    const key = `${clientId}/${request.senderId}`
    this.sessions.get(key)?.close()
    const mailbox = this.mailboxOf(clientId)
    const session = this.network.open(request, (events) => mailbox.put(request.senderId, turn, events))
    this.sessions.set(key, session)
    return { instance: this.instance, capabilities: session.capabilities }
  }

  find({ clientId, senderId }: SessionKey): NetworkSession | undefined {
    return this.sessions.get(`${clientId}/${senderId}`)
  }

  async poll({ clientId, ack }: PollRequest): Promise<unknown> {
    return { instance: this.instance, ...(await this.mailboxOf(clientId).poll(ack, this.pollMs)) }
  }

  private mailboxOf(clientId: string): Mailbox {
    const mailbox = this.mailboxes.get(clientId) ?? createMailbox()
    this.mailboxes.set(clientId, mailbox)
    return mailbox
  }
}

function presentFile(session: NetworkSession, ref: string, bytesMax: number): DownloadedFile | null {
  const file = session.download(ref)
  if (file === null || file.data.byteLength > bytesMax) return null
  const { mimeType, fileName, data } = file
  return { mimeType, fileName, dataBase64: Buffer.from(data).toString('base64') }
}

const sessionActions: Readonly<Record<string, Send>> = {
  [paths.send]: ({ message }, session, signal) => session.send(message, signal),
  [paths.typing]: (_body, session) => session.showTyping(),
  [paths.download]: ({ ref, bytesMax }, session) => presentFile(session, ref, bytesMax),
  [paths.close]: (_body, session) => session.close(),
  [paths.logOut]: (_body, session) => session.logOut(),
}

const notConnected = { kind: 'not_sent', reason: 'not_connected', retryAfterMs: 1_000 } as const

async function callControl(network: SimulatedNetwork, name: string, args: unknown): Promise<unknown> {
  const method = controlMethods.find((known) => known === name)
  if (method === undefined || !Array.isArray(args)) return undefined
  const call = network.control[method] as (...args: unknown[]) => Promise<unknown>
  return (await call(...(args as unknown[]))) ?? null
}

async function answer(
  network: SimulatedNetwork,
  sessions: Sessions,
  path: string,
  body: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  if (path.startsWith(paths.control)) return callControl(network, path.slice(paths.control.length), body)
  if (path === '/rules') return callControl(network, 'addRule', [body])
  if (path === paths.open) {
    const { turn, ...request } = body as SimulatedSender & SessionKey & { turn: number }
    return sessions.open(request, turn)
  }
  if (path === paths.poll) return sessions.poll(body as PollRequest)
  const action = sessionActions[path]
  if (!action) return undefined
  const session = sessions.find(body as SessionKey)
  if (!session) return notConnected
  return (await action(body as Body, session, signal)) ?? null
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk as string
  return text === '' ? null : (JSON.parse(text) as unknown)
}

function reply(response: ServerResponse, status: number, body: unknown, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` })
  response.end(type === 'application/json' ? JSON.stringify(body) : body)
}

async function show(network: SimulatedNetwork, url: URL, response: ServerResponse): Promise<void> {
  if (url.pathname === '/frames') {
    const messageId = url.searchParams.get('messageId')
    const senderId = url.searchParams.get('senderId')
    const frames = await network.control.frames({
      ...(messageId === null ? {} : { messageId }),
      ...(senderId === null ? {} : { senderId }),
      limit: Number(url.searchParams.get('limit') ?? 1_000),
    })
    return reply(response, 200, frames)
  }
  if (url.pathname === '/counts') return reply(response, 200, await network.control.counts())
  if (url.pathname !== '/') return reply(response, 404, { error: 'not found' })
  reply(response, 200, renderStatusPage(await network.control.counts()), 'text/html')
}

async function handle(
  network: SimulatedNetwork,
  sessions: Sessions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://simulator')
  if (request.method === 'GET') return show(network, url, response)
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const result = await answer(network, sessions, url.pathname, await readJson(request), gone.signal)
  if (result === undefined) reply(response, 404, { error: 'not found' })
  else reply(response, 200, result)
}

/**
 * Serves a network over HTTP, so that it outlives the product's process: for chaos tests and for other projects.
 *
 * `GET /` a page with counts, `/counts`, `/frames?messageId=&senderId=&limit=`; `POST /rules` one failure rule.
 */
export async function createSimulatorServer(options: SimulatorServerOptions): Promise<SimulatorServer> {
  const { network, host = '127.0.0.1', pollMs = 15_000 } = options
  const sessions = new Sessions(network, pollMs)
  const server = createServer((request, response) => {
    handle(network, sessions, request, response).catch((error: unknown) => {
      if (!response.headersSent) reply(response, 400, { error: String(error) })
    })
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, host, resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${host}:${port}`,
    port,
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await network.close()
    },
  }
}
