import { connect } from 'node:net'
import type { ChannelHarness, KitEnd } from '@siar/channel/testing'
import type { CallEnd, WebhookManners } from '@siar/simulator'
import { absentee, reader, startMetaWorld } from './meta-world.ts'
import type { MetaSender, MetaWorld } from './meta-world.ts'

const ends: Readonly<Record<Exclude<KitEnd, 'not_sent'>, CallEnd>> = {
  refused: { kind: 'error', code: 130429, status: 429 },
  refused_late: { kind: 'error', code: 131026, late: true },
  unknown_shown: { kind: 'cut', shown: true },
  unknown_lost: { kind: 'cut', shown: false },
  hangs: { kind: 'hangs', shown: false },
}

/** Resolves once a new connection is refused, and the old ones had time to be seen as broken. */
async function refuseConnections({ server }: MetaWorld): Promise<void> {
  await server.control.refuseConnections(300)
  for (let isOpen = true; isOpen;) {
    isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(server.port, '127.0.0.1')
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.once('close', () => socket.destroy())
    })
  }
}

/** The kit's hands on Meta's stand-in. */
export async function buildHarness(webhooks: WebhookManners): Promise<ChannelHarness> {
  const world = await startMetaWorld({ stand: { webhooks } })
  const { control } = world.network
  const senders = new Map<string, MetaSender>()
  const numberOf = (senderId: string): string => senders.get(senderId)?.numberId ?? ''
  return {
    channel: world.channel,
    linkedSender: () => {
      const sender = world.addSender()
      senders.set(sender.request.senderId, sender)
      return sender.request
    },
    newSender: () => null,
    scan: async () => false,
    reader: () => reader,
    absentee: () => absentee,
    endNextCall: async (senderId, end) => {
      if (end === 'not_sent') await refuseConnections(world)
      else world.server.control.addRule({ objectId: numberOf(senderId), count: 1, end: ends[end] })
    },
    disturbReceipts: (senderId) => control.disturbReceipts(senderId, true),
    incoming: async (senderId, from, { text, media, button }) => {
      const id = await control.incoming(senderId, from, text, {
        ...(media ? { media: { ...media, dataBase64: Buffer.from(media.data).toString('base64') } } : {}),
        ...(button ? { button } : {}),
      })
      return `wamid.${id}`
    },
    breakConnection: (senderId) => control.goOffline(senderId, 400),
    logOutByPhone: (senderId) => control.logOut(senderId),
    ban: (senderId) => control.ban(senderId),
    knows: () => ({ groups: [], addressBook: [] }),
    shownTimes: async (messageId) =>
      (await control.frames({ messageId })).filter((frame) => frame.shown).length,
    close: world.close,
  }
}
