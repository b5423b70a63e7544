import { getBinaryNodeChild, getBinaryNodeChildren } from 'baileys'
import type { BinaryNode } from 'baileys'
import type { World } from './account.ts'
import { lidJid, numberJid, phoneOf } from './address.ts'
import { node, resultOf, seconds } from './nodes.ts'

/** The devices of a number: its phone, and what is linked to it. */
function devicesOf(world: World, phone: string): BinaryNode {
  const linked = [...(world.accounts.get(phone)?.devices.values() ?? [])]
  const known = linked.filter(({ identityKey }) => identityKey !== null)
  const list = [0, ...known.map(({ id }) => id)].map((id) =>
    node('device', { id: String(id), 'key-index': String(id) }),
  )
  return node('devices', {}, [
    node('device-list', { hash: '2:siar' }, list),
    node('key-index-list', { ts: seconds(world.now()) }),
  ])
}

function phoneAsked(user: BinaryNode): string | null {
  const typed = getBinaryNodeChild(user, 'contact')?.content
  if (typed === undefined || Array.isArray(typed)) return phoneOf(user.attrs['jid'])
  const digits = Buffer.from(typed).toString().replace(/\D/g, '')
  return /^\d{5,15}$/.test(digits) ? `+${digits}` : null
}

function answerOne(world: World, user: BinaryNode, protocols: ReadonlySet<string>): BinaryNode | null {
  const phone = phoneAsked(user)
  if (phone === null) return null
  const exists = world.accounts.has(phone) || world.network.isOnWhatsApp(phone)
  const content: BinaryNode[] = []
  if (protocols.has('contact')) content.push(node('contact', { type: exists ? 'in' : 'out' }))
  if (protocols.has('devices') && exists) content.push(devicesOf(world, phone))
  if (protocols.has('lid') && exists) content.push(node('lid', { val: lidJid(phone) }))
  const asked = user.attrs['jid']
  return node('user', { jid: asked ?? numberJid(phone) }, content)
}

/** `usync`: who is on WhatsApp, with which devices and under which hidden id. */
export function answerUsync(world: World, iq: BinaryNode): BinaryNode {
  const usync = getBinaryNodeChild(iq, 'usync')
  const query = getBinaryNodeChild(usync, 'query')
  const protocols = new Set(Array.isArray(query?.content) ? query.content.map(({ tag }) => tag) : [])
  const users = getBinaryNodeChildren(getBinaryNodeChild(usync, 'list'), 'user')
  const answers = users.flatMap((user) => answerOne(world, user, protocols) ?? [])
  return resultOf(iq, node('usync', usync?.attrs ?? {}, [node('list', {}, answers)]))
}
