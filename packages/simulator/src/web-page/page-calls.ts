import type { OutboundMedia, SendOutcome } from '@siar/channel'
import { mediaKinds } from '@siar/channel'
import type { KnownPerson } from '@siar/channel'
import { hiddenIdOf } from '../hidden-id.ts'
import type { NetworkSession } from '../network.ts'
import { keep } from './page-account.ts'
import type { PageAccount } from './page-account.ts'
import type { PageAnswer, PageCalls, PageContact, SendResult } from './page-protocol.ts'
import { addressOf, siarIdOf, widOf } from './wire-id.ts'

export interface CallContext {
  readonly account: PageAccount
  readonly session: NetworkSession
  /** Ends when the page gives up. */
  readonly signal: AbortSignal
}

type Handlers = {
  readonly [M in keyof PageCalls]: (
    context: CallContext,
    args: PageCalls[M]['args'],
  ) => Promise<PageAnswer<M>>
}

const done = { ok: true, value: null } as const

function phoneOf(account: PageAccount, wid: string): string {
  return account.metLids.get(wid) ?? addressOf(wid)
}

function mediaOf(file: NonNullable<PageCalls['send']['args']['file']>): OutboundMedia | null {
  const kind = mediaKinds.find((known) => known === file.type)
  if (kind === undefined) return null
  const data = Buffer.from(file.dataBase64, 'base64')
  return {
    kind,
    mimeType: file.mimetype,
    fileName: 'file',
    sizeBytes: data.byteLength,
    fingerprint: '',
    read: async () => data,
  }
}

function resultOf(outcome: SendOutcome): SendResult | null {
  switch (outcome.kind) {
    case 'accepted':
      return 'OK'
    case 'refused':
      return outcome.reason === 'media_failed' ? 'ERROR_UPLOAD' : 'ERROR_UNKNOWN'
    case 'unknown':
      return 'ERROR_NETWORK'
    case 'not_sent':
      return null
    default:
      return outcome satisfies never
  }
}

async function send(context: CallContext, args: PageCalls['send']['args']): Promise<PageAnswer<'send'>> {
  const { account, session, signal } = context
  const messageId = siarIdOf(args.id)
  const media = args.file ? mediaOf(args.file) : undefined
  if (media === null) return { ok: false, code: 'file_type_unknown' }
  keep(account.sentTo, messageId, args.chat)
  const to = phoneOf(account, args.chat)
  const outcome = await session.send({ messageId, to, text: args.text, ...(media ? { media } : {}) }, signal)
  const result = resultOf(outcome)
  if (result === null) return { ok: false, code: 'not_connected' }
  return { ok: true, value: { result, t: Math.floor(Date.now() / 1_000) } }
}

function exists({ session, account }: CallContext, wid: string): PageAnswer<'exists'> {
  if (account.failsLookups) return { ok: false, code: 'lookup_failed' }
  const phone = phoneOf(account, wid)
  if (!session.isOnWhatsApp(phone)) return done
  const lid = hiddenIdOf(phone)
  keep(account.metLids, lid, phone)
  return { ok: true, value: { lid } }
}

const idOf = ({ phone, aliases }: KnownPerson): string => (phone === null ? (aliases[0] ?? '') : widOf(phone))

const contactOf = (person: KnownPerson): PageContact => ({
  id: idOf(person),
  name: person.name,
  pushname: null,
  isMyContact: true,
})

function readMedia({ account, session }: CallContext, id: string): PageAnswer<'media'> {
  const ref = account.files.get(id)
  const file = ref === undefined ? null : session.download(ref)
  if (file === null) return done
  const dataBase64 = Buffer.from(file.data).toString('base64')
  return { ok: true, value: { mimetype: file.mimeType, dataBase64 } }
}

/** What the server does for its page. */
export const pageCalls: Handlers = {
  send,
  exists: async (context, { wid }) => exists(context, wid),
  phoneOf: async ({ account }, { lid }) => {
    const phone = account.metLids.get(lid)
    return { ok: true, value: phone === undefined ? null : `${phone.slice(1)}@c.us` }
  },
  groups: async ({ account, session }) => {
    const own = account.phone === null ? [] : [widOf(account.phone)]
    const { groups } = session.acquaintances()
    const value = groups.map(({ id, name, members }) => ({
      id,
      name,
      participants: [...members.map(idOf), ...own],
    }))
    return { ok: true, value }
  },
  contacts: async ({ session }) => ({ ok: true, value: session.acquaintances().addressBook.map(contactOf) }),
  media: async (context, { id }) => readMedia(context, id),
  typing: async ({ session }) => {
    session.showTyping()
    return done
  },
  seen: async ({ account, session }, { chat }) => {
    for (const [key, { from }] of account.unread) if (from === chat) account.unread.delete(key)
    session.markRead()
    return done
  },
  linkCode: async ({ session }, { phone }) => {
    const code = session.requestCode(`+${phone}`)
    return code === null ? { ok: false, code: 'not_pairing' } : { ok: true, value: code.replace('-', '') }
  },
  logout: async ({ session }) => {
    session.logOut()
    return done
  },
}
