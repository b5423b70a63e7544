import { randomUUID } from 'node:crypto'
import type { SimulatedNetwork } from '../network.ts'
import { chatOf } from './network-push.ts'
import { push } from './page-account.ts'
import type { PageAccount } from './page-account.ts'
import type { PageContact, PageGroup, StreamInfo, StreamMode } from './page-protocol.ts'
import { incomingKey, widOf } from './wire-id.ts'

/** The hands on what only WhatsApp Web shows; people, receipts and bans are the network's own `control`. */
export interface WebPageControl {
  /** The account is linked already: to the first browser that comes. `lids`: it names people by hidden ids. */
  link(account: string, phone: string, options?: { readonly lids?: boolean }): void
  /** The phone scans a code; only the one shown now pairs. */
  scan(account: string, code: string): Promise<boolean>
  /** The eight characters are typed on the phone. */
  typeLinkCode(account: string, linkCode: string): Promise<boolean>
  /** The open page shows a state of its stream that no event of the network leads to. */
  setStream(account: string, mode: StreamMode, info: StreamInfo): Promise<void>
  /** The owner writes to a person on the phone. @returns the page's key of the message. */
  writeByPhone(account: string, to: string, text: string): Promise<string>
  /** The page writes an error to its console. */
  complain(account: string, text: string): Promise<void>
  setDirectory(
    account: string,
    directory: { readonly groups?: readonly PageGroup[]; readonly contacts?: readonly PageContact[] },
  ): void
  /** Look-ups of numbers are not answered from now on. */
  failLookups(account: string, on: boolean): void
  /** The key the adapter sees for a message that `control.incoming` of the network made. */
  keyOf(account: string, from: string, networkId: string): string
  /** Pages of this account that are open and hold its session: 0 or 1. */
  openPages(account: string): number
}

export function createPageControl(
  network: SimulatedNetwork,
  account: (name: string) => PageAccount,
): WebPageControl {
  const scan = async (name: string, code: string): Promise<boolean> =>
    (await network.control.scan(name, code)) === 'paired'
  return {
    link: (name, phone, { lids = false } = {}) => {
      Object.assign(account(name), { phone, awaitsDevice: true, lids })
    },
    scan,
    typeLinkCode: async (name, linkCode) => {
      const { pairing } = account(name)
      if (pairing === null || pairing.linkCode !== linkCode) return false
      return scan(name, pairing.code)
    },
    setStream: (name, mode, info) => push(account(name), { kind: 'stream', mode, info }),
    writeByPhone: async (name, to, text) => {
      const chat = chatOf(account(name), to)
      const id = `true_${chat}_3A${randomUUID().replaceAll('-', '').slice(0, 18).toUpperCase()}`
      const from = widOf(account(name).phone ?? '')
      const t = Math.floor(Date.now() / 1_000)
      const message = { id, from, to: chat, type: 'chat', body: text, notifyName: null, t }
      await push(account(name), { kind: 'message', message })
      return id
    },
    complain: (name, text) => push(account(name), { kind: 'console', text }),
    setDirectory: (name, directory) => {
      Object.assign(account(name), directory)
    },
    failLookups: (name, on) => {
      account(name).failsLookups = on
    },
    keyOf: (name, from, networkId) => incomingKey(chatOf(account(name), from), networkId),
    openPages: (name) => (account(name).open === null ? 0 : 1),
  }
}
