import { getBinaryNodeChild } from 'baileys'
import type { BinaryNode } from 'baileys'
import type { Acquaintances } from '@siar/simulator'
import type { Account, World } from './account.ts'
import { answerAppState } from './app-state.ts'
import type { Device } from './device.ts'
import { answerGroups } from './groups.ts'
import { answerKeys } from './key-queries.ts'
import { answerMex } from './mex.ts'
import { errorOf, node, resultOf } from './nodes.ts'
import { answerUsync } from './usync.ts'

/** Who asks. */
export interface Asking {
  readonly account: Account
  readonly device: Device
  readonly knows: Acquaintances
}

type Answer = (iq: BinaryNode, world: World, asking: Asking) => BinaryNode | Promise<BinaryNode>

function answerPrivacy(iq: BinaryNode): BinaryNode {
  if (getBinaryNodeChild(iq, 'tokens')) return resultOf(iq, node('tokens'))
  return resultOf(iq, node('privacy', {}, [node('category', { name: 'readreceipts', value: 'all' })]))
}

function answerMediaConnection(iq: BinaryNode, world: World): BinaryNode {
  const host = node('host', { hostname: world.media.hostname, maxContentLengthBytes: '268435456' })
  return resultOf(iq, node('media_conn', { auth: world.media.auth, ttl: '300', auth_ttl: '300' }, [host]))
}

/** Every namespace a linked device may ask; another one is refused and remembered. */
const answers: Readonly<Record<string, Answer>> = {
  encrypt: (iq, world, { account, device }) => answerKeys(world, account, device, iq),
  usync: (iq, world) => answerUsync(world, iq),
  abt: (iq) => resultOf(iq, node('props', { hash: 'siar' }, [])),
  blocklist: (iq) => resultOf(iq, node('list', {}, [])),
  privacy: answerPrivacy,
  'w:p': (iq) => resultOf(iq),
  'w:stats': (iq) => resultOf(iq),
  'w:m': answerMediaConnection,
  'w:g2': (iq, world, { account, knows }) => answerGroups(world, account, knows.groups, iq),
  'w:sync:app:state': (iq, _world, { account, knows }) =>
    answerAppState(account.appStateKey, knows.addressBook, iq),
  'w:mex': (iq, world, { account }) => answerMex(account, world.now(), iq),
  'urn:xmpp:whatsapp:dirty': (iq) => resultOf(iq),
  'w:profile:picture': (iq) => errorOf(iq, 404, 'item-not-found'),
}

export async function answerQuery(world: World, asking: Asking, iq: BinaryNode): Promise<BinaryNode> {
  const namespace = iq.attrs['xmlns'] ?? ''
  const answer = answers[namespace]
  if (answer) return answer(iq, world, asking)
  world.oddities.push(`${asking.account.senderId}: a query of ${namespace}`)
  return errorOf(iq, 400, 'bad-request')
}
