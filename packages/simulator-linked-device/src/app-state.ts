import { randomBytes } from 'node:crypto'
import {
  chatModificationToAppPatch,
  encodeSyncdPatch,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  proto,
} from 'baileys'
import type { BinaryNode } from 'baileys'
import type { KnownPerson } from '@siar/channel'
import { numberJid } from './address.ts'
import { node, resultOf } from './nodes.ts'

/** Whom the owner of a phone has saved lies in this collection. */
const contactsCollection = 'critical_unblock_low'

/** What the phone seals its own state with; it shares it with the devices it links. */
export interface AppStateKey {
  /** Base64. */
  readonly id: string
  readonly data: proto.Message.AppStateSyncKeyData
}

export function newAppStateKey(atMs: number): AppStateKey {
  return {
    id: randomBytes(6).toString('base64'),
    data: proto.Message.AppStateSyncKeyData.create({
      keyData: randomBytes(32),
      fingerprint: { rawId: 1, currentIndex: 0, deviceIndexes: [0] },
      timestamp: atMs,
    }),
  }
}

/** The message by which a phone shares its key. */
export function keyShare({ id, data }: AppStateKey): proto.IMessage {
  return {
    protocolMessage: {
      type: proto.Message.ProtocolMessage.Type.APP_STATE_SYNC_KEY_SHARE,
      appStateSyncKeyShare: { keys: [{ keyId: { keyId: Buffer.from(id, 'base64') }, keyData: data }] },
    },
  }
}

/** One patch for each saved person, each on top of the one before, as a phone makes them. */
async function patchesOf(key: AppStateKey, people: readonly KnownPerson[]): Promise<BinaryNode[]> {
  const patches: BinaryNode[] = []
  let state: Parameters<typeof encodeSyncdPatch>[2] = {
    version: 0,
    hash: Buffer.alloc(128),
    indexValueMap: {},
  }
  for (const { phone, aliases, name } of people) {
    if (phone === null) continue
    const contact = { fullName: name, lidJid: aliases[0] ?? null, saveOnPrimaryAddressbook: true }
    const change = chatModificationToAppPatch({ contact }, numberJid(phone))
    const sealed = await encodeSyncdPatch(change, key.id, state, async () => key.data)
    state = sealed.state
    const patch = { ...sealed.patch, version: { version: state.version } }
    patches.push(node('patch', {}, proto.SyncdPatch.encode(patch).finish()))
  }
  return patches
}

/** `w:sync:app:state`: all of the address book to whoever has none of it; nothing new for every other question. */
export async function answerAppState(
  key: AppStateKey,
  people: readonly KnownPerson[],
  iq: BinaryNode,
): Promise<BinaryNode> {
  const asked = getBinaryNodeChildren(getBinaryNodeChild(iq, 'sync'), 'collection')
  const collections = asked.map(async ({ attrs }) => {
    const { name = '', version = '0' } = attrs
    const isWhole = name === contactsCollection && version === '0'
    const patches = isWhole ? await patchesOf(key, people) : []
    return node('collection', { name, version, has_more_patches: 'false' }, [node('patches', {}, patches)])
  })
  return resultOf(iq, node('sync', {}, await Promise.all(collections)))
}
