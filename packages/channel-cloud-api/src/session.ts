import type {
  ChannelCapabilities,
  CredentialStore,
  DownloadedMedia,
  InboundEvent,
  OpenRequest,
  Outbox,
  OutboundMessage,
  Schedule,
  SendOutcome,
  Session,
  SessionListener,
} from '@siar/channel'
import { ChannelUnavailable, createOutbox } from '@siar/channel'
import type { ConnectionLease } from './connections.ts'
import { GraphClient } from './graph-client.ts'
import { LatestMessages } from './latest-messages.ts'
import type { ManagementGate } from './management-gate.ts'
import { downloadMedia } from './media-download.ts'
import { MediaShelf } from './media-shelf.ts'
import { createNumberLook } from './number-check.ts'
import { sendMessage } from './send-message.ts'
import type { CloudApiSecrets, CloudApiSettings } from './settings.ts'
import { StateWatch } from './state-watch.ts'
import { CloudApiTemplateDesk } from './template-desk.ts'
import { readItem } from './webhook-events.ts'

export interface SessionTools {
  readonly lease: ConnectionLease
  readonly gate: ManagementGate
  readonly baseUrl: string
  readonly capabilities: ChannelCapabilities
  readonly checkEveryMs: number
  readonly now: () => Date
  readonly random: () => number
  readonly schedule: Schedule
}

function isMediaFailure(event: InboundEvent): boolean {
  return event.type === 'receipt' && event.refusal?.action === 'upload_again'
}

/** One number on Cloud API. There is no connection to hold: it is online while Meta answers for it. */
export class CloudApiSession implements Session {
  readonly senderId: string
  readonly capabilities: ChannelCapabilities
  readonly directory = null
  readonly screenshot = null
  readonly templates: CloudApiTemplateDesk
  private readonly client: GraphClient
  private readonly shelf: MediaShelf
  private readonly outbox: Outbox<InboundEvent>
  private readonly watch: StateWatch
  private readonly latest = new LatestMessages()
  private isClosed = false
  private readonly tools: SessionTools
  private readonly settings: CloudApiSettings
  private readonly request: OpenRequest
  private readonly listener: SessionListener

  constructor(
    request: OpenRequest,
    settings: CloudApiSettings,
    { accessToken }: CloudApiSecrets,
    listener: SessionListener,
    tools: SessionTools,
  ) {
    const { lease, gate, baseUrl, now } = tools
    this.request = request
    this.settings = settings
    this.listener = listener
    this.tools = tools
    this.senderId = request.senderId
    this.capabilities = tools.capabilities
    this.client = new GraphClient({
      dispatcher: lease.dispatcher,
      baseUrl,
      apiVersion: settings.apiVersion,
      accessToken,
      now,
      mayAct: () => !this.isClosed && request.mayAct?.() !== false,
    })
    const credentials = this.ownCredentials()
    this.shelf = new MediaShelf({
      client: this.client,
      phoneNumberId: settings.phoneNumberId,
      credentials,
      now,
    })
    this.templates = new CloudApiTemplateDesk({ client: this.client, gate, settings })
    this.outbox = createOutbox<InboundEvent>(tools.schedule)
    this.outbox.attach(listener)
    const check = createNumberLook({ client: this.client, settings })
    this.watch = new StateWatch({ ...tools, check, outbox: this.outbox }, request.phone)
  }

  start(): void {
    this.watch.start()
  }

  async send(message: OutboundMessage, signal?: AbortSignal): Promise<SendOutcome> {
    const refusal = this.watch.refusal()
    if (refusal !== null) return refusal
    const { client, shelf, settings } = this
    const outcome = await sendMessage({ client, shelf, settings }, message, signal)
    this.watch.noteOutcome(outcome)
    return outcome
  }

  /** Meta shows "typing…" for up to 25 s, or until the answer, beside the last message of the person. */
  async showTyping(to: string): Promise<void> {
    const messageId = this.latest.find(to)
    if (messageId === null) return
    await this.tellRead(messageId, { typing_indicator: { type: 'text' } })
  }

  async markRead(_from: string, channelMessageId: string): Promise<void> {
    await this.tellRead(channelMessageId, {})
  }

  download(ref: string, bytesMax: number, signal?: AbortSignal): Promise<DownloadedMedia | null> {
    return downloadMedia(this.client, this.settings.phoneNumberId, ref, bytesMax, signal)
  }

  async takeWebhooks(items: readonly unknown[]): Promise<void> {
    if (this.isClosed) throw new ChannelUnavailable('closed')
    const events = items.flatMap((item) => this.read(item))
    if (events.some(isMediaFailure)) await this.shelf.forgetAll()
    if (events.length > 0) await this.listener(events)
  }

  async close(): Promise<void> {
    if (this.isClosed) return
    this.isClosed = true
    this.watch.close()
    this.outbox.detach()
    this.tools.lease.release()
  }

  /** Meta knows no log-out of one number: what Siar keeps of it is forgotten, its registration stays. */
  async logOut(): Promise<void> {
    await this.request.credentials.clear()
    const at = this.tools.now()
    await this.close()
    const { phone } = this.watch
    await this.listener([{ type: 'state', state: 'logged_out', reason: 'logged out here', phone, at }])
  }

  /** A write that is turned away means that another process may hold the sender: the session ends. */
  private ownCredentials(): CredentialStore {
    const { credentials } = this.request
    return {
      read: (keys) => credentials.read(keys),
      clear: () => credentials.clear(),
      write: async (entries) => {
        try {
          await credentials.write(entries)
        } catch {
          await this.close()
        }
      },
    }
  }

  private read(item: unknown): readonly InboundEvent[] {
    const news = readItem(item, this.watch.phone, this.tools.now())
    for (const event of news.events) {
      if (event.type === 'message') this.latest.keep([event.from, ...event.aliases], event.channelMessageId)
    }
    return [...news.events, ...this.watch.applyNews(news)]
  }

  private async tellRead(messageId: string, more: object): Promise<void> {
    const body = { messaging_product: 'whatsapp', status: 'read', message_id: messageId, ...more }
    await this.client.post(`${this.settings.phoneNumberId}/messages`, body, { timeoutMs: 10_000 })
  }
}
