import type { BaileysEventMap, BinaryNode } from 'baileys'
import { ChannelUnavailable } from '@siar/channel'
import type {
  DownloadedMedia,
  Existence,
  Group,
  InboundEvent,
  KnownPerson,
  SendOutcome,
  SessionState,
} from '@siar/channel'
import { jidOf, lidOf, phoneOf } from '../address.ts'
import { backoffMs } from '../backoff.ts'
import { judgeDisconnect } from '../disconnect.ts'
import type { Disconnect } from '../disconnect.ts'
import { readAddressBook } from './address-book.ts'
import { Acknowledgements } from './acknowledgements.ts'
import { AuthState, isLinked } from './auth-state.ts'
import { openConnection } from './connection.ts'
import type { ConnectionListener } from './connection.ts'
import { openWays } from './egress.ts'
import type { Ways } from './egress.ts'
import { ExistenceCheck } from './existence.ts'
import { GroupCache } from './groups.ts'
import type { Host } from './host.ts'
import { downloadFile } from './media-host.ts'
import { NewChats } from './new-chats.ts'
import type { PlainMessage } from './outbound-message.ts'
import { Pairing } from './pairing.ts'
import { Reporter, lateAcknowledgement, readReceipts } from './reporting.ts'
import { Sending } from './sending.ts'
import type { Line } from './sending.ts'
import { SentMessages } from './sent-messages.ts'
import type { RunSettings, SessionOrder } from './session-settings.ts'
import { messageKeyOf, stanzaKeyOf } from './unstored.ts'

/** A connection that held so long counts as a new beginning. */
const steadyMs = 30_000

/** What belongs to one set of credentials. */
interface Parts {
  readonly auth: AuthState
  readonly sent: SentMessages
  readonly sending: Sending
  readonly existence: ExistenceCheck
}

/** One linked device, over all its connections. */
export class LinkedSession implements ConnectionListener {
  private readonly host: Host
  private readonly order: SessionOrder
  private readonly settings: RunSettings
  private readonly ways: Ways | null
  private readonly acknowledgements = new Acknowledgements()
  private readonly groups = new GroupCache()
  private readonly reporter = new Reporter()
  private readonly pairing: Pairing
  private readonly newChats: NewChats
  private parts: Parts | null = null
  private line: Line | null = null
  private isOnline = false
  private isOver = false
  private onlineSinceMs = 0
  private tries = 0
  private timer: NodeJS.Timeout | null = null
  /** Events leave in the order in which they came, also where one has to be looked up first. */
  private turn: Promise<void> = Promise.resolve()

  constructor(host: Host, order: SessionOrder, settings: RunSettings) {
    this.host = host
    this.order = order
    this.settings = settings
    this.ways = openWays(order.egress, settings.standIn?.mediaCertificatePem)
    this.pairing = new Pairing(host, order.pairing)
    this.newChats = new NewChats(host, (state, reason) => this.announce(state, reason))
  }

  start(): void {
    void this.connect()
  }

  send(message: PlainMessage, sendId: string, signal: AbortSignal): Promise<SendOutcome> {
    const { parts } = this
    if (parts === null || this.isOver) {
      return Promise.resolve({ kind: 'not_sent', reason: 'not_connected', retryAfterMs: 2_000 })
    }
    return parts.sending.send(this.isOnline ? this.line : null, message, sendId, signal)
  }

  async showTyping(to: string, durationMs: number): Promise<void> {
    const jid = jidOf(to)
    if (jid === null || !this.isOnline || !this.host.mayAct()) return
    await this.line?.socket.sendPresenceUpdate('composing', jid).catch(() => undefined)
    setTimeout(() => {
      if (this.isOnline) void this.line?.socket.sendPresenceUpdate('paused', jid).catch(() => undefined)
    }, durationMs)
  }

  async markRead(from: string, channelMessageId: string): Promise<void> {
    const jid = jidOf(from)
    if (jid === null || !this.isOnline || !this.host.mayAct()) return
    const socket = this.line?.socket
    const lid = await socket?.signalRepository.lidMapping.getLIDForPN(jid).catch(() => null)
    const remoteJid = lidOf(lid) ?? jid
    await socket?.readMessages([{ remoteJid, id: channelMessageId, fromMe: false }]).catch(() => undefined)
  }

