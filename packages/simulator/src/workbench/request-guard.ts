import type { IncomingMessage } from 'node:http'

/** A request that is not let in. */
export class RequestRefused extends Error {
  readonly status: 400 | 403 | 404 | 405 | 413 | 415
  constructor(status: RequestRefused['status'], message: string) {
    super(message)
    this.name = 'RequestRefused'
    this.status = status
  }
}

export const bodyBytesMax = 20_000_000
const loopbackNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

function isLoopback(host: string): boolean {
  return loopbackNames.has(host) || host === '::1' || /^127\./.test(host)
}

/**
 * Refuses a name that only seems to be this machine: a page elsewhere can point its own name at a loopback address, and
 * then its scripts would read and write here.
 */
export function checkHost(request: IncomingMessage, boundTo: string): void {
  if (!isLoopback(boundTo)) return
  const { host = '' } = request.headers
  const name = host.replace(/:\d+$/, '')
  if (!loopbackNames.has(name)) throw new RequestRefused(403, 'This name is not answered here')
}

/** Refuses what a page of another site sends: browsers say where a request comes from, and scripts cannot change that. */
export function checkSite(request: IncomingMessage): void {
  const { origin, host = '' } = request.headers
  const site = request.headers['sec-fetch-site']
  const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none'
  if (isForeign || (origin !== undefined && origin !== `http://${host}`)) {
    throw new RequestRefused(403, 'Requests of other sites are not taken')
  }
}

/** @param type The only one taken: a plain form of another site cannot send JSON. */
export function checkType(request: IncomingMessage, type: string): void {
  const given = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
  if (given !== type) throw new RequestRefused(415, `The body has to be ${type}`)
}

export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength
    if (size > bodyBytesMax) throw new RequestRefused(413, 'The body is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

export async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readText(request)
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    throw new RequestRefused(400, 'The body is not JSON')
  }
}
