import type { Transferable } from 'node:worker_threads'

/** What both ends of a channel between threads need of it. */
export interface RpcPort {
  postMessage(message: unknown, transfer?: readonly Transferable[]): void
  on(event: 'message', take: (message: unknown) => void): void
}

/** A failure as it crosses the border: an error of a class does not. */
export interface RemoteFailure {
  readonly code: string
  readonly message: string
}

export class RpcError extends Error {
  readonly code: string
  constructor({ code, message }: RemoteFailure) {
    super(message)
    this.name = 'RpcError'
    this.code = code
  }
}

type Wire =
  | {
      readonly t: 'call'
      readonly id: number
      readonly session: string
      readonly method: string
      readonly args: unknown[]
    }
  | { readonly t: 'tell'; readonly session: string; readonly method: string; readonly args: unknown[] }
  | { readonly t: 'done'; readonly id: number; readonly value: unknown }
  | { readonly t: 'failed'; readonly id: number; readonly failure: RemoteFailure }

/** Answers the other side's calls; whatever it throws crosses as a failure with a code. */
export type RpcHandler = (session: string, method: string, args: unknown[]) => unknown

function failureOf(error: unknown): RemoteFailure {
  const { code, reason, message } = error as { code?: unknown; reason?: unknown; message?: unknown }
  const named = typeof reason === 'string' ? reason : code
  return {
    code: typeof named === 'string' ? named : 'failed',
    message: typeof message === 'string' ? message : 'failed',
  }
}

/** Calls between two threads, both ways, in order. */
export class Rpc {
  private readonly port: RpcPort
  private readonly handler: RpcHandler
  private readonly open = new Map<
    number,
    { done: (value: unknown) => void; failed: (error: Error) => void }
  >()
  private ids = 0
  private isOver = false

  constructor(port: RpcPort, handler: RpcHandler) {
    this.port = port
    this.handler = handler
    port.on('message', (message) => void this.take(message as Wire))
  }

  call<T>(session: string, method: string, ...args: unknown[]): Promise<T> {
    if (this.isOver)
      return Promise.reject(new RpcError({ code: 'worker_gone', message: 'the worker is gone' }))
    const id = (this.ids += 1)
    return new Promise<T>((resolve, reject) => {
      this.open.set(id, { done: resolve as (value: unknown) => void, failed: reject })
      this.send({ t: 'call', id, session, method, args })
    })
  }

  /** Says something that has no answer. */
  tell(session: string, method: string, ...args: unknown[]): void {
    if (!this.isOver) this.send({ t: 'tell', session, method, args })
  }

  /** Nobody answers any more: every open call fails. */
  end(): void {
    this.isOver = true
    for (const { failed } of this.open.values()) {
      failed(new RpcError({ code: 'worker_gone', message: 'the worker is gone' }))
    }
    this.open.clear()
  }

  private send(wire: Wire): void {
    this.port.postMessage(wire)
  }

  private async take(wire: Wire): Promise<void> {
    if (wire.t === 'done' || wire.t === 'failed') {
      const call = this.open.get(wire.id)
      this.open.delete(wire.id)
      if (wire.t === 'done') call?.done(wire.value)
      else call?.failed(new RpcError(wire.failure))
      return
    }
    const { session, method, args } = wire
    if (wire.t === 'tell') return void this.handler(session, method, args)
    try {
      this.send({ t: 'done', id: wire.id, value: await this.handler(session, method, args) })
    } catch (error) {
      this.send({ t: 'failed', id: wire.id, failure: failureOf(error) })
    }
  }
}
