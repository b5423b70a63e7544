import type { SessionListener, SessionState } from '@siar/channel'
import { hash32 } from '@siar/domain'
import type { ScanResult } from './control.ts'
import type { Account, NetworkState } from './network-state.ts'
import { ownNumberOf } from './person.ts'

const firstCodeMs = 60_000
const nextCodeMs = 20_000
const codesMax = 6
const connectMs = 15

/** Tells the session a new state of its connection. */
export function announce(
  network: NetworkState,
  account: Account,
  state: SessionState['state'],
  reason: string | null = null,
): void {
  account.outbox.push({
    type: 'state',
    state,
    reason,
    phone: account.isLinked ? account.phone : null,
    at: new Date(network.nowMs()),
  })
}

/** Runs a step of this session later, unless the session is over by then. */
function later(network: NetworkState, account: Account, delayMs: number, step: () => void): void {
  const { turn } = account
  const guarded = (): void => {
    if (account.isOpen && account.turn === turn) step()
  }
  if (network.options.instant === true && delayMs <= connectMs) guarded()
  else network.wheel.add(delayMs, guarded)
}

function goOnline(network: NetworkState, account: Account): void {
  account.state = 'online'
  announce(network, account, account.isRestricted ? 'restricted' : 'online', account.reason)
}

function end(account: Account): void {
  account.isOpen = false
  account.pairing = null
  account.state = 'offline'
}

function showNextCode(network: NetworkState, account: Account): void {
  const number = (account.pairing?.number ?? 0) + 1
  if (number > codesMax) {
    end(account)
    announce(network, account, 'offline', 'nobody scanned the QR code in time')
    return
  }
  const validMs = number === 1 ? firstCodeMs : nextCodeMs
  const expiresAtMs = network.nowMs() + validMs
  const secret = hash32(`${network.options.seed}/${account.senderId}/${expiresAtMs}/${number}`)
  const data = `siar-simulator,${account.senderId},${number},${secret.toString(36)}`
  account.pairing = { number, data, expiresAtMs }
  account.outbox.push({ type: 'pairing', kind: 'qr', data, expiresAt: new Date(expiresAtMs) })
  later(network, account, validMs, () => {
    if (account.pairing?.number === number) showNextCode(network, account)
  })
}

function startPairing(network: NetworkState, account: Account): void {
  account.state = 'pairing'
  account.pairing = null
  announce(network, account, 'pairing')
  showNextCode(network, account)
}

/** Connects a session; an open one of the same sender is replaced, as WhatsApp does. @returns the session's turn. */
export function openSession(network: NetworkState, account: Account, listener: SessionListener): number {
  if (account.isOpen) network.tally.replacedSessions += 1
  account.turn += 1
  account.isOpen = true
  account.pairing = null
  account.outbox.attach(listener)
  if (account.isBanned || account.isOffline) {
    end(account)
    announce(network, account, account.isBanned ? 'banned' : 'offline', account.reason)
  } else if (account.isLinked) {
    account.state = 'reconnecting'
    later(network, account, connectMs, () => goOnline(network, account))
  } else {
    startPairing(network, account)
  }
  return account.turn
}

/** Ends a session from our side; what comes meanwhile waits in the outbox. */
export function closeSession(account: Account, turn: number): void {
  if (account.turn !== turn) return
  end(account)
  account.outbox.detach()
}

export function scanCode(network: NetworkState, account: Account, data: string): ScanResult {
  if (!account.isOpen || account.pairing === null) return 'not_pairing'
  if (account.pairing.data !== data || account.pairing.expiresAtMs < network.nowMs()) return 'expired'
  account.pairing = null
  account.isLinked = true
  account.phone ??= ownNumberOf(account.senderId)
  goOnline(network, account)
  return 'paired'
}

/** Removes the link, from our side or from the phone. */
export function unlink(network: NetworkState, account: Account, reason: string): void {
  account.isLinked = false
  end(account)
  announce(network, account, 'logged_out', reason)
}

export function banAccount(network: NetworkState, account: Account, reason: string): void {
  account.isBanned = true
  account.reason = reason
  end(account)
  announce(network, account, 'banned', reason)
}

export function restrictAccount(network: NetworkState, account: Account, reason: string): void {
  account.isRestricted = true
  account.reason = reason
  if (account.isOpen && account.state === 'online') announce(network, account, 'restricted', reason)
}

export function pardonAccount(network: NetworkState, account: Account): void {
  const wasRestricted = account.isRestricted
  account.isBanned = false
  account.isRestricted = false
  account.reason = null
  if (wasRestricted && account.isOpen && account.state === 'online') announce(network, account, 'online')
}

export function breakConnection(network: NetworkState, account: Account, backInMs: number | undefined): void {
  if (backInMs === undefined) {
    account.isOffline = true
    end(account)
    announce(network, account, 'offline', 'the connection broke')
    return
  }
  account.state = 'reconnecting'
  announce(network, account, 'reconnecting', 'the connection broke')
  const { turn } = account
  network.wheel.add(backInMs, () => {
    if (account.isOpen && account.turn === turn && account.state === 'reconnecting')
      goOnline(network, account)
  })
}
