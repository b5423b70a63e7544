import { chatOf } from './network-push.ts'
import { push } from './page-account.ts'
import type { PageAccount } from './page-account.ts'
import type { StreamInfo, StreamMode } from './page-protocol.ts'
import { keyOf } from './wire-id.ts'

/** The hands on what only WhatsApp Web shows; people, codes, receipts and bans are the network's own `control`. */
export interface WebPageControl {
  /** The account is linked already: to the first browser that comes. `lids`: it names people by hidden ids. */
  link(account: string, phone: string, options?: { readonly lids?: boolean }): void
  /** The open page shows a state of its stream that no event of the network leads to. */
  setStream(account: string, mode: StreamMode, info: StreamInfo): Promise<void>
  /** The page writes an error to its console. */
  complain(account: string, text: string): Promise<void>
  /** Look-ups of numbers are not answered from now on. */
  failLookups(account: string, on: boolean): void
  /** The key the page has for a message from a person, by the network's id of it. */
  keyOf(account: string, from: string, networkId: string): string
  /** Whether a page is open and holds the account's session. */
  isOpen(account: string): boolean
}

export function createPageControl(account: (name: string) => PageAccount): WebPageControl {
  return {
    link: (name, phone, { lids = false } = {}) => {
      Object.assign(account(name), { phone, awaitsDevice: true, lids })
    },
    setStream: (name, mode, info) => push(account(name), { kind: 'stream', mode, info }),
    complain: (name, text) => push(account(name), { kind: 'console', text }),
    failLookups: (name, on) => {
      account(name).failsLookups = on
    },
    keyOf: (name, from, networkId) => keyOf('in', chatOf(account(name), from), networkId),
    isOpen: (name) => account(name).open !== null,
  }
}
