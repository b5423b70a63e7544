import type { SessionListener } from '@siar/channel'
import { startPairing } from './account-pairing.ts'
import { announce, connectMs, end, goOnline, later } from './account-state.ts'
import type { Account, NetworkState } from './network-state.ts'

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
    if (account.settings.official) goOnline(network, account)
    else later(network, account, connectMs, () => goOnline(network, account))
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
