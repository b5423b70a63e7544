import type { Dispatcher } from 'undici'
import { readGraphError } from './graph-error.ts'
import type { GraphError } from './graph-error.ts'
import { callHttp } from './http-call.ts'
import type { HttpEnd, HttpRequest } from './http-call.ts'
import { asRecord, parseJson } from './json.ts'
import type { Json } from './json.ts'

export type GraphEnd =
  | { readonly kind: 'done'; readonly body: Json }
  | { readonly kind: 'failed'; readonly error: GraphError }
  | Exclude<HttpEnd, { kind: 'answered' }>

export interface GraphClientOptions {
  readonly dispatcher: Dispatcher
  /** `https://graph.facebook.com` in life. */
  readonly baseUrl: string
  readonly apiVersion: string
  /** Empty for calls that bring an app's secret instead. */
  readonly accessToken: string
  readonly now: () => Date
  readonly mayAct?: (() => boolean) | undefined
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined
  readonly timeoutMs?: number
}

type Query = Readonly<Record<string, string>>

const answerBytesMax = 8 * 1024 * 1024
const timeoutMs = 30_000

function multipartOf(
  fields: Query,
  file: { name: string; mimeType: string; data: Uint8Array },
): [string, Buffer] {
  const boundary = `siar${crypto.randomUUID()}`
  const head = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const safeName = file.name.replace(/["\r\n\\]/g, '_')
  head.push(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${safeName}"\r\n` +
      `content-type: ${file.mimeType}\r\n\r\n`,
  )
  const body = Buffer.concat([Buffer.from(head.join('')), file.data, Buffer.from(`\r\n--${boundary}--\r\n`)])
  return [`multipart/form-data; boundary=${boundary}`, body]
}

/** Calls of Graph API with one access token. Never rejects for an expected end, never repeats a call. */
export class GraphClient {
  private readonly options: GraphClientOptions
  private readonly origin: string
  private readonly root: string
  private readonly authorization: Readonly<Record<string, string>>

  constructor(options: GraphClientOptions) {
    const base = new URL(options.baseUrl)
    this.options = options
    this.origin = base.origin
    this.root = `${base.pathname.replace(/\/$/, '')}/${options.apiVersion}`
    const { accessToken } = options
    this.authorization = accessToken === '' ? {} : { authorization: `Bearer ${accessToken}` }
  }

  get(path: string, query: Query = {}, options: CallOptions = {}): Promise<GraphEnd> {
    return this.ask('GET', path, query, {}, undefined, options)
  }

  post(path: string, json: Json, options: CallOptions = {}): Promise<GraphEnd> {
    return this.ask('POST', path, {}, { 'content-type': 'application/json' }, JSON.stringify(json), options)
  }

  /** A call whose arguments stand in the address, as those of uploads and of log-ins do. */
  postQuery(path: string, query: Query, options: CallOptions = {}): Promise<GraphEnd> {
    return this.ask('POST', path, query, {}, undefined, options)
  }

  postFile(
    path: string,
    fields: Query,
    file: { name: string; mimeType: string; data: Uint8Array },
    options: CallOptions = {},
  ): Promise<GraphEnd> {
    const [contentType, body] = multipartOf(fields, file)
    return this.ask('POST', path, {}, { 'content-type': contentType }, body, options)
  }

  /** Second step of a resumable upload. Source: Meta, Resumable Upload API. */
  sendUpload(uploadId: string, data: Uint8Array, options: CallOptions = {}): Promise<GraphEnd> {
    const headers = { authorization: `OAuth ${this.options.accessToken}`, file_offset: '0' }
    return this.ask('POST', uploadId, {}, headers, data, options)
  }

  delete(path: string, query: Query, options: CallOptions = {}): Promise<GraphEnd> {
    return this.ask('DELETE', path, query, {}, undefined, options)
  }

  /** Fetches an address that Graph API gave out, with the token, at most `bytesMax` bytes. Never less safe than the API itself. */
  fetchFile(url: string, bytesMax: number, options: CallOptions = {}): Promise<HttpEnd> {
    const { origin, protocol, pathname, search } = new URL(url)
    if (protocol !== new URL(this.origin).protocol) {
      return Promise.resolve({ kind: 'not_sent', reason: 'not_connected' })
    }
    return this.call({ origin, path: `${pathname}${search}`, method: 'GET', headers: {}, bytesMax }, options)
  }

  private async ask(
    method: HttpRequest['method'],
    path: string,
    query: Query,
    headers: Query,
    body: string | Uint8Array | undefined,
    options: CallOptions,
  ): Promise<GraphEnd> {
    const search = new URLSearchParams(query).toString()
    const end = await this.call(
      {
        origin: this.origin,
        path: `${this.root}/${path}${search === '' ? '' : `?${search}`}`,
        method,
        headers,
        bytesMax: answerBytesMax,
        ...(body === undefined ? {} : { body }),
      },
      options,
    )
    return end.kind === 'answered' ? this.readAnswer(end) : end
  }

  private call(
    request: Omit<HttpRequest, 'timeoutMs' | 'signal' | 'mayAct'>,
    options: CallOptions,
  ): Promise<HttpEnd> {
    return callHttp(this.options.dispatcher, {
      ...request,
      headers: { ...this.authorization, 'user-agent': 'Siar', ...request.headers },
      timeoutMs: options.timeoutMs ?? timeoutMs,
      signal: options.signal,
      mayAct: this.options.mayAct,
    })
  }

  private readAnswer({ status, headers, body }: Extract<HttpEnd, { kind: 'answered' }>): GraphEnd {
    const json = parseJson(body)
    const answer = asRecord(json)
    const isDone = status >= 200 && status < 300 && json !== undefined && answer['error'] === undefined
    if (isDone) return { kind: 'done', body: answer }
    return { kind: 'failed', error: readGraphError(status, headers, json, this.options.now().getTime()) }
  }
}
