import { randomBytes } from 'node:crypto'
import { S_WHATSAPP_NET, getAllBinaryNodeChildren } from 'baileys'
import type { BinaryNode } from 'baileys'
import type {
  InboundEvent,
  IncomingMessage,
  OwnMessage,
  Receipt,
  SendOutcome,
  SessionState,
} from '@siar/channel'
import type { NetworkSession } from '@siar/simulator'
import { rememberAddress } from './account.ts'
import type { Account, World } from './account.ts'
import { lidJid, numberJid } from './address.ts'
import { keyShare } from './app-state.ts'
import { Awaited } from './awaited.ts'
import type { ClientLine } from './client-line.ts'
import type { Device } from './device.ts'
import { addressesOf, messageOf, sealFor, stanzaOf } from './incoming.ts'
import { lockNotice } from './mex.ts'
import { nackCodeOf } from './nack.ts'
import { node, resultOf, seconds } from './nodes.ts'
import { mediaOf, readStanza } from './outgoing.ts'
import { answerQuery } from './queries.ts'
import { retryRequest } from './retry.ts'
import { stanzaIdOf } from './stanza-id.ts'

/** Said to the client; `taken` resolves when the client has it, and rejects when it went first. */
interface Told {
  readonly taken: Promise<void>
}

const admitMs = 5
const admitTries = 60

export interface LineOptions {
  /** `settings.simulator` of the sender in the network. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly onEnd: (line: LinkedLine) => void
}

/** One linked device that is logged in, between its connection and the network. */
export class LinkedLine {
  readonly account: Account
  readonly device: Device
  readonly line: ClientLine
  private readonly world: World
  private readonly options: LineOptions
  private readonly awaited = new Awaited()
  private session: NetworkSession | null = null
  /** Messages whose word from the network is not there yet; what it tells about them comes after that. */
  private readonly inFlight = new Map<string, Promise<void>>()
  private readonly isActive: Promise<void>
  private activate: () => void = () => undefined
  private isWelcome = false
  private isSharing = false
  private readonly sinceMs: number
  /** Chat states the client showed, newest last. */
  readonly chatStates: string[] = []

  constructor(world: World, account: Account, device: Device, line: ClientLine, options: LineOptions) {
    this.world = world
    this.account = account
    this.device = device
    this.line = line
    this.options = options
    this.sinceMs = world.now()
    this.isActive = new Promise((resolve) => {
      this.activate = resolve
    })
  }

  /** Joins the network; the client hears `success` or why not. */
  start(): void {
    const { senderId, phone } = this.account
    const settings = { simulator: { ...this.options.settings, echoesOurId: true } }
    this.session = this.world.network.open({ senderId, kind: 'linked-device', phone, settings }, (events) =>
      this.deliver(events),
    )
    this.admit(admitTries)
  }

  /** Waits for the network to be ready; what it keeps for the client may lie before the word that it is. */
  private admit(tries: number): void {
    const status = this.session?.status() ?? 'closed'
    if (status === 'online' || status === 'restricted') {
      this.isWelcome = true
      const lid = lidJid(this.account.phone, this.device.id)
      return this.line.send(node('success', { t: this.t(), lid, location: 'sim' }))
    }
    if (status === 'banned') return this.end(node('failure', { reason: '403', location: 'sim' }))
    if (status === 'logged_out') return this.throwOut()
    if (tries === 0) return this.end(node('failure', { reason: '503', location: 'sim' }))
    this.world.network.clock.later(admitMs, () => {
      if (this.line.isOpen) this.admit(tries - 1)
    })
  }

  closed(): void {
    this.awaited.end()
    this.session?.close()
    this.session = null
    this.options.onEnd(this)
  }

  /** Says why and ends. */
  end(farewell: BinaryNode): void {
    this.line.send(farewell)
    this.line.close()
  }

  notify(notification: (id: string) => BinaryNode): void {
    if (this.line.isOpen && this.isWelcome) this.line.send(notification(this.newId()))
  }

  async received(stanza: BinaryNode): Promise<void> {
    switch (stanza.tag) {
      case 'iq':
        return this.answer(stanza)
      case 'message':
        return this.takeMessage(stanza)
      case 'ack':
        return this.awaited.settle(stanza.attrs['class'] ?? '', stanza)
      case 'receipt':
        return this.takeReceipt(stanza)
      case 'chatstate':
        return void this.takeChatState(stanza)
      case 'presence':
      case 'ib':
        return
      default:
        this.world.oddities.push(`${this.account.senderId}: a stanza ${stanza.tag}`)
        return this.end(node('stream:error', {}, [node('xml-not-well-formed')]))
    }
  }

