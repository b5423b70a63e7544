import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SimulatedNetwork } from '../network.ts'
import { createOutlet } from './outlet.ts'
import { defaultBehaviour } from './waha-options.ts'
import type { WahaBehaviour } from './waha-options.ts'
import { problem, unauthorized, WahaProblem } from './waha-problem.ts'
import type { WahaAnswer, WahaWorld } from './waha-call.ts'
import { answerCall } from './waha-routes.ts'
import { WahaSession } from './waha-session.ts'
import { WebhookPost } from './webhook-post.ts'

export interface WahaServer {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string
  /** A session that was linked before this server started, as one restored from WAHA's own storage. */
  link(session: string, phone: string): void
  /** Ends open calls and stops its sessions; the network goes on. */
  close(): Promise<void>
}

export interface WahaServerOptions extends Partial<WahaBehaviour> {
  readonly network: SimulatedNetwork
  /** 0 takes a free one. */
  readonly port: number
  /** `127.0.0.1` unless told. */
  readonly host?: string
  /** What `X-Api-Key` has to be. */
  readonly apiKey: string
}

/** As WAHA's own parser: 50 MB. */
const bodyBytesMax = 52_428_800

const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
  'audio/ogg': 'oga',
  'application/pdf': 'pdf',
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > bodyBytesMax) throw problem(413, 'request entity too large')
    chunks.push(chunk)
  }
  if (size === 0) return {}
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return {}
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw problem(400, 'Unexpected token in JSON')
  }
}

function write(response: ServerResponse, answer: WahaAnswer): void {
  if (answer === null) return void response.destroy()
  if ('file' in answer) {
    response.writeHead(200, { 'content-type': answer.mimeType, 'content-length': answer.file.byteLength })
    return void response.end(answer.file)
  }
  const text = answer.body === undefined ? '' : JSON.stringify(answer.body)
  const headers = text === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }
  response.writeHead(answer.status, headers)
  response.end(text)
}

async function handle(
  world: WahaWorld,
  apiKey: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://waha')
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  try {
    const key = request.headers['x-api-key'] ?? url.searchParams.get('x-api-key')
    if (key !== apiKey) throw unauthorized
    const body = await readBody(request)
    write(response, await answerCall(world, request.method ?? 'GET', url, body, gone.signal))
  } catch (error) {
    if (!(error instanceof WahaProblem)) throw error
    if (!request.complete) response.setHeader('connection', 'close')
    write(response, { status: error.status, body: error.body })
  }
}

/**
 * A WAHA server whose sessions are accounts of the simulated network: the same calls, answers, states, webhooks and
 * refusals. What it does not have answers 404.
 */
export async function createWahaServer(options: WahaServerOptions): Promise<WahaServer> {
  const { network, port, host = '127.0.0.1', apiKey, ...given } = options
  const behaviour: WahaBehaviour = { ...defaultBehaviour, ...given }
  const post = new WebhookPost(network.clock, behaviour)
  const outlet = await createOutlet()
  let url = ''
  const context = {
    network,
    behaviour,
    post,
    outlet,
    fileUrl: (session: string, ref: string, mimeType: string) =>
      `${url}/api/files/${encodeURIComponent(session)}/${encodeURIComponent(ref)}.${extensions[mimeType] ?? 'bin'}`,
  }
  const world: WahaWorld = {
    network,
    behaviour,
    sessions: new Map(),
    build: (name, config) => new WahaSession(name, config, context),
  }
  const server = createServer((request, response) => {
    handle(world, apiKey, request, response).catch(() => {
      if (response.headersSent) response.destroy()
      else write(response, { status: 500, body: { statusCode: 500, message: 'Internal server error' } })
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  url = `http://${host}:${(server.address() as AddressInfo).port}`
  return {
    url,
    link: (name, phone) => {
      const session = world.sessions.get(name) ?? world.build(name, {})
      session.phone = phone
      world.sessions.set(name, session)
    },
    close: async () => {
      post.close()
      for (const session of world.sessions.values()) session.stop()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await outlet.close()
    },
  }
}
