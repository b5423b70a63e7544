import { ChannelUnavailable, createOutbox } from '@siar/channel'
import type {
  ChannelCapabilities,
  Directory,
  DownloadedMedia,
  Existence,
  Group,
  InboundEvent,
  KnownPerson,
  OpenRequest,
  Outbox,
  OutboundMessage,
  SendOutcome,
  Session,
  SessionListener,
} from '@siar/channel'
import type { ConnectLimiter } from './connect-limiter.ts'
import { createPermit } from './permit.ts'
import type { Permit } from './permit.ts'
import { RpcError } from './rpc.ts'
import type { Rpc } from './rpc.ts'
import type { HostedSession, WorkerPool } from './worker-pool.ts'
import type { SessionOrder } from './worker/session-settings.ts'

interface Around {
  readonly pool: WorkerPool
  readonly limiter: ConnectLimiter
  readonly capabilities: ChannelCapabilities
  readonly onEnd: (session: RemoteSession) => void
}

const notConnected = { kind: 'not_sent', reason: 'not_connected', retryAfterMs: 2_000 } as const

function schedule(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}

let sends = 0

/** A session as its owner sees it; the connection itself lives in a thread of the pool. */
export class RemoteSession implements HostedSession {
  readonly key: string
  readonly senderId: string
  readonly capabilities: ChannelCapabilities
  readonly permit: Permit
  private readonly request: OpenRequest
  private readonly around: Around
  private readonly outbox: Outbox<InboundEvent>
  private readonly media = new Map<string, () => Promise<Uint8Array>>()
  /** Who waits for an event to be stored. */
  private readonly untaken = new Map<InboundEvent, () => void>()
  private rpc: Rpc | null = null
  private isOver = false
  /** Writes of credentials one after another, in the order in which they were asked for. */
  private writing: Promise<void> = Promise.resolve()

  constructor(key: string, request: OpenRequest, listener: SessionListener, around: Around) {
    this.key = key
    this.senderId = request.senderId
    this.request = request
    this.around = around
    this.capabilities = around.capabilities
    this.permit = createPermit(request.mayAct)
    this.outbox = createOutbox<InboundEvent>(schedule)
    this.outbox.attach(async (events) => {
      await listener(events)
      for (const event of events) this.tellStored(event)
    })
  }

  /** What the caller of the port holds. */
  present(): Session {
    const directory: Directory = {
      exists: (phones, signal) => this.ask<readonly Existence[]>(signal, 'exists', phones),
      groups: (signal) => this.ask<readonly Group[]>(signal, 'groups'),
      groupMembers: (groupId, signal) => this.ask<readonly KnownPerson[]>(signal, 'members', groupId),
      addressBook: (signal) => this.ask<readonly KnownPerson[]>(signal, 'addressBook'),
    }
    return {
      senderId: this.senderId,
      capabilities: this.capabilities,
      directory,
      templates: null,
      screenshot: null,
      send: (message, signal) => this.send(message, signal),
      showTyping: (to, durationMs) => this.showTyping(to, durationMs),
      markRead: (from, channelMessageId) => this.markRead(from, channelMessageId),
      download: (ref, bytesMax, signal) => this.download(ref, bytesMax, signal),
      takeWebhooks: async () => undefined,
      close: () => this.close(),
      logOut: () => this.logOut(),
    }
  }

  private async send(message: OutboundMessage, signal?: AbortSignal): Promise<SendOutcome> {
    const { rpc } = this
    if (this.isOver || rpc === null || signal?.aborted === true) return notConnected
    if (!this.permit.renew()) return { ...notConnected, reason: 'not_the_owner' }
    const sendId = `${this.key}/${(sends += 1)}`
    const { messageId, to, text, inReplyTo, media } = message
    const plain = {
      messageId,
      to,
      text,
      ...(inReplyTo === undefined ? {} : { inReplyTo }),
      ...(media ? { media: { ...media, read: undefined } } : {}),
    }
    if (media) this.media.set(sendId, media.read)
    const abort = (): void => rpc.tell(this.key, 'abort', sendId)
    signal?.addEventListener('abort', abort, { once: true })
    try {
      return await rpc.call<SendOutcome>(this.key, 'send', plain, sendId)
    } catch (error) {
      if (!(error instanceof RpcError)) throw error
      if (error.code === 'not_connected') return notConnected
      return { kind: 'unknown', reason: error.code === 'worker_gone' ? 'connection_lost' : 'failed' }
    } finally {
      signal?.removeEventListener('abort', abort)
      this.media.delete(sendId)
    }
  }