  /** A member writes to a group. @returns the stanza's id. */
  async writeToGroup(group: string, from: string, text: string): Promise<string> {
    const id = `3A${randomBytes(9).toString('hex').toUpperCase()}`
    const party = this.world.party(from)
    const { ciphertext, distribution } = await party.writeToGroup(group, lidJid(from), { conversation: text })
    const keys = { groupId: group, axolotlSenderKeyDistributionMessage: distribution }
    const enc = await sealFor(party, this.account, this.device, { senderKeyDistributionMessage: keys })
    const { from: participant = '', sender_pn: pn } = addressesOf(this.world, from)
    const attrs = { from: group, participant, addressing_mode: 'lid', ...(pn ? { participant_pn: pn } : {}) }
    const sealed = node('enc', { v: '2', type: 'skmsg' }, ciphertext)
    this.line.send(node('message', { ...attrs, id, type: 'text', t: this.t() }, [enc, sealed]))
    await this.awaited.receipt(id)
    return id
  }

  private newId(): string {
    return randomBytes(6).toString('hex')
  }

  private t(): string {
    return seconds(this.world.now())
  }

  private async answer(iq: BinaryNode): Promise<void> {
    if (iq.attrs['type'] === 'result') return
    const [child] = getAllBinaryNodeChildren(iq)
    if (iq.attrs['xmlns'] === 'passive') {
      this.line.send(resultOf(iq))
      this.line.send(node('ib', { from: S_WHATSAPP_NET }, [node('offline', { count: '0' })]))
      this.activate()
      return this.shareKey()
    }
    if (child?.tag === 'remove-companion-device') return this.logOut(iq)
    const knows = this.session?.acquaintances() ?? { groups: [], addressBook: [] }
    const { account, device } = this
    this.line.send(await answerQuery(this.world, { account, device, knows }, iq))
    if (iq.attrs['xmlns'] === 'encrypt' && iq.attrs['type'] === 'set') await this.shareKey()
  }

  /** A phone shares the key of its own state with a device it has just linked. */
  private async shareKey(): Promise<void> {
    const { account, device } = this
    if (device.hasAppStateKey || device.identityKey === null || this.isSharing) return
    this.isSharing = true
    const enc = await sealFor(account.party, account, device, keyShare(account.appStateKey))
    const from = lidJid(account.phone)
    const id = this.newId().toUpperCase()
    const attrs = { from, recipient: from, category: 'peer', addressing_mode: 'lid', id, type: 'text' }
    this.line.send(node('message', { ...attrs, t: this.t() }, [enc]))
    this.awaited.receipt(id).then(
      () => (device.hasAppStateKey = true),
      () => undefined,
    )
  }

  private logOut(iq: BinaryNode): void {
    this.line.send(resultOf(iq))
    this.account.removed.add(this.device.id)
    this.account.devices.delete(this.device.id)
    this.session?.logOut()
  }

  private takeChatState(stanza: BinaryNode): void {
    const [state] = getAllBinaryNodeChildren(stanza)
    this.chatStates.push(`${state?.tag ?? ''} ${stanza.attrs['to'] ?? ''}`)
    if (this.chatStates.length > 100) this.chatStates.shift()
    if (state?.tag === 'composing') this.session?.showTyping()
  }

  private async takeReceipt(stanza: BinaryNode): Promise<void> {
    const id = stanza.attrs['id'] ?? ''
    if (stanza.attrs['type'] === 'retry') return this.awaited.retry(id)
    this.awaited.settle('message', stanza)
    if (this.world.noteReceipt(stanza)) this.session?.markRead()
    this.line.send(
      node('ack', { class: 'receipt', id, from: stanza.attrs['to'] ?? '', ...typeOf(stanza), t: this.t() }),
    )
  }

  private async takeMessage(stanza: BinaryNode): Promise<void> {
    const id = stanza.attrs['id'] ?? ''
    const reading = await readStanza(this.world, this.account, this.device, stanza)
    if (reading.kind === 'malformed') return this.acknowledge(stanza, '479')
    rememberAddress(this.account, id, reading.address)
    if (reading.kind === 'unreadable') {
      this.acknowledge(stanza)
      return this.line.send(await retryRequest(this.world, reading.address, id, this.world.now()))
    }
    const { message } = reading
    const media = mediaOf(message)
    const { messageId, to, text, inReplyTo } = message
    const frame = { messageId, to, text, ...(media ? { media } : {}), ...(inReplyTo ? { inReplyTo } : {}) }
    const concluded = this.session?.send(frame).then((outcome) => {
      if (outcome.kind === 'accepted') this.world.remember(message)
      this.inFlight.delete(id)
      this.conclude(stanza, outcome)
    })
    if (concluded) this.inFlight.set(id, concluded)
  }

  private conclude(stanza: BinaryNode, outcome: SendOutcome): void {
    if (outcome.kind === 'accepted') return this.acknowledge(stanza)
    if (outcome.kind !== 'refused') return this.line.drop()
    if (outcome.reason === 'sender_signed_out') return this.end(node('stream:error', { code: '401' }))
    if (outcome.reason === 'sender_banned') return this.end(node('failure', { reason: '403' }))
    this.acknowledge(stanza, nackCodeOf(outcome.reason))
  }

  private acknowledge(stanza: BinaryNode, error?: string): void {
    const { id = '', to = '' } = stanza.attrs
    this.line.send(node('ack', { class: 'message', id, from: to, t: this.t(), ...(error ? { error } : {}) }))
  }

