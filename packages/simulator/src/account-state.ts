import type { SessionState } from '@siar/channel'
import type { Account, NetworkState } from './network-state.ts'

/** How long a linked sender takes to come online. */
export const connectMs = 15

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
export function later(network: NetworkState, account: Account, delayMs: number, step: () => void): void {
  const { turn } = account
  const guarded = (): void => {
    if (account.isOpen && account.turn === turn) step()
  }
  if (network.options.instant === true && delayMs <= connectMs) guarded()
  else network.wheel.add(delayMs, guarded)
}

export function goOnline(network: NetworkState, account: Account): void {
  account.state = 'online'
  announce(network, account, account.isRestricted ? 'restricted' : 'online', account.reason)
}

export function end(account: Account): void {
  account.isOpen = false
  account.pairing = null
  account.state = 'offline'
}
