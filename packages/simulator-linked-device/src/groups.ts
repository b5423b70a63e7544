import { getBinaryNodeChild } from 'baileys'
import type { BinaryNode } from 'baileys'
import type { Account, SimulatedGroup, World } from './account.ts'
import { lidJid, numberJid } from './address.ts'
import { errorOf, node, resultOf, seconds } from './nodes.ts'

function presentGroup(world: World, account: Account, group: SimulatedGroup): BinaryNode {
  const members = [account.phone, ...group.members]
  return node(
    'group',
    {
      id: group.id.split('@')[0] ?? '',
      subject: group.name,
      s_t: seconds(world.now()),
      creation: seconds(world.now()),
      creator: lidJid(account.phone),
      addressing_mode: 'lid',
      size: String(members.length),
    },
    members.map((phone, index) =>
      node('participant', {
        jid: lidJid(phone),
        phone_number: numberJid(phone),
        ...(index === 0 ? { type: 'superadmin' } : {}),
      }),
    ),
  )
}

/** `w:g2`: the groups the account is in, and one of them. */
export function answerGroups(world: World, account: Account, iq: BinaryNode): BinaryNode {
  if (getBinaryNodeChild(iq, 'participating')) {
    const groups = [...account.groups.values()].map((group) => presentGroup(world, account, group))
    return resultOf(iq, node('groups', {}, groups))
  }
  const group = account.groups.get(iq.attrs['to'] ?? '')
  if (!getBinaryNodeChild(iq, 'query')) return errorOf(iq, 400, 'bad-request')
  return group ? resultOf(iq, presentGroup(world, account, group)) : errorOf(iq, 404, 'item-not-found')
}
