import type {
  ChannelCapabilities,
  DownloadedMedia,
  InboundEvent,
  SendOutcome,
  SessionListener,
} from '@siar/channel'
import { hash32 } from '@siar/domain'
import { requestTypedCode } from './account-pairing.ts'
import { closeSession, openSession, unlink } from './account-session.ts'
import { acquaintancesOf } from './acquaintances.ts'
import type { Acquaintances } from './acquaintances.ts'
import { createControl } from './network-control.ts'
import type { SimulatorControl } from './control.ts'
import { dispatch } from './dispatch.ts'
import { takeUpEarlier, watchRecord } from './earlier-frames.ts'
import type { FrameRecord } from './frame-record.ts'
import type { NetworkMessage } from './network-message.ts'
import { accountFor, createNetworkState } from './network-state.ts'
import type { Account, NetworkOptions, NetworkState, SimulatedSender } from './network-state.ts'
import { capabilitiesOf } from './simulator-settings.ts'
import type { Schedule } from '@siar/channel'
import type { WindowState } from './windows.ts'

/** One sender's connection to the network. A later `open` of the same sender replaces it. */
export interface NetworkSession {
  readonly capabilities: ChannelCapabilities
  send(message: NetworkMessage, signal?: AbortSignal): Promise<SendOutcome>
  /** What the network makes of this sender now; `closed` once another session has replaced this one or it was ended. */
  status(): SenderStatus
  /** Whether a person may be written to freely now. */
  windowOf(to: string): WindowState
  showTyping(): void
  markRead(): void
  /** @returns the code to type on the phone of that number, or null when the sender is not waiting to be paired. */
  requestCode(phone: string): string | null
  isOnWhatsApp(phone: string): boolean
  acquaintances(): Acquaintances
  /** A file that came in by this sender's events, or null. */
  download(ref: string): DownloadedMedia | null
  close(): void
  logOut(): void
}

export type SenderStatus = 'online' | 'restricted' | 'unreachable' | 'logged_out' | 'banned' | 'closed'

/** The network's own time, for stand-in servers: millions of tasks may wait, they share timers. */
export interface NetworkClock {
  nowMs(): number
  later(delayMs: number, task: () => void): void
}

/** One simulated WhatsApp: people, phones, connections, failures. Deterministic for one seed, clock and order of calls. */
export interface SimulatedNetwork {
  readonly control: SimulatorControl
  readonly record: FrameRecord
  readonly clock: NetworkClock
  readonly schedule: Schedule
  /** Puts events among those of a sender, in order with what the network itself tells. Nothing for one it never met. */
  tell(senderId: string, events: readonly InboundEvent[]): void
  /** As if a person had written before this network began: their window is open, and nobody is told. */
  openWindow(senderId: string, person: string, byAd: boolean): void
  open(request: SimulatedSender, listener: SessionListener): NetworkSession
  /** The sender's phone has linked a device in a way of its own, also after an unlinking: for stand-ins with their own pairing. */
  link(request: SimulatedSender): void
  /** @param phone E.164 with "+". */
  isOnWhatsApp(phone: string): boolean
  /** Stops all clocks and closes the record. */
  close(): Promise<void>
}

function latencyOf(account: Account): number {
  const { latencyMsMin, latencyMsMax } = account.settings
  if (latencyMsMax === 0) return 0
  const spread = hash32(`${account.senderId}/${account.calls}`) % (latencyMsMax - latencyMsMin + 1)
  return latencyMsMin + spread
}

/** Waits for an answer that takes its time, or for the caller to give up; the frame is on its way all the same. */
function answerLater(
  network: NetworkState,
  latencyMs: number,
  arrive: () => SendOutcome | null,
  signal: AbortSignal | undefined,
): Promise<SendOutcome> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => resolve({ kind: 'unknown', reason: 'gave_up_waiting' })
    signal?.addEventListener('abort', giveUp, { once: true })
    network.wheel.add(latencyMs / 2, () => {
      try {
        const outcome = arrive()
        if (outcome === null) return
        network.wheel.add(latencyMs / 2, () => {
          signal?.removeEventListener('abort', giveUp)
          resolve(outcome)
        })
      } catch (error) {
        reject(error instanceof Error ? error : new Error('The simulated network failed', { cause: error }))
      }
    })
  })
}

async function sendThrough(
  network: NetworkState,
  account: Account,
  turn: number,
  message: NetworkMessage,
  signal: AbortSignal | undefined,
): Promise<SendOutcome> {
  const notSent = { kind: 'not_sent', reason: 'not_connected', retryAfterMs: 1_000 } as const
  if (signal?.aborted === true) return notSent
  if (!account.outbox.hasRoom() && !(await account.outbox.room(signal))) return notSent
  if (message.media) await message.media.read()
  if (account.turn !== turn) {
    network.tally.staleSends += 1
    return notSent
  }
  const arrive = (): SendOutcome | null => dispatch(network, account, message)
  const latencyMs = network.options.instant === true ? 0 : latencyOf(account)
  if (latencyMs > 0) return answerLater(network, latencyMs, arrive, signal)
  return arrive() ?? answerLater(network, 0, () => null, signal)
}

function statusOf(account: Account, turn: number): SenderStatus {
  if (account.isBanned) return 'banned'
  if (!account.isLinked) return 'logged_out'
  if (account.isOffline) return 'unreachable'
  if (!account.isOpen || account.turn !== turn) return 'closed'
  if (account.state !== 'online') return 'unreachable'
  return account.isRestricted ? 'restricted' : 'online'
}

function connect(network: NetworkState, request: SimulatedSender, listener: SessionListener): NetworkSession {
  const account = accountFor(network, request)
  takeUpEarlier(network, account)
  account.isTakenUp = true
  const turn = openSession(network, account, listener)
  return {
    capabilities: capabilitiesOf(account.settings),
    send: (message, signal) => sendThrough(network, account, turn, message, signal),
    status: () => statusOf(account, turn),
    windowOf: (to) => account.windows.stateOf(to, network.nowMs()),
    showTyping: () => {
      network.tally.typing += 1
    },
    markRead: () => {
      network.tally.markedRead += 1
    },
    requestCode: (phone) => (account.turn === turn ? requestTypedCode(network, account, phone) : null),
    isOnWhatsApp: (phone) => network.person(phone).onWhatsApp,
    acquaintances: () => ({ ...acquaintancesOf(account.senderId), ...account.knows }),
    download: (ref) => network.files.get(ref) ?? null,
    close: () => closeSession(account, turn),
    logOut: () => {
      if (account.turn === turn) unlink(network, account, 'logged out here')
    },
  }
}

export function createSimulatedNetwork(options: NetworkOptions): SimulatedNetwork {
  const network = createNetworkState(options)
  const endWatch = watchRecord(network)
  return {
    control: createControl(network),
    record: options.record,
    clock: { nowMs: network.nowMs, later: (delayMs, task) => network.wheel.add(delayMs, task) },
    schedule: options.schedule,
    openWindow: (senderId, person, byAd) =>
      network.accounts.get(senderId)?.windows.heard(person, network.nowMs(), byAd),
    tell: (senderId, events) => network.accounts.get(senderId)?.outbox.push(...events),
    open: (request, listener) => connect(network, request, listener),
    link: (request) => {
      const account = accountFor(network, request)
      account.phone = request.phone
      account.isLinked = true
    },
    isOnWhatsApp: (phone) => network.person(phone).onWhatsApp,
    close: async () => {
      endWatch()
      network.wheel.close()
      for (const account of network.accounts.values()) account.outbox.detach()
      await options.record.close()
    },
  }
}
