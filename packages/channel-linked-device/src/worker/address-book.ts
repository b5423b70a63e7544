import type { BaileysEventMap, SignalKeyStore, WASocket } from 'baileys'
import { ChannelUnavailable } from '@siar/channel'
import type { KnownPerson } from '@siar/channel'
import { lidOf, phoneOf } from '../address.ts'

/** Whom the owner has saved lies in this part of the state that a phone shares with its devices. */
const collection = 'critical_unblock_low'

type Contact = BaileysEventMap['contacts.upsert'][number]

function personOf({ id, lid, phoneNumber, name }: Contact): KnownPerson | null {
  const phone = phoneOf(phoneNumber) ?? phoneOf(id)
  const alias = lidOf(lid) ?? lidOf(id)
  if (phone === null && alias === null) return null
  return { phone, aliases: alias === null ? [] : [alias], name: name ?? null }
}

/**
 * Fetches the whole address book of the phone anew; nothing of it is kept.
 *
 * @throws ChannelUnavailable while the phone has not shared the key to it (soon after pairing), or when it cannot be read.
 */
export async function readAddressBook(socket: WASocket, keys: SignalKeyStore): Promise<KnownPerson[]> {
  const { me, myAppStateKeyId } = socket.authState.creds
  if (!myAppStateKeyId) throw new ChannelUnavailable('address_book_not_shared')
  const found = new Map<string, Contact>()
  const take = (contacts: readonly Contact[]): void => {
    for (const contact of contacts) found.set(contact.id, contact)
  }
  socket.ev.on('contacts.upsert', take)
  try {
    await keys.set({ 'app-state-sync-version': { [collection]: null } })
    await socket.resyncAppState([collection], true)
    socket.ev.flush()
    const known = await keys.get('app-state-sync-version', [collection])
    if (!known[collection]) throw new ChannelUnavailable('address_book_unreadable')
  } finally {
    socket.ev.off('contacts.upsert', take)
  }
  const own = new Set([phoneOf(me?.id), lidOf(me?.lid)])
  return [...found.values()].flatMap((contact) => {
    const person = personOf(contact)
    return person === null || own.has(person.phone ?? person.aliases[0] ?? null) ? [] : [person]
  })
}
