import { Agent } from 'undici'
import type { Dispatcher } from 'undici'

export interface HttpAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the base address, with its query. */
  readonly path: string
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
  readonly timeoutMs: number
  /** A longer answer fails. */
  readonly bytesMax: number
}

export type CallFailure =
  'not_connected' | 'may_not_act' | 'gave_up_waiting' | 'connection_lost' | 'answer_too_long'

/** A call without an answer. The message holds neither address nor body. */
export class CallFailed extends Error {
  /** No byte of the request can have reached the server. */
  readonly nothingLeft: boolean
  readonly reason: CallFailure

  constructor(reason: CallFailure, nothingLeft: boolean) {
    super(`The WAHA server did not answer: ${reason}`)
    this.name = 'CallFailed'
    this.reason = reason
    this.nothingLeft = nothingLeft
  }
}

/** Calls one WAHA server directly, never through a redirect. */
export interface HttpCaller {
  /** @returns whatever status came. @throws CallFailed */
  call(request: HttpRequest): Promise<HttpAnswer>
  close(): Promise<void>
}

const connectTimeoutMs = 10_000
/** Shorter than what servers allow, so that a call never starts on a connection that is being closed. */
const keepAliveMs = 4_000
const connectionsMax = 16

class Call implements Dispatcher.DispatchHandler {
  readonly answer: Promise<HttpAnswer>
  private resolve: (answer: HttpAnswer) => void = () => undefined
  private reject: (reason: CallFailed) => void = () => undefined
  private controller: Dispatcher.DispatchController | null = null
  private hasStarted = false
  private failure: CallFailure | null = null
  private status = 0
  private headers: HttpAnswer['headers'] = {}
  private readonly chunks: Buffer[] = []
  private size = 0
  private readonly mayAct: () => boolean
  private readonly bytesMax: number

  constructor(mayAct: () => boolean, bytesMax: number) {
    this.mayAct = mayAct
    this.bytesMax = bytesMax
    this.answer = new Promise((resolve, reject) => {
      this.resolve = resolve
      this.reject = reject
    })
  }

  /** Asked when the call has its connection, right before its first byte. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    if (this.failure === null && !this.mayAct()) this.failure = 'may_not_act'
    if (this.failure !== null) controller.abort(new Error(this.failure))
    else this.hasStarted = true
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: HttpAnswer['headers'],
  ): void {
    this.status = status
    this.headers = headers
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.size += chunk.length
    if (this.size > this.bytesMax) this.giveUp('answer_too_long')
    else this.chunks.push(chunk)
  }

  onResponseEnd(): void {
    this.resolve({ status: this.status, headers: this.headers, body: Buffer.concat(this.chunks) })
  }

  onResponseError(): void {
    const { hasStarted } = this
    this.reject(
      new CallFailed(this.failure ?? (hasStarted ? 'connection_lost' : 'not_connected'), !hasStarted),
    )
  }

  giveUp(reason: CallFailure): void {
    this.failure ??= reason
    this.controller?.abort(new Error(reason))
    this.reject(new CallFailed(this.failure, !this.hasStarted))
  }
}

/** @param mayAct Asked right before each request leaves; false ends it there. */
export function createHttpCaller(baseUrl: string, apiKey: string, mayAct: () => boolean): HttpCaller {
  const base = new URL(baseUrl)
  const prefix = base.pathname.replace(/\/+$/, '')
  const agent = new Agent({
    connect: { timeout: connectTimeoutMs },
    keepAliveTimeout: keepAliveMs,
    connections: connectionsMax,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  const call = async (request: HttpRequest): Promise<HttpAnswer> => {
    const { method, path, body, signal, timeoutMs, bytesMax } = request
    if (signal?.aborted === true) throw new CallFailed('gave_up_waiting', true)
    const waiting = new Call(mayAct, bytesMax)
    const giveUp = (): void => waiting.giveUp('gave_up_waiting')
    const timer = setTimeout(giveUp, timeoutMs)
    signal?.addEventListener('abort', giveUp, { once: true })
    const text = body === undefined ? null : JSON.stringify(body)
    const headers: Record<string, string> = { 'x-api-key': apiKey, accept: 'application/json' }
    if (text !== null) headers['content-type'] = 'application/json'
    try {
      agent.dispatch({ origin: base.origin, path: `${prefix}${path}`, method, headers, body: text }, waiting)
      return await waiting.answer
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', giveUp)
    }
  }
  return { call, close: () => agent.close() }
}
