import type { Operation } from '@siar/contract'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { randomUUID } from 'node:crypto'

/** What one call of an operation sends besides who sends it. */
export interface CallInput {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly file?: UploadInput
  readonly headers?: Readonly<Record<string, string>>
}

export interface UploadInput {
  readonly name: string
  readonly type: string
  readonly content: string | Buffer
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
  readonly text: string
  /** The body as JSON; its shape is the caller's business. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  json(): any
}

/** Somebody who calls the API: a browser with its cookie, a program with its key, or nobody. */
export interface Caller {
  readonly headers: Readonly<Record<string, string>>
  call(operation: Operation, input?: CallInput): Promise<Reply>
  send(method: string, url: string, input?: Omit<CallInput, 'params'>): Promise<Reply>
  /** The same caller with more headers on every call. */
  with(headers: Readonly<Record<string, string>>): Caller
}

/**
 * Calls the app without a socket. A stream that does not end by itself is read to its first chunk.
 *
 * @param ipAddress Where it seems to call from: rate limits count by it.
 */
export function createCaller(
  app: FastifyInstance,
  headers: Readonly<Record<string, string>> = {},
  ipAddress = '127.0.0.1',
): Caller {
  const send: Caller['send'] = async (method, url, input = {}) => {
    const options: InjectOptions = {
      method: method,
      url,
      remoteAddress: ipAddress,
      query: toQuery(input.query ?? {}),
      ...payloadOf(input, { ...headers, ...input.headers }),
    }
    const isEndless = url.split('?')[0] === '/api/v1/events'
    return isEndless ? readFirst(app, options) : readAll(app, options)
  }
  return {
    headers,
    send,
    call: (operation, { params = {}, ...input } = {}) =>
      send(operation.method, fillPath(operation.path, params), input),
    with: (more) => createCaller(app, { ...headers, ...more }, ipAddress),
  }
}

function fillPath(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/:(\w+)/g, (_all, name: string) =>
    encodeURIComponent((params[name] ?? `no-${name}`).toWellFormed()),
  )
}

function toQuery(query: Readonly<Record<string, unknown>>): Record<string, string | string[]> {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value)]),
  )
}

function payloadOf(
  { body, file }: CallInput,
  headers: Record<string, string>,
): Pick<InjectOptions, 'payload' | 'headers'> {
  if (file) return uploadOf(file, headers)
  if (body === undefined) return { headers }
  return { payload: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } }
}

function uploadOf({ name, type, content }: UploadInput, headers: Record<string, string>) {
  const boundary = `siar-${randomUUID()}`
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`
  const payload = Buffer.concat([
    Buffer.from(head),
    Buffer.from(content),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  return {
    payload,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers },
  }
}

async function readAll(app: FastifyInstance, options: InjectOptions): Promise<Reply> {
  const { statusCode, headers, payload } = await app.inject(options)
  return { status: statusCode, headers, text: payload, json: () => JSON.parse(payload) as unknown }
}

async function readFirst(app: FastifyInstance, options: InjectOptions): Promise<Reply> {
  const response = await app.inject({ ...options, payloadAsStream: true })
  let text = ''
  for await (const chunk of response.stream()) {
    text += String(chunk)
    break
  }
  return {
    status: response.statusCode,
    headers: response.headers,
    text,
    json: () => JSON.parse(text) as unknown,
  }
}