  private async showTyping(to: string, durationMs: number): Promise<void> {
    await this.rpc?.call(this.key, 'typing', to, durationMs).catch(() => undefined)
  }

  private async markRead(from: string, channelMessageId: string): Promise<void> {
    await this.rpc?.call(this.key, 'read', from, channelMessageId).catch(() => undefined)
  }

  private async download(
    ref: string,
    bytesMax: number,
    signal?: AbortSignal,
  ): Promise<DownloadedMedia | null> {
    const callId = `${this.key}/${(sends += 1)}`
    const abort = (): void => this.rpc?.tell(this.key, 'abort', callId)
    signal?.addEventListener('abort', abort, { once: true })
    try {
      return await this.ask<DownloadedMedia | null>(signal, 'download', ref, bytesMax, callId)
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  async close(): Promise<void> {
    if (this.isOver) return
    this.isOver = true
    await this.rpc?.call(this.key, 'close').catch(() => undefined)
    this.leave()
  }

  private async logOut(): Promise<void> {
    if (this.isOver || this.rpc === null) await this.request.credentials.clear()
    else await this.rpc.call(this.key, 'logOut')
    this.isOver = true
    await this.writing.catch(() => undefined)
    this.leave()
  }

  opened(rpc: Rpc): void {
    this.rpc = rpc
    const { senderId, egress, pairing } = this.request
    const order: SessionOrder = { senderId, egress, pairing, permit: this.permit.buffer }
    rpc.tell(this.key, 'open', order)
  }

  lost(): void {
    this.rpc = null
    this.outbox.push({
      type: 'state',
      state: 'reconnecting',
      reason: 'worker_failed',
      phone: null,
      at: new Date(),
    })
  }

  take(method: string, args: unknown[]): unknown {
    const [first] = args
    switch (method) {
      case 'emit':
        return this.outbox.push(...(first as InboundEvent[]))
      case 'deliver':
        return this.deliver(first as InboundEvent[])
      case 'read':
        return this.request.credentials.read(first as string[])
      case 'write':
        return this.write(first as ReadonlyMap<string, Uint8Array | null>)
      case 'clear':
        return this.request.credentials.clear()
      case 'turn':
        return this.turn()
      case 'readMedia':
        return this.media.get(first as string)?.()
      default:
        throw new Error(`no method ${method}`)
    }
  }

  /** Resolves when the listener has taken them. */
  private deliver(events: readonly InboundEvent[]): Promise<void> {
    return new Promise((resolve) => {
      const last = events.at(-1)
      if (!last) return resolve()
      this.untaken.set(last, resolve)
      this.outbox.push(...events)
    })
  }

  private tellStored(event: InboundEvent): void {
    this.untaken.get(event)?.()
    this.untaken.delete(event)
  }

  private leave(): void {
    this.outbox.detach()
    this.around.pool.remove(this)
    this.around.onEnd(this)
  }

  private async turn(): Promise<boolean> {
    const isGranted = await this.around.limiter.turn()
    return isGranted && !this.isOver && this.permit.renew()
  }

  private write(entries: ReadonlyMap<string, Uint8Array | null>): Promise<void> {
    const written = this.writing.catch(() => undefined).then(() => this.request.credentials.write(entries))
    this.writing = written
    written.catch(() => undefined)
    return written
  }

  private async ask<T>(signal: AbortSignal | undefined, method: string, ...args: unknown[]): Promise<T> {
    if (this.isOver || this.rpc === null || signal?.aborted === true) {
      throw new ChannelUnavailable('not_connected')
    }
    try {
      return await this.rpc.call<T>(this.key, method, ...args)
    } catch (error) {
      throw new ChannelUnavailable(error instanceof RpcError ? error.code : 'failed', { cause: error })
    }
  }
}
