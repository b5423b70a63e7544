import { getBinaryNodeChild } from 'baileys'
import type { BinaryNode } from 'baileys'
import type { KnownPerson } from '@siar/channel'
import type { SimulatedGroup } from '@siar/simulator'
import type { Account, World } from './account.ts'
import { lidJid, numberJid } from './address.ts'
import { errorOf, node, resultOf, seconds } from './nodes.ts'

/** A member by its hidden id, and by its number where that is shown. */
function presentMember({ phone, aliases }: KnownPerson): BinaryNode {
  const jid = aliases.find((alias) => alias.endsWith('@lid')) ?? lidJid(phone ?? '+0')
  return node('participant', { jid, ...(phone === null ? {} : { phone_number: numberJid(phone) }) })
}

function presentGroup(world: World, account: Account, group: SimulatedGroup): BinaryNode {
  const created = seconds(world.now())
  const own = node('participant', {
    jid: lidJid(account.phone),
    phone_number: numberJid(account.phone),
    type: 'superadmin',
  })
  return node(
    'group',
    {
      id: group.id.split('@')[0] ?? '',
      subject: group.name,
      s_t: created,
      creation: created,
      creator: lidJid(account.phone),
      addressing_mode: 'lid',
      size: String(group.members.length + 1),
    },
    [own, ...group.members.map(presentMember)],
  )
}

/** `w:g2`: the groups the account is in, and one of them. */
export function answerGroups(
  world: World,
  account: Account,
  groups: readonly SimulatedGroup[],
  iq: BinaryNode,
): BinaryNode {
  if (getBinaryNodeChild(iq, 'participating')) {
    const all = groups.map((group) => presentGroup(world, account, group))
    return resultOf(iq, node('groups', {}, all))
  }
  const group = groups.find(({ id }) => id === iq.attrs['to'])
  if (!getBinaryNodeChild(iq, 'query')) return errorOf(iq, 400, 'bad-request')
  return group ? resultOf(iq, presentGroup(world, account, group)) : errorOf(iq, 404, 'item-not-found')
}
