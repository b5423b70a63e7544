import type { Directory, KnownPerson } from '@siar/channel'
import { hash32 } from '@siar/domain'
import { hiddenIdOf } from './hidden-id.ts'
import { profileNameOf } from './person.ts'

/** A group a sender belongs to, with everybody in it. */
export interface SimulatedGroup {
  readonly id: string
  readonly name: string
  readonly members: readonly KnownPerson[]
}

/** Whom a sender knows in WhatsApp. */
export interface Acquaintances {
  readonly groups: readonly SimulatedGroup[]
  readonly addressBook: readonly KnownPerson[]
}

const groupNames = ['Pelanggan setia', 'Reseller Jakarta', 'Info promo'] as const
const peopleMax = 12

function strangerOf(senderId: string, index: number): string {
  return `+62813${String(hash32(`${senderId}/knows/${index}`) % 100_000_000).padStart(8, '0')}`
}

/** @param isHidden The person's number is not shown, as in communities. */
function knownPerson(phone: string, isHidden: boolean): KnownPerson {
  const alias = hiddenIdOf(phone)
  if (isHidden) return { phone: null, aliases: [alias], name: null }
  return { phone, aliases: [alias], name: profileNameOf(phone) }
}

/** Whom a sender knows unless it was told: always the same for one sender. Every fourth member of a group is hidden. */
export function acquaintancesOf(senderId: string): Acquaintances {
  const phones = Array.from({ length: peopleMax }, (_, index) => strangerOf(senderId, index))
  const groups = groupNames.map((name, index) => {
    const id = `1203630${String(hash32(`${senderId}/group/${index}`)).padStart(10, '0')}@g.us`
    const members = phones.slice(index, index + 6).map((phone, at) => knownPerson(phone, at % 4 === 3))
    return { id, name, members }
  })
  return { groups, addressBook: phones.slice(0, 8).map((phone) => knownPerson(phone, false)) }
}

/** What a session of the channel can look up of them. Existence is never asked: the network answers that by refusing. */
export function directoryOf(ask: (signal?: AbortSignal) => Promise<Acquaintances>): Directory {
  return {
    exists: async () => [],
    groups: async (signal) =>
      (await ask(signal)).groups.map(({ id, name, members }) => ({
        id,
        name,
        memberCount: members.length + 1,
      })),
    groupMembers: async (groupId, signal) =>
      (await ask(signal)).groups.find(({ id }) => id === groupId)?.members ?? [],
    addressBook: async (signal) => (await ask(signal)).addressBook,
  }
}
