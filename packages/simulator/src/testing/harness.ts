import type { OpenRequest } from '@siar/channel'
import { openRequest } from '@siar/channel/testing'
import type { ChannelHarness, KitEnd } from '@siar/channel/testing'
import { acquaintancesOf } from '../acquaintances.ts'
import type { SendEnd } from '../failure-rule.ts'
import type { Simulator } from '../simulator-channel.ts'

const ends: Readonly<Record<KitEnd, SendEnd>> = {
  refused: { kind: 'refused', reason: 'sender_too_fast' },
  refused_late: { kind: 'refused_late', reason: 'undeliverable' },
  not_sent: { kind: 'not_sent' },
  unknown_shown: { kind: 'unknown', shown: true },
  unknown_lost: { kind: 'unknown', shown: false },
  hangs: { kind: 'hangs', shown: false },
}

const reader = '+6281200000001'
const absentee = '+6281200000002'

/** The kit's hands on a simulator, in this process or over HTTP. */
export async function buildHarness(
  simulator: Simulator,
  modes: { dedupesOurId: boolean; echoesOurId: boolean },
  close: () => Promise<void>,
): Promise<ChannelHarness> {
  const { control } = simulator
  await control.setPerson(reader, {
    onWhatsApp: true,
    habit: 'none',
    reading: 'soon',
    deliveryMs: 200,
    readMs: 200,
  })
  await control.setPerson(absentee, { onWhatsApp: false })
  let senders = 0
  const sender = (phone: string | null): OpenRequest => {
    senders += 1
    const settings = { simulator: { ...modes, latencyMsMin: 0, latencyMsMax: 4, timeScale: 20 } }
    return openRequest(`snd_${senders}`, { phone, settings })
  }
  return {
    channel: simulator.channel,
    linkedSender: () => sender(`+62895${String(senders).padStart(8, '0')}`),
    newSender: () => sender(null),
    scan: async (senderId, data) => (await control.scan(senderId, data)) === 'paired',
    reader: () => reader,
    absentee: () => absentee,
    endNextCall: (senderId, end) => control.addRule({ senderId, count: 1, end: ends[end] }),
    disturbReceipts: (senderId) => control.disturbReceipts(senderId, true),
    incoming: (senderId, from, { text, media, button }) =>
      control.incoming(senderId, from, text, {
        ...(media ? { media: { ...media, dataBase64: Buffer.from(media.data).toString('base64') } } : {}),
        ...(button ? { button } : {}),
      }),
    breakConnection: (senderId) => control.goOffline(senderId, 30),
    logOutByPhone: (senderId) => control.logOut(senderId),
    ban: (senderId) => control.ban(senderId),
    knows: acquaintancesOf,
    shownTimes: async (messageId) =>
      (await control.frames({ messageId })).filter((frame) => frame.shown).length,
    close,
  }
}
