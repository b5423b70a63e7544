import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makeSelfSigned } from './self-signed.ts'

export interface MediaHost {
  /** `127.0.0.1:port`, as `media_conn` names it. */
  readonly hostname: string
  /** What an upload has to show. */
  readonly auth: string
  /** Its own certificate; nothing else trusts it. */
  readonly certificatePem: string
  /** Requests that came, refused ones included. */
  readonly requests: () => number
  put(sealed: Uint8Array): { readonly url: string; readonly directPath: string }
  /** By a path of `put` or of an upload; null when it is gone. */
  find(directPath: string): Buffer | null
  forget(directPath: string): void
  close(): Promise<void>
}

const uploadPath = /^\/mms\/(image|video|audio|document)\/([A-Za-z0-9_-]{43})$/
const uploadBytesMax = 2 ** 27

async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > uploadBytesMax) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function say(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

class Files {
  readonly auth = randomBytes(24).toString('base64url')
  private readonly files = new Map<string, Buffer>()
  hostname = ''
  requests = 0

  put(sealed: Uint8Array): { url: string; directPath: string } {
    const directPath = `/v/t62.7118-24/${randomBytes(12).toString('hex')}?ccb=11-4`
    this.files.set(directPath, Buffer.from(sealed))
    return { url: `https://${this.hostname}${directPath}`, directPath }
  }

  find(directPath: string): Buffer | null {
    return this.files.get(directPath) ?? null
  }

  forget(directPath: string): void {
    this.files.delete(directPath)
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1
    const url = new URL(request.url ?? '/', 'https://media')
    if (request.method === 'POST') return this.takeUpload(url, request, response)
    const file = this.files.get(`${url.pathname}${url.search}`)
    if (!file) return say(response, 404, { error: 'not found' })
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.length })
    response.end(file)
  }

  private async takeUpload(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = uploadPath.exec(url.pathname)?.[2]
    if (name === undefined || url.searchParams.get('token') !== name)
      return say(response, 400, { error: 'path' })
    if (url.searchParams.get('auth') !== this.auth) return say(response, 401, { error: 'auth' })
    const body = await bodyOf(request)
    if (body === null) return say(response, 413, { error: 'too large' })
    const digest = createHash('sha256').update(body).digest('base64url')
    if (digest !== name) return say(response, 400, { error: 'hash' })
    const { url: place, directPath } = this.put(body)
    say(response, 200, { url: place, direct_path: directPath })
  }
}

/** Where sealed files lie: uploads by their hash, downloads by path, over TLS with a certificate of its own. */
export async function startMediaHost(now: Date): Promise<MediaHost> {
  const files = new Files()
  const { keyPem, certificatePem } = makeSelfSigned(now)
  const server = createServer({ key: keyPem, cert: certificatePem }, (request, response) => {
    files.answer(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  files.hostname = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    hostname: files.hostname,
    auth: files.auth,
    certificatePem,
    requests: () => files.requests,
    put: (sealed) => files.put(sealed),
    find: (directPath) => files.find(directPath),
    forget: (directPath) => files.forget(directPath),
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
