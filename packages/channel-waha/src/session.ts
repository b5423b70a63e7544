import { setTimeout as wait } from 'node:timers/promises'
import type {
  Directory,
  DownloadedMedia,
  InboundEvent,
  OpenRequest,
  OutboundMessage,
  Outbox,
  SendOutcome,
  Session,
  SessionListener,
} from '@siar/channel'
import { ChannelUnavailable, createOutbox } from '@siar/channel'
import { wahaCapabilities } from './capabilities.ts'
import { chatIdOf, fullIdOf } from './chat-id.ts'
import { Connection } from './connection.ts'
import type { ConnectionTimes } from './connection-step.ts'
import { askable, createDirectory } from './directory.ts'
import { downloadFile } from './download.ts'
import { createHttpCaller } from './http-caller.ts'
import type { HttpCaller } from './http-caller.ts'
import { readAck, readMessage } from './incoming.ts'
import type { IncomingContext } from './incoming.ts'
import { OpenAttempts } from './open-attempts.ts'
import { People } from './people.ts'
import { RecentMap } from './recent-map.ts'
import { Sender } from './sender.ts'
import { proxyConfigOf } from './session-config.ts'
import type { WantedConfig } from './session-config.ts'
import type { WahaSecrets, WahaSettings } from './settings.ts'
import { createWahaApi } from './waha-api.ts'
import type { WahaApi } from './waha-api.ts'
import { webhookKeyOf } from './webhook.ts'
import { WahaItem } from './webhook-item.ts'

export interface WahaOptions {
  /** Where this installation takes the webhooks of a sender; null where WAHA cannot reach it: then only sending works. */
  readonly webhookUrlOf: (senderId: string) => string | null
  readonly now: () => Date
  readonly times: ConnectionTimes
  /** How long a send may take, ms. */
  readonly sendTimeoutMs: number
}

/** Runs something later in real time. */
function schedule(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}

const wholeIdsMax = 5_000
const typingMsMax = 25_000

function wantedConfig(request: OpenRequest, secrets: WahaSecrets, options: WahaOptions): WantedConfig | null {
  const proxy = proxyConfigOf(request.egress)
  if (proxy === null) return null
  const webhookUrl = options.webhookUrlOf(request.senderId)
  const webhook = webhookUrl === null ? null : { url: webhookUrl, key: webhookKeyOf(secrets) }
  return { ...proxy, webhook }
}

/** The connection of one sender through one session of a WAHA server. */
class WahaSession implements Session {
  readonly senderId: string
  readonly capabilities = wahaCapabilities
  readonly directory: Directory
  readonly templates = null
  readonly screenshot = null
  private isClosed = false
  private readonly api: WahaApi
  private readonly http: HttpCaller
  private readonly outbox: Outbox<InboundEvent>
  private readonly people: People
  private readonly wholeIds = new RecentMap<string>(wholeIdsMax)
  private readonly connection: Connection
  private readonly sender: Sender
  private readonly incoming: IncomingContext
  private readonly request: OpenRequest
  private readonly settings: WahaSettings
  private readonly listener: SessionListener

  constructor(
    { request, settings, secrets, listener }: WahaOpening,
    attempts: OpenAttempts,
    options: WahaOptions,
  ) {
    const { now, times, sendTimeoutMs } = options
    this.senderId = request.senderId
    this.request = request
    this.settings = settings
    this.listener = listener
    const mayAct = (): boolean => request.mayAct?.() ?? true
    this.http = createHttpCaller(settings.baseUrl, secrets.apiKey, mayAct)
    this.api = createWahaApi(this.http, settings.session)
    this.outbox = createOutbox(schedule, () => false)
    this.outbox.attach(listener)
    this.people = new People(this.api, () => now().getTime())
    this.directory = createDirectory(this.api, this.people)
    const { api, outbox, people, wholeIds } = this
    const wanted = wantedConfig(request, secrets, options)
    this.connection = new Connection({ api, request, outbox, wanted, times, now })
    this.incoming = { people, attempts, wholeIds }
    this.sender = new Sender({
      api,
      connection: this.connection,
      people,
      attempts,
      wholeIds,
      sendTimeoutMs,
      mayAct: () => !this.isClosed && mayAct(),
    })
    this.connection.wake()
  }

  send(message: OutboundMessage, signal?: AbortSignal): Promise<SendOutcome> {
    return this.sender.send(message, signal)
  }

  async showTyping(to: string, durationMs: number): Promise<void> {
    if (!this.connection.isOnline()) return
    const destination = await this.people.destinationOf(to).catch(() => null)
    if (destination === null) return
    await this.api.act('startTyping', destination).catch(() => undefined)
    await wait(Math.min(durationMs, typingMsMax))
    await this.api.act('stopTyping', destination).catch(() => undefined)
  }

  async markRead(from: string, channelMessageId: string): Promise<void> {
    const chatId = chatIdOf(from)
    const id = this.wholeIds.find(channelMessageId) ?? fullIdOf(channelMessageId, chatId, false)
    await this.api.act('sendSeen', { chatId, messageIds: [id] }).catch(() => undefined)
  }

  download(ref: string, bytesMax: number, signal?: AbortSignal): Promise<DownloadedMedia | null> {
    return downloadFile(this.api, ref, bytesMax, signal)
  }

  async takeWebhooks(items: readonly unknown[]): Promise<void> {
    if (this.isClosed) throw new ChannelUnavailable('not_connected')
    const events: InboundEvent[] = []
    for (const item of items) {
      const parsed = WahaItem.safeParse(item)
      if (parsed.success) events.push(...(await this.eventsOf(parsed.data)))
    }
    if (events.length > 0) await this.listener(events)
  }

  async close(): Promise<void> {
    if (this.isClosed) return
    if (this.settings.whenClosed === 'stop') await this.api.stop().catch(() => undefined)
    this.isClosed = true
    this.connection.close()
    this.outbox.detach()
    await this.http.close()
  }

  async logOut(): Promise<void> {
    await askable(async () => {
      await this.api.logOut()
      await this.api.removeSession()
    })
    this.connection.tell('logged_out', 'logged out here')
    this.connection.close()
    await this.request.credentials.clear()
  }

  private async eventsOf(item: WahaItem): Promise<InboundEvent[]> {
    switch (item.kind) {
      case 'message':
        return readMessage(item, this.incoming)
      case 'ack':
        return readAck(item, this.incoming)
      case 'status':
        this.connection.wake()
        return []
      case 'cause':
        this.connection.noteCause(item.cause, item.atMs)
        return []
      default:
        return item satisfies never
    }
  }
}

export interface WahaOpening {
  readonly request: OpenRequest
  readonly settings: WahaSettings
  readonly secrets: WahaSecrets
  readonly listener: SessionListener
}

/** Opens a session with what an earlier process of the same sender left open. */
export async function openWahaSession(opening: WahaOpening, options: WahaOptions): Promise<Session> {
  const attempts = new OpenAttempts(opening.request.credentials, () => options.now().getTime())
  await attempts.load()
  return new WahaSession(opening, attempts, options)
}
