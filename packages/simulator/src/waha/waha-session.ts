import type { InboundEvent, Receipt, SessionState } from '@siar/channel'
import type { Socket } from 'node:net'
import type { NetworkSession, SimulatedNetwork } from '../network.ts'
import type { Outlet } from './outlet.ts'
import { proxyOf, webhooksOf } from './waha-config.ts'
import type { WahaConfig } from './waha-config.ts'
import { ackPayload, closedPayload, incomingPayload, ownPayload, sentPayload } from './waha-events.ts'
import type { SentEntry } from './waha-events.ts'
import { newEventId } from './waha-ids.ts'
import type { WahaBehaviour } from './waha-options.ts'
import type { WebhookPost } from './webhook-post.ts'

export type WahaStatus = 'STOPPED' | 'STARTING' | 'SCAN_QR_CODE' | 'WORKING' | 'FAILED'

export interface WahaSessionContext {
  readonly network: SimulatedNetwork
  readonly behaviour: WahaBehaviour
  readonly post: WebhookPost
  readonly outlet: Outlet
  readonly fileUrl: (session: string, ref: string, mimeType: string) => string
}

const sentMax = 10_000

/** One session of the server: one account on the network, or none yet. Its link is kept while it is stopped. */
export class WahaSession {
  readonly name: string
  config: WahaConfig
  status: WahaStatus = 'STOPPED'
  /** E.164; null while it is not linked. */
  phone: string | null = null
  qr: string | null = null
  network: NetworkSession | null = null
  private readonly statuses: { status: WahaStatus; timestamp: number }[] = []
  private readonly sent = new Map<string, SentEntry>()
  /** Counts starts; what an earlier start waits for no longer counts. */
  private turn = 0
  private tunnel: Socket | null = null
  private readonly context: WahaSessionContext

  constructor(name: string, config: WahaConfig, context: WahaSessionContext) {
    this.name = name
    this.config = config
    this.context = context
  }

  get me(): { id: string; pushName: string } | null {
    const isKnown = this.phone !== null && this.status !== 'STOPPED' && this.status !== 'SCAN_QR_CODE'
    return isKnown ? { id: `${this.phone?.slice(1)}@c.us`, pushName: 'Siar' } : null
  }

  start(): void {
    if (this.status !== 'STOPPED') return
    this.turn += 1
    this.setStatus('STARTING')
    void this.connect(this.turn)
  }

  stop(): void {
    this.turn += 1
    this.disconnect()
    if (this.status !== 'STOPPED') this.setStatus('STOPPED')
  }

  logOut(): void {
    this.network?.logOut()
    this.phone = null
    this.stop()
  }

  /** Keeps what receipts will name, and forgets the oldest. */
  remember(entry: SentEntry): void {
    this.sent.set(entry.id, entry)
    const [oldest] = this.sent.keys()
    if (this.sent.size > sentMax && oldest !== undefined) this.sent.delete(oldest)
  }

  /** Tells of a message that went out through the API, once. */
  tellSent(entry: SentEntry): void {
    if (entry.isTold) return
    entry.isTold = true
    const at = new Date(this.context.network.clock.nowMs())
    this.tell('message.any', sentPayload(this.context.behaviour, this.meId(), entry, 'api', at))
  }

  tellAck(receipt: Receipt): void {
    const entry = this.sent.get(receipt.channelMessageId)
    if (!entry) return
    this.tellSent(entry)
    this.tell('message.ack', ackPayload(this.context.behaviour, this.meId(), entry.chatId, receipt))
  }

  private meId(): string {
    return this.me?.id ?? ''
  }

  private async connect(turn: number): Promise<void> {
    const { network, outlet } = this.context
    const proxy = proxyOf(this.config)
    if (proxy !== null) {
      const tunnel = await outlet.reach(proxy)
      tunnel?.on('error', () => undefined)
      if (turn !== this.turn) return void tunnel?.destroy()
      if (tunnel === null) return this.fail()
      this.tunnel = tunnel
      tunnel.resume()
      tunnel.on('close', () => {
        if (turn === this.turn) this.fail()
      })
    }
    const settings = { simulator: { dedupesOurId: false, echoesOurId: false } }
    this.network = network.open(
      { senderId: this.name, kind: 'waha', phone: this.phone, settings },
      async (events) => {
        if (turn !== this.turn) throw new Error('another session listens')
        for (const event of events) this.take(event)
      },
    )
  }

  private disconnect(): void {
    this.network?.close()
    this.network = null
    this.qr = null
    this.tunnel?.destroy()
    this.tunnel = null
  }

  private fail(): void {
    this.turn += 1
    this.disconnect()
    this.setStatus('FAILED')
  }

  private take(event: InboundEvent): void {
    const { behaviour, fileUrl } = this.context
    switch (event.type) {
      case 'state':
        return this.takeState(event)
      case 'pairing':
        if (event.kind !== 'qr') return
        this.qr = event.data
        return this.setStatus('SCAN_QR_CODE')
      case 'message': {
        const url = (ref: string, mimeType: string): string => fileUrl(this.name, ref, mimeType)
        const payload = incomingPayload(behaviour, this.meId(), event, url)
        this.tell('message', payload)
        return this.tell('message.any', payload)
      }
      case 'own_message':
        return this.tell('message.any', ownPayload(behaviour, this.meId(), event))
      case 'receipt':
        return this.tellAck(event)
      case 'blocked':
      case 'marketing_choice':
      case 'same_person':
      case 'new_chats_lock':
      case 'standing':
      case 'template':
      case 'note':
        return
      default:
        event satisfies never
    }
  }

  private takeState({ state, phone }: SessionState): void {
    switch (state) {
      case 'online':
      case 'restricted':
        this.phone = phone ?? this.phone
        this.qr = null
        return this.setStatus('WORKING')
      case 'reconnecting':
        return this.setStatus('STARTING')
      case 'logged_out':
      case 'banned': {
        const closed = closedPayload(this.context.behaviour.engine, state)
        if (closed !== null) this.tell('state.change', closed)
        if (state === 'logged_out') this.phone = null
        return this.fail()
      }
      case 'offline':
        return this.fail()
      case 'pairing':
        return
      default:
        state satisfies never
    }
  }

  private setStatus(status: WahaStatus): void {
    this.status = status
    this.statuses.push({ status, timestamp: this.context.network.clock.nowMs() })
    this.statuses.splice(0, this.statuses.length - 3)
    const payload = { name: this.name, status, statuses: [...this.statuses], data: null }
    this.tell('session.status', payload)
  }

  private tell(event: string, payload: unknown): void {
    const { behaviour, network, post } = this.context
    const { engine, version, isPlain } = behaviour
    const stamp = isPlain ? {} : { id: newEventId(), timestamp: network.clock.nowMs() }
    const { metadata } = this.config
    for (const target of webhooksOf(this.config)) {
      if (!target.events.includes(event) && !target.events.includes('*')) continue
      post.post(target, {
        ...stamp,
        event,
        session: this.name,
        metadata: metadata ?? {},
        me: this.me,
        payload,
        engine,
        environment: { version, engine, tier: 'CORE' },
      })
    }
  }
}
