import type { ServerResponse } from 'node:http'
import type { SimulatorSettings } from '../simulator-settings.ts'
import type { SimulatedNetwork } from '../network.ts'
import { abandon, push, recognises } from './page-account.ts'
import type { OpenPage, PageAccount } from './page-account.ts'
import { pushesOf } from './network-push.ts'

/** How often a page comes back after its stream broke. */
const retryMs = 200

function writeTo(response: ServerResponse): OpenPage['write'] {
  return (numbered) => response.write(`data: ${JSON.stringify(numbered)}\n\n`)
}

function settingsOf(simulator: Partial<SimulatorSettings>): Record<string, unknown> {
  return { simulator: { ...simulator, echoesOurId: true } }
}

/** The page before is told that the account was opened elsewhere, and hears no more. */
function replace(account: PageAccount, page: string): void {
  const { open } = account
  if (open === null) return
  open.session?.close()
  open.session = null
  abandon(open)
  if (open.page !== page) open.write({ id: Number.MAX_SAFE_INTEGER, push: conflict })
}

const conflict = { kind: 'stream', mode: 'CONFLICT', info: 'OFFLINE' } as const

/**
 * Connects a page to the account: the linked browser goes on where it was, any other one is shown a code and the link
 * before is gone.
 */
export function connectPage(
  network: SimulatedNetwork,
  account: PageAccount,
  given: { readonly page: string; readonly device: string },
  response: ServerResponse,
  simulator: Partial<SimulatorSettings>,
): void {
  replace(account, given.page)
  const isLinked = recognises(account, given.device, given.page)
  if (!isLinked) account.device = null
  const open: OpenPage = { page: given.page, write: writeTo(response), session: null, waiting: new Map() }
  account.open = open
  response.write(`retry: ${retryMs}\n\n`)
  const unread = isLinked ? [...account.unread.values()] : []
  void push(account, { kind: 'hello', lids: account.lids, unread }).catch(() => undefined)
  const sender = {
    senderId: account.name,
    kind: 'web-page' as const,
    phone: isLinked ? account.phone : null,
    settings: settingsOf(simulator),
  }
  const session = network.open(sender, async (events) => {
    if (account.open !== open) throw new Error('the page is gone')
    const pushes = events.flatMap((event) => pushesOf(account, session, event))
    await Promise.all(pushes.map((what) => push(account, what)))
  })
  open.session = session
  response.on('close', () => {
    open.session?.close()
    open.session = null
    abandon(open)
    if (account.open === open) account.open = null
  })
}
