import type { KnownPerson } from '@siar/channel'
import type { Acquaintances, SimulatedGroup } from '../acquaintances.ts'
import { hiddenIdOf } from '../hidden-id.ts'
import type { WahaBehaviour } from './waha-options.ts'

/** The page a query asks for. */
export function pageOf<T>(entries: readonly T[], query: URLSearchParams): readonly T[] {
  const offset = Math.max(0, Number(query.get('offset') ?? 0) || 0)
  const limit = Number(query.get('limit') ?? Number.NaN)
  return entries.slice(offset, Number.isFinite(limit) && limit > 0 ? offset + limit : undefined)
}

function idOf({ phone, aliases }: KnownPerson): string {
  return phone === null ? (aliases[0] ?? '') : `${phone.slice(1)}@c.us`
}

export function participantsOf({ members }: SimulatedGroup, { addressing }: WahaBehaviour): object[] {
  return members.map((person, index) => {
    const role = index === 0 ? 'superadmin' : 'participant'
    const lid = person.aliases.find((alias) => alias.endsWith('@lid'))
    if (addressing === 'lid' && lid !== undefined && person.phone !== null) {
      return { id: lid, pn: idOf(person), role }
    }
    return { id: idOf(person), role }
  })
}

/** Each engine answers groups in its own form: an object by id, a list of chats, a list with capital letters. */
export function groupsAnswer(groups: readonly SimulatedGroup[], behaviour: WahaBehaviour): object {
  switch (behaviour.engine) {
    case 'NOWEB':
      return Object.fromEntries(
        groups.map((group) => [
          group.id,
          {
            id: group.id,
            subject: group.name,
            size: group.members.length,
            participants: participantsOf(group, behaviour),
          },
        ]),
      )
    case 'WEBJS':
      return groups.map((group) => ({
        id: { server: 'g.us', user: group.id.replace('@g.us', ''), _serialized: group.id },
        name: group.name,
        isGroup: true,
        groupMetadata: { participants: participantsOf(group, behaviour) },
      }))
    case 'GOWS':
      return groups.map((group) => ({
        JID: group.id,
        Name: group.name,
        Participants: participantsOf(group, behaviour),
      }))
    default:
      return behaviour.engine satisfies never
  }
}

export function contactsAnswer({ addressBook }: Acquaintances): object[] {
  return addressBook.map((person) => ({
    id: idOf(person),
    number: person.phone?.slice(1) ?? null,
    name: person.name,
    pushname: person.name,
    shortName: person.name,
    isMe: false,
    isGroup: false,
    isWAContact: true,
    isMyContact: true,
    isBlocked: false,
  }))
}

/** The pairs of hidden id and number a session knows. */
export function lidsAnswer({ addressBook, groups }: Acquaintances): object[] {
  const phones = [...addressBook, ...groups.flatMap(({ members }) => members)].flatMap(
    ({ phone }) => phone ?? [],
  )
  return [...new Set(phones)].map((phone) => ({ lid: hiddenIdOf(phone), pn: `${phone.slice(1)}@c.us` }))
}
