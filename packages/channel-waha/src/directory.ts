import { ChannelUnavailable } from '@siar/channel'
import type { Directory, Existence, KnownPerson } from '@siar/channel'
import { addressOf } from './chat-id.ts'
import { CallFailed } from './http-caller.ts'
import type { People } from './people.ts'
import { AnswerRefused } from './waha-api.ts'
import type { WahaApi } from './waha-api.ts'

/** Every end of a look-up but its answer means: not now. */
export async function askable<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    if (cause instanceof CallFailed) throw new ChannelUnavailable(cause.reason, { cause })
    if (cause instanceof AnswerRefused) {
      throw new ChannelUnavailable(`server_answered_${cause.status}`, { cause })
    }
    throw cause
  }
}

function knownPerson(ids: readonly (string | null)[], name: string | null): KnownPerson | null {
  const addresses = [...new Set(ids.flatMap((id) => (id === null ? [] : (addressOf(id) ?? []))))]
  if (addresses.length === 0) return null
  const phone = addresses.find((address) => address.startsWith('+')) ?? null
  return { phone, aliases: addresses.filter((address) => address !== phone), name }
}

const isKnown = (person: KnownPerson | null): person is KnownPerson => person !== null

/** The account is a member of its own groups. */
async function ownAddresses(api: WahaApi): Promise<ReadonlySet<string | null>> {
  const me = (await api.findSession())?.me
  return new Set([me?.id, me?.lid].flatMap((id) => (id ? (addressOf(id) ?? []) : [])))
}

export function createDirectory(api: WahaApi, people: People): Directory {
  return {
    exists: (phones, signal) =>
      askable(async () => {
        const found: Existence[] = []
        for (const phone of phones) found.push({ phone, ...(await people.lookUp(phone, signal)) })
        return found
      }),
    groups: (signal) =>
      askable(async () => (await api.groups(signal)).filter(({ id }) => id.endsWith('@g.us'))),
    groupMembers: (groupId, signal) =>
      askable(async () => {
        const own = await ownAddresses(api)
        const members = await api.participants(groupId, signal)
        return members
          .filter(({ role }) => role !== 'left')
          .map(({ id, pn }) => knownPerson([id, pn], null))
          .filter(isKnown)
          .filter(({ phone, aliases }) => ![phone, ...aliases].some((address) => own.has(address)))
      }),
    addressBook: (signal) =>
      askable(async () => {
        const contacts = await api.contacts(signal)
        return contacts
          .filter(({ isMe, isGroup, isMyContact }) => isMyContact && !isMe && !isGroup)
          .map(({ id, lid, name, pushname }) => knownPerson([id, lid], name ?? pushname))
          .filter(isKnown)
      }),
  }
}
