import type { OpenRequest } from '@siar/channel'
import { openRequest } from '@siar/channel/testing'
import type { ChannelHarness, KitEnd } from '@siar/channel/testing'
import {
  acquaintancesOf,
  createMemoryRecord,
  createSimulatedNetwork,
  createWebPageServer,
  realSchedule,
} from '@siar/simulator'
import type { SendEnd, SimulatedNetwork, WebPageServer } from '@siar/simulator'
import type { BrowserSource } from '../browser/browser-source.ts'
import { createWebBrowserChannel } from '../channel.ts'
import type { WebBrowserChannel } from '../channel.ts'
import type { Patience } from '../options.ts'

const ends: Readonly<Record<KitEnd, SendEnd>> = {
  refused: { kind: 'refused', reason: 'sender_too_fast' },
  refused_late: { kind: 'refused_late', reason: 'undeliverable' },
  not_sent: { kind: 'not_sent' },
  unknown_shown: { kind: 'unknown', shown: true },
  unknown_lost: { kind: 'unknown', shown: false },
  hangs: { kind: 'hangs', shown: false },
}

export const reader = '+6281200000001'
export const absentee = '+6281200000002'

/** Short enough for tests, long enough for a busy machine. */
export const quick: Partial<Patience> = {
  readyMs: 30_000,
  ackMs: 10_000,
  answerMs: 10_000,
  closeMs: 10_000,
  backoffMs: [50, 100, 200, 400, 1_000],
}

/** The stand-in page over one simulated network, and the real adapter in front of it. */
export interface PageWorld {
  readonly network: SimulatedNetwork
  readonly server: WebPageServer
  readonly channel: WebBrowserChannel
  /** A sender whose first browser is linked already. */
  linked(given?: Partial<OpenRequest>, options?: { readonly lids?: boolean }): OpenRequest
  fresh(given?: Partial<OpenRequest>): OpenRequest
  close(): Promise<void>
}

export async function openPageWorld(
  browsers: BrowserSource,
  modes: { readonly dedupesOurId: boolean } = { dedupesOurId: false },
  patience: Partial<Patience> = quick,
): Promise<PageWorld> {
  const network = createSimulatedNetwork({
    seed: 'kit',
    now: () => new Date(),
    schedule: realSchedule,
    record: createMemoryRecord(),
  })
  const simulator = { ...modes, latencyMsMin: 0, latencyMsMax: 4, timeScale: 20 }
  const server = await createWebPageServer({ network, port: 0, simulator })
  const quiet = { onWhatsApp: true, habit: 'none', reading: 'soon', deliveryMs: 200, readMs: 200 } as const
  await network.control.setPerson(reader, quiet)
  await network.control.setPerson(absentee, { onWhatsApp: false })
  const channel = createWebBrowserChannel({
    browsers,
    pageUrl: (senderId) => server.pageUrl(senderId),
    patience: { ...quick, ...patience },
  })
  let senders = 0
  const fresh = (given: Partial<OpenRequest> = {}): OpenRequest => {
    senders += 1
    return openRequest(`snd_${senders}`, { settings: { web_browser: modes }, ...given })
  }
  return {
    network,
    server,
    channel,
    fresh,
    linked: (given = {}, options = {}) => {
      const phone = `+62895${String(senders + 1).padStart(8, '0')}`
      const request = fresh({ phone, ...given })
      server.control.link(request.senderId, phone, options)
      return request
    },
    close: async () => {
      await server.close()
      await network.close()
    },
  }
}

/** The kit's hands on the stand-in page. */
export async function buildPageHarness(
  browsers: BrowserSource,
  modes: { readonly dedupesOurId: boolean },
  close: () => Promise<void>,
): Promise<ChannelHarness> {
  const world = await openPageWorld(browsers, modes)
  const { control } = world.network
  return {
    channel: world.channel,
    patienceMs: 18_000,
    linkedSender: () => world.linked(),
    newSender: () => world.fresh(),
    scan: async (senderId, data) => (await control.scan(senderId, data)) === 'paired',
    reader: () => reader,
    absentee: () => absentee,
    endNextCall: (senderId, end) => control.addRule({ senderId, count: 1, end: ends[end] }),
    disturbReceipts: (senderId) => control.disturbReceipts(senderId, true),
    incoming: async (senderId, from, { text, media, button }) => {
      const id = await control.incoming(senderId, from, text, {
        ...(media ? { media: { ...media, dataBase64: Buffer.from(media.data).toString('base64') } } : {}),
        ...(button ? { button } : {}),
      })
      return world.server.control.keyOf(senderId, from, id)
    },
    breakConnection: (senderId) => control.goOffline(senderId, 30),
    logOutByPhone: (senderId) => control.logOut(senderId),
    ban: (senderId) => control.ban(senderId),
    knows: acquaintancesOf,
    shownTimes: async (messageId) =>
      (await control.frames({ messageId })).filter((frame) => frame.shown).length,
    close: async () => {
      await world.close()
      await close()
    },
  }
}
