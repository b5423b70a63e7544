import { encodeBigEndian, getBinaryNodeChild, getBinaryNodeChildren, jidDecode } from 'baileys'
import type { BinaryNode } from 'baileys'
import type { Account, World } from './account.ts'
import { phoneOf } from './address.ts'
import { readSignedKey, sessionWith, takeUpload } from './device.ts'
import type { Device } from './device.ts'
import { errorOf, node, resultOf } from './nodes.ts'
import type { E2ESession } from './party.ts'

/** A linked device's keys as they go to whoever wants to write to it. */
function presentKeys(session: E2ESession): BinaryNode[] {
  const { registrationId, identityKey, signedPreKey, preKey } = session
  return [
    node('registration', {}, encodeBigEndian(registrationId)),
    node('type', {}, Buffer.from([5])),
    node('identity', {}, Buffer.from(identityKey.subarray(1))),
    node('skey', {}, [
      node('id', {}, encodeBigEndian(signedPreKey.keyId, 3)),
      node('value', {}, Buffer.from(signedPreKey.publicKey.subarray(1))),
      node('signature', {}, Buffer.from(signedPreKey.signature)),
    ]),
    ...(preKey
      ? [
          node('key', {}, [
            node('id', {}, encodeBigEndian(preKey.keyId, 3)),
            node('value', {}, Buffer.from(preKey.publicKey.subarray(1))),
          ]),
        ]
      : []),
  ]
}

async function bundleOf(world: World, user: BinaryNode): Promise<BinaryNode> {
  const jid = user.attrs['jid'] ?? ''
  const phone = phoneOf(jid)
  const id = jidDecode(jid)?.device ?? 0
  if (phone !== null && id === 0 && (world.accounts.has(phone) || world.network.isOnWhatsApp(phone))) {
    return node('user', { jid }, await world.party(phone).bundle())
  }
  const linked = phone === null ? undefined : world.accounts.get(phone)?.devices.get(id)
  const session = linked ? sessionWith(linked) : null
  if (session) return node('user', { jid }, presentKeys(session))
  return node('user', { jid }, [node('error', { code: '404', text: 'item-not-found' })])
}

/** `encrypt`: a device's own keys, and those of others. */
export async function answerKeys(
  world: World,
  account: Account,
  device: Device,
  iq: BinaryNode,
): Promise<BinaryNode> {
  const keys = getBinaryNodeChild(iq, 'key')
  if (keys) {
    const users = await Promise.all(getBinaryNodeChildren(keys, 'user').map((user) => bundleOf(world, user)))
    return resultOf(iq, node('list', {}, users))
  }
  if (getBinaryNodeChild(iq, 'count')) {
    return resultOf(iq, node('count', { value: String(device.preKeys.size) }))
  }
  if (getBinaryNodeChild(iq, 'digest')) {
    if (device.signedPreKey === null) return errorOf(iq, 404, 'item-not-found')
    return resultOf(iq, node('digest', {}, [node('hash', {}, Buffer.alloc(20, 1))]))
  }
  const rotate = getBinaryNodeChild(iq, 'rotate')
  if (rotate) {
    device.signedPreKey = readSignedKey(getBinaryNodeChild(rotate, 'skey'))
    return resultOf(iq)
  }
  try {
    takeUpload(device, iq)
    return resultOf(iq)
  } catch {
    world.oddities.push(`${account.senderId}: an upload of keys that is not whole`)
    return errorOf(iq, 406, 'not-acceptable')
  }
}