  async download(ref: string, bytesMax: number, signal: AbortSignal): Promise<DownloadedMedia | null> {
    return this.ask((line) => downloadFile(line.media, ref, bytesMax, signal))
  }

  async exists(phones: readonly string[]): Promise<readonly Existence[]> {
    return this.ask(({ socket }, { existence }) => existence.ask(socket, phones))
  }

  async listGroups(): Promise<readonly Group[]> {
    return this.ask(({ socket }) => this.groups.list(socket))
  }

  async groupMembers(groupId: string): Promise<readonly KnownPerson[]> {
    return this.ask(({ socket }) => this.groups.members(socket, groupId))
  }

  async addressBook(): Promise<readonly KnownPerson[]> {
    return this.ask(({ socket }, { auth }) => readAddressBook(socket, auth.keys))
  }

  async close(): Promise<void> {
    this.isOver = true
    await this.hangUp()
    await this.ways?.close().catch(() => undefined)
  }

  /** Tells the phone where it can be told, and forgets the credentials in any case. */
  async logOut(): Promise<void> {
    this.isOver = true
    if (this.isOnline) await this.line?.socket.logout().catch(() => undefined)
    await this.hangUp()
    await this.host.clear()
    this.announce('logged_out', 'logged out here')
    await this.ways?.close().catch(() => undefined)
  }

  update(update: BaileysEventMap['connection.update']): void {
    if (update.qr !== undefined) void this.showCode(update.qr)
    if (update.connection === 'open') this.goOnline()
    if (update.reachoutTimeLock) this.newChats.take(update.reachoutTimeLock, this.line?.socket ?? null)
    if (update.connection === 'close') this.closed(update.lastDisconnect?.error)
  }

  credsChanged(change: BaileysEventMap['creds.update']): void {
    const auth = this.parts?.auth
    if (!auth) return
    Object.assign(auth.creds, change)
    auth.saveCreds().catch(() => undefined)
  }

  messages({ messages, type }: BaileysEventMap['messages.upsert']): void {
    const { line } = this
    if (!line) return
    for (const message of messages) {
      const key = messageKeyOf(message.key.id ?? '')
      this.turn = this.turn
        .then(async () => this.store(line, key, await this.reporter.read(line.socket, message, type)))
        .catch(() => {
          this.note('message_unreadable', 'a message could not be read')
          line.gate.stored(key)
        })
    }
  }

  acknowledged(stanza: BinaryNode): void {
    const { id = '', error } = stanza.attrs
    if (error === '463' && this.line) this.newChats.ask(this.line.socket)
    if (this.acknowledgements.take(id, error)) return
    const receipt = lateAcknowledgement(stanza)
    if (receipt) this.host.emit(receipt)
  }

  receipt(stanza: BinaryNode): void {
    const { line } = this
    const key = stanzaKeyOf(stanza)
    if (line && key !== null) this.store(line, key, readReceipts(stanza, this.parts?.auth.creds.me))
  }

  /** Hands over what a stanza tells; WhatsApp hears that we have it once it is stored. */
  private store({ gate }: Line, key: string, events: readonly InboundEvent[]): void {
    if (events.length === 0) return gate.stored(key)
    this.host
      .deliver(events)
      .then(() => gate.stored(key))
      .catch(() => undefined)
  }

  stanza(stanza: BinaryNode): void {
    this.reporter.noteStanza(stanza)
  }

  samePerson({ lid, pn }: BaileysEventMap['lid-mapping.update']): void {
    const addresses = [phoneOf(pn), lidOf(lid)].filter((address) => address !== null)
    if (addresses.length === 2) this.host.emit({ type: 'same_person', addresses, at: new Date() })
  }

  private async ask<T>(question: (line: Line, parts: Parts) => Promise<T>): Promise<T> {
    if (!this.isOnline || this.line === null || this.parts === null || !this.host.mayAct()) {
      throw new ChannelUnavailable('not_connected')
    }
    try {
      return await question(this.line, this.parts)
    } catch (error) {
      if (error instanceof ChannelUnavailable) throw error
      throw new ChannelUnavailable('not_answered', { cause: error })
    }
  }

