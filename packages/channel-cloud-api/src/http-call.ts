import type { Dispatcher } from 'undici'

export interface HttpRequest {
  readonly origin: string
  readonly path: string
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** An answer that is larger is given up. */
  readonly bytesMax: number
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  /** Asked when the request has a connection, right before its first byte leaves. */
  readonly mayAct?: (() => boolean) | undefined
}

export type HttpHeaders = Readonly<Record<string, string | string[] | undefined>>

/** `not_sent`: no byte of the request left this machine. `lost`: some did, and no whole answer came. */
export type HttpEnd =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly headers: HttpHeaders
      readonly body: Buffer
    }
  | { readonly kind: 'not_sent'; readonly reason: 'not_connected' | 'gave_up' | 'may_not_act' }
  | { readonly kind: 'lost'; readonly reason: 'gave_up_waiting' | 'connection_lost' | 'answer_too_large' }

type Controller = Dispatcher.DispatchController

/** One request on its way, told apart by whether its first byte left. */
class Exchange implements Dispatcher.DispatchHandler {
  private hasStarted = false
  private isOver = false
  private controller: Controller | null = null
  private status = 0
  private headers: HttpHeaders = {}
  private readonly chunks: Buffer[] = []
  private sizeBytes = 0
  private readonly request: HttpRequest
  private readonly resolve: (end: HttpEnd) => void

  constructor(request: HttpRequest, resolve: (end: HttpEnd) => void) {
    this.request = request
    this.resolve = resolve
    request.signal?.addEventListener('abort', this.giveUp, { once: true })
  }

  onRequestStart(controller: Controller): void {
    if (!this.isOver && this.request.mayAct?.() === false)
      this.end({ kind: 'not_sent', reason: 'may_not_act' })
    if (this.isOver) return controller.abort(new Error('given up before it left'))
    this.hasStarted = true
    this.controller = controller
  }

  onResponseStart(_controller: Controller, status: number, headers: HttpHeaders): void {
    this.status = status
    this.headers = headers
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    this.sizeBytes += chunk.byteLength
    if (this.sizeBytes <= this.request.bytesMax) this.chunks.push(chunk)
    else this.abandon(controller, { kind: 'lost', reason: 'answer_too_large' })
  }

  onResponseEnd(): void {
    const body = this.chunks.length === 1 ? this.chunks[0] : undefined
    const { status, headers } = this
    this.end({ kind: 'answered', status, headers, body: body ?? Buffer.concat(this.chunks) })
  }

  onResponseError(): void {
    this.end(
      this.hasStarted
        ? { kind: 'lost', reason: 'connection_lost' }
        : { kind: 'not_sent', reason: 'not_connected' },
    )
  }

  private readonly giveUp = (): void => {
    if (this.controller === null) this.end({ kind: 'not_sent', reason: 'gave_up' })
    else this.abandon(this.controller, { kind: 'lost', reason: 'gave_up_waiting' })
  }

  private abandon(controller: Controller, end: HttpEnd): void {
    this.end(end)
    controller.abort(new Error('given up'))
  }

  private end(end: HttpEnd): void {
    if (this.isOver) return
    this.isOver = true
    this.request.signal?.removeEventListener('abort', this.giveUp)
    this.resolve(end)
  }
}

/** Makes one HTTP request. Never rejects for what a network does; never repeats anything by itself. */
export function callHttp(dispatcher: Dispatcher, request: HttpRequest): Promise<HttpEnd> {
  if (request.signal?.aborted === true) return Promise.resolve({ kind: 'not_sent', reason: 'gave_up' })
  return new Promise((resolve) => {
    const exchange = new Exchange(request, resolve)
    const { origin, path, method, headers, body, timeoutMs } = request
    try {
      dispatcher.dispatch(
        {
          origin,
          path,
          method,
          headers: { ...headers },
          body: body ?? null,
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
        },
        exchange,
      )
    } catch {
      exchange.onResponseError()
    }
  })
}
