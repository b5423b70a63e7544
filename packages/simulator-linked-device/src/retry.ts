import { encodeBigEndian } from 'baileys'
import type { BinaryNode } from 'baileys'
import type { World } from './account.ts'
import { phoneOf } from './address.ts'
import { node, seconds } from './nodes.ts'

/** A person's phone could not read a message and asks for it again, with keys for a new session. */
export async function retryRequest(
  world: World,
  address: string,
  id: string,
  nowMs: number,
): Promise<BinaryNode> {
  const party = world.party(phoneOf(address) ?? '')
  const [registration, type, identity, signed, oneTime] = await party.bundle()
  const keys = [type, identity, oneTime, signed].flatMap((part) => part ?? [])
  return node('receipt', { id, from: address, type: 'retry', t: seconds(nowMs) }, [
    node('retry', { count: '1', id, t: seconds(nowMs), v: '1' }),
    registration ?? node('registration', {}, encodeBigEndian(party.creds.registrationId)),
    node('keys', {}, keys),
  ])
}