  private async connect(): Promise<void> {
    this.timer = null
    try {
      this.parts ??= await this.loadParts()
      const isPairing = !isLinked(this.parts.auth.creds)
      if (!isPairing && !(await this.host.turn())) return
    } catch {
      return this.connectLater('the credentials could not be read')
    }
    if (this.isOver || !this.host.mayAct()) return
    if (this.ways === null) return this.stop({ state: 'offline', reason: 'the proxy is of an unknown kind' })
    const { auth, sent } = this.parts
    this.pairing.begin()
    this.line = openConnection({ auth, sent, ways: this.ways, groups: this.groups }, this.settings, this)
    if (isLinked(auth.creds)) this.expectLogin(this.line)
    else this.announce('pairing', null)
  }

  /** A server that takes the connection and then says nothing is given up. */
  private expectLogin({ socket }: Line): void {
    this.timer = setTimeout(() => {
      if (this.line?.socket === socket && !this.isOnline)
        void socket.end(new Error('the log-in took too long'))
    }, this.settings.loginTimeoutMs)
  }

  private async loadParts(): Promise<Parts> {
    const auth = await AuthState.load(this.host, () => this.distrust())
    const sent = new SentMessages(auth.keys)
    const existence = new ExistenceCheck(auth.keys)
    const sending = new Sending({
      sent,
      existence,
      acknowledgements: this.acknowledgements,
      mayAct: () => this.host.mayAct(),
      readMedia: (sendId) => this.host.readMedia(sendId),
      ackTimeoutMs: this.settings.ackTimeoutMs,
    })
    return { auth, sent, existence, sending }
  }

  /** Something was not kept: what is in memory is ahead of what is kept, so it is read anew before going on. */
  private distrust(): void {
    this.parts = null
    void this.line?.socket.end(new Error('the credentials could not be kept'))
  }

  private async showCode(qr: string): Promise<void> {
    const socket = this.line?.socket
    if (socket && !this.isOver) await this.pairing.show(socket, qr)
  }

  private goOnline(): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    this.isOnline = true
    this.onlineSinceMs = performance.now()
    this.announce(this.newChats.isLocked ? 'restricted' : 'online', null)
  }

  private closed(error: Error | undefined): void {
    const { isOnline } = this
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    this.isOnline = false
    this.line = null
    this.newChats.forget()
    if (isOnline && performance.now() - this.onlineSinceMs > steadyMs) this.tries = 0
    if (this.isOver) return this.acknowledgements.lose('closed')
    this.acknowledgements.lose('connection_lost')
    const code = (error as { output?: { statusCode?: number } } | undefined)?.output?.statusCode ?? null
    const isPairing = this.parts !== null && !isLinked(this.parts.auth.creds)
    this.act(judgeDisconnect(code, isPairing, error?.message), code)
  }

  private act(disconnect: Disconnect, code: number | null): void {
    if (disconnect.then === 'again_now') return void this.connect()
    this.note('disconnected', `code ${code ?? 'none'}`)
    if (disconnect.then === 'again_later') return this.connectLater(disconnect.reason)
    this.stop(disconnect)
    if (disconnect.forgetsCredentials) void this.host.clear().catch(() => undefined)
  }

  private connectLater(reason: string): void {
    this.tries += 1
    this.announce('reconnecting', this.order.egress.kind === 'proxy' ? `${reason} (through a proxy)` : reason)
    const delayMs = backoffMs(this.tries, Math.random(), this.settings.backoff)
    this.timer = setTimeout(() => void this.connect(), delayMs)
  }

  private stop({ state, reason }: { state: SessionState['state']; reason: string }): void {
    this.isOver = true
    this.announce(state, reason)
  }

  private async hangUp(): Promise<void> {
    if (this.timer) clearTimeout(this.timer)
    this.isOnline = false
    this.acknowledgements.lose('closed')
    this.newChats.forget()
    await this.line?.socket.end(undefined).catch(() => undefined)
    this.line = null
  }

  private announce(state: SessionState['state'], reason: string | null): void {
    const phone = phoneOf(this.parts?.auth.creds.me?.id)
    this.host.emit({ type: 'state', state, reason, phone, at: new Date() })
  }

  private note(kind: string, detail: string): void {
    this.host.emit({ type: 'note', kind, detail, at: new Date() })
  }
}
