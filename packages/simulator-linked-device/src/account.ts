import type { BinaryNode } from 'baileys'
import type { SimulatedNetwork } from '@siar/simulator'
import { newAppStateKey } from './app-state.ts'
import type { AppStateKey } from './app-state.ts'
import { newDevice } from './device.ts'
import type { Device } from './device.ts'
import type { MediaHost } from './media-host.ts'
import { Party } from './party.ts'

/** The ways WhatsApp sends what a person chose: old buttons, a list, a template's button, native flow. */
export type ButtonForm = 'buttons' | 'list' | 'template' | 'native_flow'

/** A number that Siar can be linked to, with its phone and its linked devices. */
export interface Account {
  readonly senderId: string
  readonly phone: string
  /** The phone itself, device 0. */
  readonly party: Party
  readonly devices: Map<number, Device>
  /** Devices the phone has thrown out. */
  readonly removed: Set<number>
  /** Until when new chats are locked, UTC ms; null where they are not or nobody said. */
  lockedUntilMs: number | null
  deviceCount: number
  readonly appStateKey: AppStateKey
  /** Under which wire address the client wrote to the person of a stanza. */
  readonly addressed: Map<string, string>
}

const addressedMax = 20_000

/** Remembers the address of a stanza; forgets the oldest of very many. */
export function rememberAddress(account: Account, stanzaId: string, jid: string): void {
  account.addressed.set(stanzaId, jid)
  if (account.addressed.size <= addressedMax) return
  const [oldest] = account.addressed.keys()
  if (oldest !== undefined) account.addressed.delete(oldest)
}

/** A text or file as the person's phone read it. */
export interface ReadMessage {
  readonly senderId: string
  readonly messageId: string
  readonly to: string
  readonly text: string
  readonly media: { readonly kind: string; readonly mimeType: string; readonly data: Uint8Array } | null
  readonly inReplyTo: string | null
  /** The wire address the client chose. */
  readonly address: string
}

const readMax = 10_000

/** What all connections of one stand-in share. */
export class World {
  readonly network: SimulatedNetwork
  readonly media: MediaHost
  readonly now: () => number
  readonly accounts = new Map<string, Account>()
  /** People whose number is hidden from everybody: only their LID is told. */
  readonly hidden = new Set<string>()
  /** How people's phones send a pressed button. */
  buttonForm: ButtonForm = 'buttons'
  /** What clients did that WhatsApp would not take; tests want none. */
  readonly oddities: string[] = []
  private readonly parties = new Map<string, Party>()
  private messages: ReadMessage[] = []

  constructor(network: SimulatedNetwork, media: MediaHost, now: () => number) {
    this.network = network
    this.media = media
    this.now = now
  }

  party(phone: string): Party {
    const known = this.parties.get(phone)
    if (known) return known
    const party = new Party(phone)
    this.parties.set(phone, party)
    return party
  }

  account(phone: string, senderId = phone): Account {
    const known = this.accounts.get(phone)
    if (known) return known
    const account: Account = {
      senderId,
      phone,
      party: this.party(phone),
      devices: new Map(),
      removed: new Set(),
      lockedUntilMs: null,
      deviceCount: 0,
      appStateKey: newAppStateKey(this.now()),
      addressed: new Map(),
    }
    this.accounts.set(phone, account)
    return account
  }

  accountOf(senderId: string): Account {
    for (const account of this.accounts.values()) if (account.senderId === senderId) return account
    throw new Error(`no phone is known for ${senderId}`)
  }

  addDevice(account: Account): Device {
    account.deviceCount += 1
    const device = newDevice(account.deviceCount)
    account.devices.set(device.id, device)
    return device
  }

  /** The ids of people's messages that the client showed as read, newest last. */
  readonly readIds: string[] = []

  /** @returns true for a receipt that tells a person of having been read. */
  noteReceipt({ attrs }: BinaryNode): boolean {
    if (attrs['type'] !== 'read' || attrs['id'] === undefined) return false
    this.readIds.push(attrs['id'])
    if (this.readIds.length > readMax) this.readIds.shift()
    return true
  }

  remember(message: ReadMessage): void {
    if (this.messages.length >= readMax * 2) this.messages = this.messages.slice(-readMax)
    this.messages.push(message)
  }

  read(messageId?: string): readonly ReadMessage[] {
    return messageId === undefined
      ? this.messages
      : this.messages.filter((message) => message.messageId === messageId)
  }
}
