import type {
  Channel,
  ChannelCapabilities,
  DownloadedMedia,
  OpenRequest,
  OutboundMessage,
  SendOutcome,
  Session,
  SessionListener,
} from '@siar/channel'
import { ChannelUnavailable } from '@siar/channel'
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { directoryOf } from './acquaintances.ts'
import type { Acquaintances } from './acquaintances.ts'
import type { SimulatorControl } from './control.ts'
import { CallFailed, createHttpCaller } from './http-call.ts'
import type { HttpCaller } from './http-call.ts'
import { controlMethods, paths, reviveEvent } from './http-protocol.ts'
import type { Delivery, DownloadedFile, PollAnswer, PollRequest, SessionKey } from './http-protocol.ts'
import { plainSession } from './simulator-channel.ts'
import type { Simulator } from './simulator-channel.ts'
import { capabilitiesOf, defaultSimulatorSettings } from './simulator-settings.ts'

interface OpenSession {
  request: OpenRequest
  readonly listener: SessionListener
  readonly turn: number
  isConnected: boolean
}

type Opened = Pick<PollAnswer, 'instance'> & { readonly capabilities: ChannelCapabilities }

const retryDelaysMs = [50, 200, 500, 1_000, 2_000]

class RemoteSimulator implements Simulator {
  readonly control: SimulatorControl
  readonly channel: Channel
  private readonly clientId = randomUUID()
  private readonly sessions = new Map<string, OpenSession>()
  private readonly http: HttpCaller
  private readonly ended = new AbortController()
  private turns = 0
  private instance: string | null = null
  private polling: Promise<void> | null = null

  constructor(url: string) {
    this.http = createHttpCaller(url)
    this.control = buildControl(this.http)
    this.channel = {
      kind: 'simulator',
      capabilities: capabilitiesOf(defaultSimulatorSettings),
      webhook: null,
      open: (request, listener) => this.open(request, listener),
    }
  }

  async close(): Promise<void> {
    this.ended.abort()
    await this.polling
    this.http.close()
  }

  private async open(request: OpenRequest, listener: SessionListener): Promise<Session> {
    const { senderId } = request
    const session: OpenSession = { request, listener, turn: (this.turns += 1), isConnected: false }
    this.sessions.set(senderId, session)
    const key = { clientId: this.clientId, senderId }
    const opened = await this.connect(session).catch(() => null)
    this.polling ??= this.poll()
    return {
      ...plainSession,
      senderId,
      capabilities: opened?.capabilities ?? this.channel.capabilities,
      directory: directoryOf((signal) => this.acquaintances(key, signal)),
      send: (message, signal) => this.send(key, message, signal, request.mayAct),
      showTyping: async () => void (await this.http.post(paths.typing, key).catch(() => null)),
      download: (ref, bytesMax, signal) => this.download({ ...key, ref, bytesMax }, signal),
      close: async () => {
        if (this.sessions.get(senderId) !== session) return
        this.sessions.delete(senderId)
        await this.http.post(paths.close, key).catch(() => null)
      },
      logOut: async () => void (await this.http.post(paths.logOut, key)),
    }
  }

  private async connect(session: OpenSession): Promise<Opened> {
    const { request, turn } = session
    const { senderId, phone, settings } = request
    const body = { senderId, phone, settings, turn, clientId: this.clientId }
    const opened = await this.http.post<Opened>(paths.open, body, undefined, request.mayAct)
    this.instance = opened.instance
    session.isConnected = true
    return opened
  }

  private async send(
    key: { clientId: string; senderId: string },
    message: OutboundMessage,
    signal: AbortSignal | undefined,
    mayAct: OpenRequest['mayAct'],
  ): Promise<SendOutcome> {
    const notSent = { kind: 'not_sent', reason: 'not_connected', retryAfterMs: 1_000 } as const
    if (signal?.aborted === true) return notSent
    const { media, ...rest } = message
    if (media) await media.read()
    try {
      return await this.http.post<SendOutcome>(paths.send, { ...key, message: rest }, signal, mayAct)
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error
      return error.nothingLeft ? notSent : { kind: 'unknown', reason: 'connection_lost' }
    }
  }

