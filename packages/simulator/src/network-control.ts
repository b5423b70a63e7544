import { banAccount, breakConnection, pardonAccount, restrictAccount, unlink } from './account-session.ts'
import { enterTypedCode, scanCode } from './account-pairing.ts'
import type { NetworkCounts, SenderView, SimulatorControl } from './control.ts'
import { accountFor } from './network-state.ts'
import type { Account, NetworkState } from './network-state.ts'
import { blockSender, writeOnPhone, writeToSender } from './people.ts'

function countsOf(network: NetworkState): NetworkCounts {
  let online = 0
  for (const account of network.accounts.values()) {
    if (account.isOpen && account.state === 'online') online += 1
  }
  return { senders: network.accounts.size, online, ...network.options.record.counts(), ...network.tally }
}

function presentSender(account: Account): SenderView {
  const { senderId, kind, phone, state, isLinked, isBanned, isRestricted, pairing } = account
  const qr = pairing?.data ?? null
  const typedCode = pairing?.typed?.code ?? null
  return { senderId, kind, phone, state, isLinked, isBanned, isRestricted, qr, typedCode }
}

function bySenderId(one: SenderView, other: SenderView): number {
  return one.senderId < other.senderId ? -1 : 1
}

/** The hands of the world on a network in this process. */
export function createControl(network: NetworkState): SimulatorControl {
  const account = (senderId: string): Account =>
    network.accounts.get(senderId) ?? accountFor(network, { senderId, phone: null, settings: {} })
  return {
    scan: async (senderId, data) => scanCode(network, account(senderId), data),
    enterCode: async (senderId, code) => enterTypedCode(network, account(senderId), code),
    incoming: async (senderId, from, text, options) =>
      writeToSender(network, account(senderId), from, text, options),
    writeOnPhone: async (senderId, to, text) => writeOnPhone(network, account(senderId), to, text),
    setAcquaintances: async (senderId, knows) => {
      const known = account(senderId)
      known.knows = { ...known.knows, ...knows }
    },
    block: async (senderId, from, kind) => blockSender(network, account(senderId), from, kind),
    ban: async (senderId, reason) =>
      banAccount(network, account(senderId), reason ?? 'banned by the simulator'),
    restrict: async (senderId, reason) =>
      restrictAccount(network, account(senderId), reason ?? 'restricted by the simulator'),
    pardon: async (senderId) => pardonAccount(network, account(senderId)),
    logOut: async (senderId) => unlink(network, account(senderId), 'unlinked on the phone'),
    goOffline: async (senderId, backInMs) => breakConnection(network, account(senderId), backInMs),
    comeBack: async (senderId) => {
      account(senderId).isOffline = false
    },
    disturbReceipts: async (senderId, on) => {
      account(senderId).isDisturbed = on
    },
    addRule: async (rule) => void network.rules.add(rule),
    clearRules: async () => network.rules.clear(),
    setPerson: async (number, traits) => network.setPerson(number, traits),
    person: async (number) => network.person(number),
    senders: async () => [...network.accounts.values()].map(presentSender).sort(bySenderId),
    people: async () => network.givenPeople().map(([number, traits]) => ({ number, traits })),
    rules: async () =>
      network.rules.list().map(({ rule, left }) => ({ rule, left: Number.isFinite(left) ? left : null })),
    counts: async () => countsOf(network),
    frames: async (query) => network.options.record.list(query),
  }
}
