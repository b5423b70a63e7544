import type { GroupMetadata, WASocket } from 'baileys'
import type { Group, KnownPerson } from '@siar/channel'
import { lidOf, phoneOf } from '../address.ts'
import { BoundedCache } from './bounded-cache.ts'

const groupsMax = 50
const groupsMs = 10 * 60_000

/** Groups looked at lately, so that WhatsApp is not asked for each message. */
export class GroupCache {
  private readonly known = new BoundedCache<GroupMetadata>(groupsMax, groupsMs)

  find(jid: string): GroupMetadata | undefined {
    return this.known.get<GroupMetadata>(jid)
  }

  async list(socket: WASocket): Promise<Group[]> {
    const groups = Object.values(await socket.groupFetchAllParticipating())
    for (const group of groups) this.known.set(group.id, group)
    return groups.map(({ id, subject, size, participants }) => ({
      id,
      name: subject,
      memberCount: size ?? participants.length,
    }))
  }

  /** Everybody but the sender itself. */
  async members(socket: WASocket, groupId: string): Promise<KnownPerson[]> {
    const group = await socket.groupMetadata(groupId)
    this.known.set(groupId, group)
    const { me } = socket.authState.creds
    const own = new Set([phoneOf(me?.id), lidOf(me?.lid)])
    return group.participants.flatMap(({ id, phoneNumber, lid }) => {
      const phone = phoneOf(phoneNumber) ?? phoneOf(id)
      const alias = lidOf(lid) ?? lidOf(id)
      if (own.has(phone ?? alias)) return []
      return [{ phone, aliases: alias === null ? [] : [alias], name: null }]
    })
  }
}
