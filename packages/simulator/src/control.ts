import type { Referral } from '@siar/channel'
import type { Acquaintances } from './acquaintances.ts'
import type { Frame, FrameQuery } from './frame-record.ts'
import type { FailureRule } from './failure-rule.ts'
import type { Person } from './person.ts'

export type ScanResult = 'paired' | 'expired' | 'not_pairing'

/** What happened in the network since it began; people's acts are counted when they happen. */
export interface NetworkCounts {
  readonly senders: number
  readonly online: number
  readonly frames: number
  /** Frames a person saw. */
  readonly shown: number
  /** Frames not shown because their id had been shown already. */
  readonly repeated: number
  /** Calls that came through a session another one had replaced. Anything but 0 means a sender was live twice. */
  readonly staleSends: number
  /** Sessions opened while another of the same sender was open. */
  readonly replacedSessions: number
  readonly delivered: number
  readonly read: number
  readonly replies: number
  readonly optOuts: number
  readonly blocks: number
  readonly typing: number
  /** Times a sender showed a person that it had read their message. */
  readonly markedRead: number
}

export interface IncomingOptions {
  readonly fromName?: string
  readonly inReplyTo?: string
  readonly media?: {
    readonly kind: string
    readonly mimeType: string
    readonly fileName: string | null
    /** The file itself in base64; without it there is nothing to fetch. */
    readonly dataBase64?: string
  }
  /** The person pressed a button; `text` is its title. */
  readonly button?: { readonly id: string; readonly title: string }
  readonly referral?: Referral
  /** Other addresses of the person that come along. */
  readonly aliases?: readonly string[]
}

/** Through which of the simulator's servers a sender comes. */
export type SenderKind = 'simulator' | 'graph-api' | 'waha' | 'linked-device' | 'web-page'

/** One sender as the network knows it. */
export interface SenderView {
  readonly senderId: string
  readonly kind: SenderKind
  readonly phone: string | null
  readonly state: 'pairing' | 'online' | 'reconnecting' | 'offline'
  readonly isLinked: boolean
  readonly isBanned: boolean
  readonly isRestricted: boolean
  /** The text of the QR code it shows now. */
  readonly qr: string | null
  /** The code to type that it asked for. */
  readonly typedCode: string | null
}

/** A person who was told how to behave. */
export interface GivenPerson {
  readonly number: string
  readonly traits: Partial<Person>
}

/** A failure rule with the calls it still holds for; null for all. */
export interface OpenRule {
  readonly rule: FailureRule
  readonly left: number | null
}

/** The hands of the simulated world: phones, people, bans. The same for a network inside and one over HTTP. */
export interface SimulatorControl {
  /** The sender's phone scans a QR code. Only the one shown now pairs. */
  scan(senderId: string, data: string): Promise<ScanResult>
  /** The code of a pairing by code is typed on the phone it was made for. */
  enterCode(senderId: string, code: string): Promise<ScanResult>
  /** A person writes to the sender. @returns the channel's id of the message. */
  incoming(senderId: string, from: string, text: string, options?: IncomingOptions): Promise<string>
  /** The owner writes to a person on the sender's phone itself. @returns the channel's id of the message. */
  writeOnPhone(senderId: string, to: string, text: string): Promise<string>
  /** Whom the sender knows from now on; what is left out stays. */
  setAcquaintances(senderId: string, knows: Partial<Acquaintances>): Promise<void>
  /** A person blocks the sender or reports it: told to the sender, and nothing reaches that person any more. */
  block(senderId: string, from: string, kind: 'block' | 'spam_report'): Promise<void>
  /** Holds until `pardon`, also for new sessions. */
  ban(senderId: string, reason?: string): Promise<void>
  /** Replies only: people who never wrote cannot be written to. Holds until `pardon`. */
  restrict(senderId: string, reason?: string): Promise<void>
  /** Takes a ban or a restriction back. */
  pardon(senderId: string): Promise<void>
  /** The phone unlinks Siar. */
  logOut(senderId: string): Promise<void>
  /** The connection breaks: with `backInMs` it returns by itself, without it the session is over until `comeBack`. */
  goOffline(senderId: string, backInMs?: number): Promise<void>
  comeBack(senderId: string): Promise<void>
  /** Receipts of this sender come twice and in the wrong order from now on. */
  disturbReceipts(senderId: string, on: boolean): Promise<void>
  addRule(rule: FailureRule): Promise<void>
  clearRules(): Promise<void>
  /** Makes one person behave so, instead of by the hash of their number. */
  setPerson(number: string, traits: Partial<Person>): Promise<void>
  person(number: string): Promise<Person>
  /** Every sender that came by, by name. */
  senders(): Promise<readonly SenderView[]>
  /** Everybody who was told how to behave. */
  people(): Promise<readonly GivenPerson[]>
  rules(): Promise<readonly OpenRule[]>
  counts(): Promise<NetworkCounts>
  frames(query?: FrameQuery): Promise<Frame[]>
}
