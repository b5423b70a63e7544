import type { PageContact, PageGroup } from '../page-protocol.ts'
import { WPPError, assertWid } from './identity.ts'
import type { Wid } from './identity.ts'
import type { ServerLink } from './server-link.ts'

function contactModel(contact: PageContact): Record<string, unknown> {
  const { id, name, pushname, isMyContact } = contact
  return { id: assertWid(id), name: name ?? undefined, pushname: pushname ?? undefined, isMyContact }
}

function groupModel(group: PageGroup): Record<string, unknown> {
  const participants = group.participants.map((id) => ({ id: assertWid(id), isAdmin: false }))
  return {
    id: assertWid(group.id),
    name: group.name,
    groupMetadata: {
      participants: { length: participants.length, getModelsArray: () => participants },
    },
  }
}

/** What the server itself answers: null for nobody, a rejection when it does not answer. */
export async function queryWid(server: ServerLink, wid: Wid): Promise<{ wid: Wid; lid: Wid } | null> {
  const found = await server.call('exists', { wid: wid._serialized })
  return found && { wid, lid: assertWid(found.lid) }
}

/** `WPP.contact` of the stand-in. Its `queryExists` answers null for a failure too, as the real one does. */
export function contactFunctions(server: ServerLink): Record<string, unknown> {
  const queryWidExists = async (id: unknown): Promise<unknown> =>
    queryWid(server, assertWid(id)).catch(() => null)
  return {
    queryExists: queryWidExists,
    queryWidExists,
    list: async ({ onlyMyContacts = false }: { onlyMyContacts?: boolean } = {}) => {
      const contacts = await server.call('contacts', {})
      return contacts.filter((contact) => !onlyMyContacts || contact.isMyContact).map(contactModel)
    },
    getPnLidEntry: async (id: unknown) => {
      const wid = assertWid(id)
      const plain = ({ user, server: home, _serialized }: Wid): object => ({
        id: user,
        server: home,
        _serialized,
      })
      if (!wid.isLid()) {
        const found = await queryWid(server, wid).catch(() => null)
        return { phoneNumber: plain(wid), lid: found ? plain(found.lid) : undefined }
      }
      const phone = await server.call('phoneOf', { lid: wid._serialized })
      return { lid: plain(wid), phoneNumber: phone ? plain(assertWid(phone)) : undefined }
    },
  }
}

/** `WPP.group` of the stand-in. */
export function groupFunctions(server: ServerLink): Record<string, unknown> {
  return {
    getAllGroups: async () => (await server.call('groups', {})).map(groupModel),
    getParticipants: async (groupId: unknown) => {
      const wid = assertWid(groupId)
      const group = (await server.call('groups', {})).find(({ id }) => id === wid._serialized)
      if (!group) throw new WPPError('group_not_exists', 'Group does not exist')
      return group.participants.map((id) => ({ id: assertWid(id), isAdmin: false }))
    },
  }
}
