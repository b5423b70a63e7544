import type { putAsideOperations, senderHaltOperations, senderOperations } from '@siar/contract'
import type { Call, CasesOf } from './case.ts'
import { foreign, own, silent } from './case.ts'

const sender: Call = async ({ newSender }) => ({ params: { senderId: await newSender() } })

export const senderCases: CasesOf<typeof senderOperations> = {
  'senders.list': own(),
  'senders.create': own(({ name }) => ({ body: { name: name('sender'), channel: 'simulator' } })),
  'senders.get': foreign(sender),
  'senders.update': foreign(async (place) => ({
    ...(await sender(place)),
    body: { name: place.name('sender') },
  })),
  'senders.remove': foreign(sender),
  'senders.connect': foreign(sender),
  'senders.stop': foreign(sender),
  'senders.logOut': foreign(sender),
  'senders.getPairing': foreign(sender),
  'senders.scanPairing': foreign(async ({ newSender, set, world }) => {
    const senderId = await newSender('pairing')
    const expiresAt = new Date(world.core.now().getTime() + 60_000).toISOString()
    const shown = JSON.stringify({ kind: 'qr', data: 'shown now', expiresAt })
    await set('update senders set pairing = $2 where id = $1', [senderId, shown])
    return { params: { senderId }, body: { data: 'shown now' } }
  }),
  'senders.setPairing': foreign(async ({ newSender, set }) => {
    const senderId = await newSender('pairing')
    await set('update senders set paired_at = null where id = $1', [senderId])
    return { params: { senderId }, body: { by: 'qr' } }
  }),
  'senders.checkAccess': silent(() => ({ body: { channel: 'simulator', settings: {}, secrets: {} } })),
  'senders.checkKept': foreign(sender),
  'senders.screenshot': foreign(sender),
  'senders.listGroups': foreign(sender),
  'senders.listEvents': foreign(sender),
}

export const senderHaltCases: CasesOf<typeof senderHaltOperations> = {
  'senders.release': foreign(async (place) => ({ ...(await sender(place)), body: { confirmEarly: true } })),
}

export const putAsideCases: CasesOf<typeof putAsideOperations> = {
  'senders.listPutAside': foreign(sender),
  'senders.retryPutAside': foreign(async (place) => ({ ...(await sender(place)), body: { ids: null } })),
  'senders.discardPutAside': foreign(async (place) => ({ ...(await sender(place)), body: { ids: null } })),
}
