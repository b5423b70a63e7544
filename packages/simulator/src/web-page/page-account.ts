import { randomUUID } from 'node:crypto'
import type { NetworkSession } from '../network.ts'
import type { NumberedPush, PageMessage, ServerPush } from './page-protocol.ts'

interface Waiting extends NumberedPush {
  readonly resolve: () => void
  readonly reject: (reason: Error) => void
}

/** One browser page that is connected now. */
export interface OpenPage {
  readonly page: string
  readonly write: (push: NumberedPush) => void
  /** Null once another page took its place. */
  session: NetworkSession | null
  readonly waiting: Map<number, Waiting>
}

/** A WhatsApp account as the page's server knows it. `name` is its name in the simulated network. */
export interface PageAccount {
  readonly name: string
  phone: string | null
  /** The key of the browser that is linked; null while none is. */
  device: string | null
  /** Linked, and the first browser that comes is the one. */
  awaitsDevice: boolean
  /** The page that was linked last: it comes back under the name it began with, before it had a key. */
  linkedPage: string | null
  lids: boolean
  open: OpenPage | null
  /** Where a message of ours went, by Siar's id; receipts do not tell. */
  readonly sentTo: Map<string, string>
  /** The network's reference of a file, by the page's key of its message. */
  readonly files: Map<string, string>
  /** Numbers behind hidden ids of people the account has written with. */
  readonly metLids: Map<string, string>
  failsLookups: boolean
  /** Messages a page took that were not marked read, by their key. */
  readonly unread: Map<string, PageMessage>
}

export function createPageAccount(name: string): PageAccount {
  return {
    name,
    phone: null,
    device: null,
    awaitsDevice: false,
    linkedPage: null,
    lids: false,
    open: null,
    sentTo: new Map(),
    files: new Map(),
    metLids: new Map(),
    failsLookups: false,
    unread: new Map(),
  }
}

let pushes = 0

/** Tells the open page; resolves when it took it, rejects when it is gone before. */
export function push(account: PageAccount, what: ServerPush): Promise<void> {
  const { open } = account
  if (open === null) return Promise.reject(new Error('no page is open'))
  pushes += 1
  const id = pushes
  return new Promise((resolve, reject) => {
    open.waiting.set(id, { id, push: what, resolve, reject })
    open.write({ id, push: what })
  })
}

export function settle(account: PageAccount, open: OpenPage, id: number): void {
  const taken = open.waiting.get(id)
  open.waiting.delete(id)
  if (taken?.push.kind === 'message' && taken.push.message.id.startsWith('false_')) {
    keep(account.unread, taken.push.message.id, taken.push.message)
  }
  taken?.resolve()
}

/** What was not taken by a page that is gone goes back to the network. */
export function abandon(open: OpenPage): void {
  for (const waiting of open.waiting.values()) waiting.reject(new Error('the page is gone'))
  open.waiting.clear()
}

/** True when this is the linked browser, by its key or as the same page again; a new link takes the first that comes. */
export function recognises(account: PageAccount, device: string, page: string): boolean {
  if (account.awaitsDevice) {
    account.awaitsDevice = false
    account.device = device === '' ? randomUUID() : device
    return true
  }
  return account.device !== null && (account.device === device || account.linkedPage === page)
}

const keptMax = 10_000

/** Keeps an entry and forgets the oldest beyond some thousands. */
export function keep<V>(map: Map<string, V>, key: string, value: V): void {
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > keptMax && oldest !== undefined) map.delete(oldest)
}