  private async acquaintances(key: SessionKey, signal: AbortSignal | undefined): Promise<Acquaintances> {
    const known = await this.http
      .post<Acquaintances | null>(paths.acquaintances, key, signal)
      .catch((cause: unknown) => {
        throw cause instanceof CallFailed ? new ChannelUnavailable('not_connected', { cause }) : cause
      })
    if (known === null) throw new ChannelUnavailable('not_connected')
    return known
  }

  private async download(
    wish: SessionKey & { readonly ref: string; readonly bytesMax: number },
    signal: AbortSignal | undefined,
  ): Promise<DownloadedMedia | null> {
    try {
      const file = await this.http.post<DownloadedFile | null>(paths.download, wish, signal)
      if (file === null) return null
      const { mimeType, fileName, dataBase64 } = file
      return { mimeType, fileName, data: Buffer.from(dataBase64, 'base64') }
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error
      throw new ChannelUnavailable('not_connected', { cause: error })
    }
  }

  /** Fetches events for as long as this object lives; each batch is confirmed by the next call. */
  private async poll(): Promise<void> {
    let ack: PollRequest['ack'] = null
    let failures = 0
    while (!this.ended.signal.aborted) {
      try {
        await this.reconnect()
        const request: PollRequest = { clientId: this.clientId, ack }
        const answer = await this.http.post<PollAnswer>(paths.poll, request, this.ended.signal)
        ack = { batch: answer.batch, failed: await this.deliver(answer.deliveries) }
        if (answer.instance !== this.instance) this.forgetConnections(answer.instance)
        failures = 0
      } catch {
        ack = null
        if (failures === 0) await this.announceLoss()
        const delayMs = retryDelaysMs[Math.min(failures, retryDelaysMs.length - 1)]
        failures += 1
        await wait(delayMs, undefined, { signal: this.ended.signal }).catch(() => undefined)
      }
    }
  }

  private async deliver(deliveries: readonly Delivery[]): Promise<string[]> {
    const failed: string[] = []
    const handOver = async ({ senderId, turn, events }: Delivery): Promise<void> => {
      const session = this.sessions.get(senderId)
      if (!session || session.turn !== turn) return void failed.push(senderId)
      const revived = events.map(reviveEvent)
      for (const event of revived) {
        if (event.type === 'state' && event.phone !== null) {
          session.request = { ...session.request, phone: event.phone }
        }
      }
      await session.listener(revived).catch(() => failed.push(senderId))
    }
    await Promise.all(deliveries.map(handOver))
    return failed
  }

  private async announceLoss(): Promise<void> {
    if (this.ended.signal.aborted) return
    const reason = 'the simulator does not answer'
    for (const session of this.sessions.values()) {
      const at = new Date()
      session.isConnected = false
      await session
        .listener([{ type: 'state', state: 'reconnecting', reason, phone: null, at }])
        .catch(() => undefined)
    }
  }

  private async reconnect(): Promise<void> {
    for (const session of this.sessions.values()) {
      if (!session.isConnected) await this.connect(session)
    }
  }

  /** The network was started anew and knows no session of ours. */
  private forgetConnections(instance: string): void {
    this.instance = instance
    for (const session of this.sessions.values()) session.isConnected = false
  }
}

function buildControl(http: HttpCaller): SimulatorControl {
  const entries = controlMethods.map((name) => [
    name,
    (...args: unknown[]) => http.post(`${paths.control}${name}`, args),
  ])
  return Object.fromEntries(entries) as SimulatorControl
}

/**
 * The channel to a simulator in another process (`SIMULATOR_URL`). Returns at once, also while nothing answers there:
 * sessions then connect when it does.
 */
export function createRemoteSimulator(url: string): Simulator {
  return new RemoteSimulator(url)
}
