import { hash32 } from '@siar/domain'
import { announce, end, goOnline, later } from './account-state.ts'
import type { ScanResult } from './control.ts'
import type { Account, NetworkState } from './network-state.ts'
import { ownNumberOf } from './person.ts'

const firstCodeMs = 60_000
const nextCodeMs = 20_000
const codesMax = 6
const typedCodeMs = 180_000
/** Letters and digits that are not taken for one another. */
const codeLetters = '123456789ABCDEFGHJKLMNPQRSTVWXYZ'

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
  account.pairing = { number, data, expiresAtMs, typed: account.pairing?.typed ?? null }
  account.outbox.push({ type: 'pairing', kind: 'qr', data, expiresAt: new Date(expiresAtMs) })
  later(network, account, validMs, () => {
    if (account.pairing?.number === number) showNextCode(network, account)
  })
}

/** Shows codes to a sender that is not linked, each for a while, until one is scanned or nobody comes. */
export function startPairing(network: NetworkState, account: Account): void {
  account.state = 'pairing'
  account.pairing = null
  announce(network, account, 'pairing')
  showNextCode(network, account)
}

/**
 * Makes a code to type on the phone of a number, instead of scanning; a later one replaces it.
 *
 * @returns `XXXX-XXXX`, or null when the sender is not waiting to be paired.
 */
export function requestTypedCode(network: NetworkState, account: Account, phone: string): string | null {
  if (!account.isOpen || account.pairing === null) return null
  const nowMs = network.nowMs()
  const letter = (index: number): string =>
    codeLetters[
      hash32(`${network.options.seed}/${account.senderId}/${nowMs}/${index}`) % codeLetters.length
    ] ?? '1'
  const letters = Array.from({ length: 8 }, (_, index) => letter(index)).join('')
  const code = `${letters.slice(0, 4)}-${letters.slice(4)}`
  const expiresAtMs = nowMs + typedCodeMs
  account.pairing = { ...account.pairing, typed: { code, phone, expiresAtMs } }
  account.outbox.push({ type: 'pairing', kind: 'code', data: code, expiresAt: new Date(expiresAtMs) })
  return code
}

function link(network: NetworkState, account: Account, phone: string): ScanResult {
  account.pairing = null
  account.isLinked = true
  account.phone = phone
  goOnline(network, account)
  return 'paired'
}

export function scanCode(network: NetworkState, account: Account, data: string): ScanResult {
  if (!account.isOpen || account.pairing === null) return 'not_pairing'
  if (account.pairing.data !== data || account.pairing.expiresAtMs < network.nowMs()) return 'expired'
  return link(network, account, account.phone ?? ownNumberOf(account.senderId))
}

/** The code is typed on the phone it was made for, with or without its dash. */
export function enterTypedCode(network: NetworkState, account: Account, code: string): ScanResult {
  const typed = account.pairing?.typed ?? null
  if (!account.isOpen || typed === null) return 'not_pairing'
  const isSame = typed.code.replace('-', '') === code.replace('-', '').toUpperCase()
  if (!isSame || typed.expiresAtMs < network.nowMs()) return 'expired'
  return link(network, account, typed.phone)
}