  /** Rejects while the client has not taken everything, so that the network keeps it. */
  private async deliver(events: readonly InboundEvent[]): Promise<void> {
    const taken: Promise<void>[] = []
    for (const event of events) {
      if (event.type === 'state') this.takeState(event)
      else taken.push((await this.tell(event)).taken)
    }
    await Promise.all(taken)
  }

  /** Writes what an event is on the line. */
  private async tell(event: InboundEvent): Promise<Told> {
    if (event.type !== 'message' && event.type !== 'receipt' && event.type !== 'own_message') {
      return { taken: Promise.resolve() }
    }
    await Promise.race([this.isActive, this.awaited.ended])
    const inFlight = event.type === 'receipt' && this.inFlight.get(stanzaIdOf(event.messageId ?? ''))
    if (inFlight) await Promise.race([inFlight, this.awaited.ended])
    if (!this.line.isOpen) throw new Error('the client went away')
    const told = await this.tellOne(event)
    told.taken.catch(() => undefined)
    return told
  }

  private async tellOne(event: Receipt | IncomingMessage | OwnMessage): Promise<Told> {
    if (event.type === 'receipt') return { taken: this.tellReceipt(event) }
    return event.type === 'message' ? this.tellMessage(event) : this.tellOwn(event)
  }

  /** What the owner wrote on the phone itself reaches linked devices too. */
  private async tellOwn({ to, text, channelMessageId: id, at }: OwnMessage): Promise<Told> {
    const { account, device, world } = this
    const message = { deviceSentMessage: { destinationJid: lidJid(to), message: { conversation: text } } }
    const enc = await sealFor(account.party, account, device, message)
    const addresses = {
      from: lidJid(account.phone),
      recipient: lidJid(to),
      addressing_mode: 'lid',
      ...(world.hidden.has(to) ? {} : { peer_recipient_pn: numberJid(to) }),
    }
    const late = at.getTime() < this.sinceMs ? { offline: '0' } : {}
    this.line.send(
      node('message', { ...addresses, ...late, id, type: 'text', t: seconds(at.getTime()) }, [enc]),
    )
    return { taken: this.awaited.receipt(id) }
  }

  private tellReceipt(event: Receipt): Promise<void> {
    const id = stanzaIdOf(event.messageId ?? '')
    const from = this.account.addressed.get(id) ?? S_WHATSAPP_NET
    const t = seconds(event.at.getTime())
    if (event.kind === 'accepted' || event.kind === 'refused') {
      const error = event.refusal ? { error: nackCodeOf(event.refusal.reason) } : {}
      this.line.send(node('ack', { class: 'message', id, from, t, ...error }))
      return Promise.resolve()
    }
    const type = event.kind === 'read' ? { type: 'read' } : {}
    const late = event.at.getTime() < this.sinceMs ? { offline: '0' } : {}
    this.line.send(node('receipt', { id, from, t, ...type, ...late }))
    return this.awaited.ack('receipt', id, type.type)
  }

  private async tellMessage(event: IncomingMessage): Promise<Told> {
    const { world, account, device } = this
    const ref = event.media?.ref ?? null
    const file = ref === null ? null : (this.session?.download(ref) ?? null)
    const message = await messageOf(world, account, event, file)
    const party = world.party(event.from)
    const isLate = event.at.getTime() < this.sinceMs
    const send = async (): Promise<void> => {
      const enc = await sealFor(party, account, device, message)
      this.line.send(stanzaOf(world, event, enc, isLate))
    }
    await send()
    const again = async (): Promise<void> => {
      await party.forget(numberJid(account.phone, device.id))
      await send()
    }
    return { taken: this.awaited.receipt(event.channelMessageId, again) }
  }

  private takeState({ state }: SessionState): void {
    if (state === 'pairing') return
    if (state === 'online' || state === 'restricted') {
      if (state === 'online' && this.account.lockedUntilMs === null) return
      if (state === 'restricted') this.account.lockedUntilMs ??= this.world.now() + 24 * 3_600_000
      else this.account.lockedUntilMs = null
      this.notify((id) => lockNotice(this.account, id, this.world.now()))
    } else if (state === 'banned') this.end(node('failure', { reason: '403', location: 'sim' }))
    else if (state === 'offline') this.end(node('failure', { reason: '503', location: 'sim' }))
    else if (state === 'reconnecting') this.line.drop()
    else this.throwOut()
  }

  /** The phone has unlinked this device. */
  private throwOut(): void {
    this.account.removed.add(this.device.id)
    this.account.devices.delete(this.device.id)
    if (!this.isWelcome) return this.end(node('failure', { reason: '401', location: 'sim' }))
    this.end(node('stream:error', { code: '401' }, [node('conflict', { type: 'device_removed' })]))
  }
}

function typeOf({ attrs }: BinaryNode): Record<string, string> {
  return attrs['type'] === undefined ? {} : { type: attrs['type'] }
}
