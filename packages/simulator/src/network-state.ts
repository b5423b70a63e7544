import { createOutbox } from '@siar/channel'
import type { DownloadedMedia, InboundEvent, OpenRequest, Outbox, Schedule } from '@siar/channel'
import { hash32 } from '@siar/domain'
import type { Acquaintances } from './acquaintances.ts'
import type { SenderKind } from './control.ts'
import { createFailureRules } from './failure-rule.ts'
import type { FailureRules } from './failure-rule.ts'
import type { Frame, FrameRecord } from './frame-record.ts'
import { defaultShares, personOf } from './person.ts'
import type { PeopleShares, Person } from './person.ts'
import { createSeenIds } from './seen-ids.ts'
import type { SeenIds } from './seen-ids.ts'
import { defaultSimulatorSettings, readSimulatorSettings } from './simulator-settings.ts'
import type { SimulatorSettings } from './simulator-settings.ts'
import { createTimerWheel } from './timer-wheel.ts'
import type { TimerWheel } from './timer-wheel.ts'
import { createWindows } from './windows.ts'
import type { Windows } from './windows.ts'

/** What the network needs to know of a sender that connects. */
export type SimulatedSender = Pick<OpenRequest, 'senderId' | 'phone' | 'settings'> & {
  /** The server it comes through; `simulator` unless told. */
  readonly kind?: SenderKind
}

export interface NetworkOptions {
  /** Fixes how every person behaves and how every call ends. */
  readonly seed: string
  readonly now: () => Date
  readonly schedule: Schedule
  readonly record: FrameRecord
  /**
   * No latency and no waiting people: a call ends in the same turn of the event loop, delivery, reading and replies
   * follow at once, and no timer is used. For benchmarks and forecasts.
   */
  readonly instant?: boolean
  readonly shares?: Partial<PeopleShares>
  /** For senders whose own settings do not say. */
  readonly defaults?: Partial<SimulatorSettings>
}

export interface Pairing {
  /** Counts the QR codes of this pairing from 1. */
  readonly number: number
  readonly data: string
  readonly expiresAtMs: number
  /** The code to type on the phone of a number, once one was asked for. */
  readonly typed: { readonly code: string; readonly phone: string; readonly expiresAtMs: number } | null
}

/** One sender as the network knows it. It outlives sessions; events wait in its outbox meanwhile. */
export interface Account {
  readonly senderId: string
  kind: SenderKind
  phone: string | null
  settings: SimulatorSettings
  /** Counts sessions; a session of an earlier turn is replaced. 0 before the first. */
  turn: number
  isOpen: boolean
  state: 'pairing' | 'online' | 'reconnecting' | 'offline'
  isLinked: boolean
  isOffline: boolean
  isBanned: boolean
  isRestricted: boolean
  reason: string | null
  pairing: Pairing | null
  isDisturbed: boolean
  readonly outbox: Outbox<InboundEvent>
  /** Ids shown already, with the channel's id of each; only where ids are deduped. */
  readonly seen: SeenIds
  readonly blockedBy: Set<string>
  /** People who wrote, with how often; they may be answered while restricted. */
  readonly wroteBy: Map<string, number>
  readonly optedOut: Set<string>
  readonly windows: Windows
  /** Whom it knows, where it was told; else `acquaintancesOf`. */
  knows: Partial<Acquaintances> | null
  /** What an earlier process showed is known here. */
  isTakenUp: boolean
  calls: number
}

export type Tally = {
  -readonly [
    K in
      | 'repeated'
      | 'staleSends'
      | 'replacedSessions'
      | 'delivered'
      | 'read'
      | 'replies'
      | 'optOuts'
      | 'blocks'
      | 'typing'
      | 'markedRead'
  ]: number
}

/** What all parts of one network share. */
export interface NetworkState {
  readonly options: NetworkOptions
  readonly accounts: Map<string, Account>
  /** Frames of other processes by sender, until that sender connects here. */
  readonly earlier: Map<string, Frame[]>
  readonly rules: FailureRules
  readonly wheel: TimerWheel
  readonly tally: Tally
  readonly defaults: SimulatorSettings
  readonly nowMs: () => number
  /** Never twice, also over restarts (as long as the clock moves). */
  readonly newChannelId: () => string
  readonly person: (number: string) => Person
  /** Files people sent, by the reference of their message. */
  readonly files: Map<string, DownloadedMedia>
  readonly setPerson: (number: string, traits: Partial<Person>) => void
  /** Everybody `setPerson` was called for, with all they were told. */
  readonly givenPeople: () => [string, Partial<Person>][]
}

export function createNetworkState(options: NetworkOptions): NetworkState {
  const nowMs = (): number => options.now().getTime()
  const shares = { ...defaultShares, ...options.shares }
  const traits = new Map<string, Partial<Person>>()
  const instance = hash32(`${options.seed}/${nowMs()}`).toString(16).toUpperCase().padStart(8, '0')
  let ids = 0
  return {
    options,
    accounts: new Map(),
    earlier: new Map(),
    rules: createFailureRules(),
    wheel: createTimerWheel(nowMs, options.schedule),
    tally: {
      repeated: 0,
      staleSends: 0,
      replacedSessions: 0,
      delivered: 0,
      read: 0,
      replies: 0,
      optOuts: 0,
      blocks: 0,
      typing: 0,
      markedRead: 0,
    },
    defaults: { ...defaultSimulatorSettings, ...options.defaults },
    nowMs,
    newChannelId: () => `SIM${instance}${(ids += 1).toString(16).toUpperCase().padStart(8, '0')}`,
    files: new Map(),
    person: (number) => {
      const person = personOf(options.seed, number, shares)
      const given = traits.size === 0 ? undefined : traits.get(number)
      return given ? { ...person, ...given } : person
    },
    givenPeople: () => [...traits],
    setPerson: (number, given) => {
      traits.set(number, { ...traits.get(number), ...given })
    },
  }
}

/** The product's word counts: without a phone its credentials are gone; with one they were made before this network. */
function meetAgain(account: Account, request: SimulatedSender, settings: SimulatorSettings): Account {
  account.settings = settings
  account.kind = request.kind ?? account.kind
  if (request.phone === null) account.isLinked = false
  else if (account.turn === 0) {
    account.phone = request.phone
    account.isLinked = true
  }
  return account
}

/** The account of a sender, made on first sight. A known phone means it was paired before. */
export function accountFor(state: NetworkState, request: SimulatedSender): Account {
  const settings = readSimulatorSettings(request.settings, state.defaults)
  const known = state.accounts.get(request.senderId)
  if (known) return meetAgain(known, request, settings)
  const account: Account = {
    senderId: request.senderId,
    kind: request.kind ?? 'simulator',
    phone: request.phone,
    settings,
    turn: 0,
    isOpen: false,
    state: 'offline',
    isLinked: request.phone !== null,
    isOffline: false,
    isBanned: false,
    isRestricted: false,
    reason: null,
    pairing: null,
    isDisturbed: false,
    outbox: createOutbox(
      state.options.schedule,
      (event: InboundEvent) => event.type === 'state' || event.type === 'pairing',
    ),
    seen: createSeenIds(),
    blockedBy: new Set(),
    wroteBy: new Map(),
    optedOut: new Set(),
    windows: createWindows(),
    knows: null,
    isTakenUp: false,
    calls: 0,
  }
  state.accounts.set(request.senderId, account)
  return account
}
