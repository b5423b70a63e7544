import type { OpenRequest, SessionState } from '@siar/channel'
import { connect, memoryCredentials, openRequest } from '@siar/channel/testing'
import type { ChannelHarness, KitConnection, KitEnd } from '@siar/channel/testing'
import { acquaintancesOf, createMemoryRecord, createSimulatedNetwork, realSchedule } from '@siar/simulator'
import type { SendEnd, SimulatedNetwork } from '@siar/simulator'
import { startLinkedDeviceServer } from '@siar/simulator-linked-device'
import type { LinkedDeviceServer, LinkedDeviceServerOptions } from '@siar/simulator-linked-device'
import { buildLinkedDeviceChannel } from '../linked-device-channel.ts'
import type { LinkedDeviceChannel, LinkedDeviceOptions } from '../linked-device-channel.ts'
import { keepCredentials } from './kept-credentials.ts'

export const reader = '+6281200000001'
export const absentee = '+6281200000002'

/** The adapter, unchanged, against the stand-in: real WebSocket, real Noise, real Signal. */
export interface Rig {
  readonly network: SimulatedNetwork
  readonly server: LinkedDeviceServer
  readonly channel: LinkedDeviceChannel
  readonly breakThreadOf: (senderId: string) => Promise<void>
  /** A sender whose phone has linked it before. */
  linked(given?: Partial<Omit<OpenRequest, 'senderId' | 'credentials'>>): Promise<OpenRequest>
  /** A sender nobody has linked. */
  fresh(given?: Partial<Omit<OpenRequest, 'senderId'>>): OpenRequest
  /** The number its phone has, whether it scanned yet or not. */
  phoneOf(senderId: string): string
  close(): Promise<void>
}

let senders = 0

export async function startRig(
  options: LinkedDeviceOptions = {},
  dedupesOurId = false,
  standIn: Partial<LinkedDeviceServerOptions> = {},
): Promise<Rig> {
  const network = createSimulatedNetwork({
    seed: 'kit',
    now: () => new Date(),
    schedule: realSchedule,
    record: createMemoryRecord(),
  })
  const soon = { onWhatsApp: true, habit: 'none', reading: 'soon', deliveryMs: 200, readMs: 200 } as const
  await network.control.setPerson(reader, soon)
  await network.control.setPerson(absentee, { onWhatsApp: false })
  const settings = { dedupesOurId, latencyMsMin: 0, latencyMsMax: 4, timeScale: 20 }
  const server = await startLinkedDeviceServer({ network, port: 0, settings, ...standIn })
  const { channel, pool } = buildLinkedDeviceChannel({
    connectsPerSecond: 200,
    backoff: { delayMsMin: 40, delayMsMax: 400 },
    ackTimeoutMs: 5_000,
    standIn: {
      url: server.url,
      rootPublicKey: server.rootPublicKey,
      mediaCertificatePem: server.media.certificatePem,
    },
    ...options,
  })
  const name = (): string => `snd_${(senders += 1)}`
  const phoneOf = (senderId: string): string => `+62895${senderId.slice(4).padStart(8, '0')}`
  const own = { linked_device: { dedupesOurId } }
  const warmUp = openRequest(name())
  await keepCredentials(warmUp.credentials, server.control.link(warmUp.senderId))
  const { session } = await connectOnline({ channel }, warmUp, startPatienceMs)
  await session.close()
  return {
    network,
    server,
    channel,
    phoneOf,
    breakThreadOf: (senderId) => pool.breakThreadOf(senderId),
    linked: async (given = {}) => {
      const senderId = name()
      const credentials = memoryCredentials()
      await keepCredentials(credentials, server.control.link(senderId, phoneOf(senderId)))
      return openRequest(senderId, { phone: phoneOf(senderId), settings: own, ...given, credentials })
    },
    fresh: (given = {}) => openRequest(name(), { settings: own, ...given }),
    close: async () => {
      await channel.close()
      await server.close()
      await network.close()
    },
  }
}

const ends: Readonly<Record<Exclude<KitEnd, 'not_sent'>, SendEnd>> = {
  refused: { kind: 'refused', reason: 'sender_too_fast' },
  refused_late: { kind: 'refused_late', reason: 'undeliverable' },
  unknown_shown: { kind: 'unknown', shown: true },
  unknown_lost: { kind: 'unknown', shown: false },
  hangs: { kind: 'hangs', shown: false },
}

/** A thread that has to start first may take long on a busy machine. */
export const startPatienceMs = 50_000

export async function connectOnline(
  rig: Pick<Rig, 'channel'>,
  request: OpenRequest,
  patienceMs?: number,
): Promise<KitConnection> {
  const connection = await connect(rig, request, patienceMs)
  await connection.hear('state', ({ state }) => state === 'online')
  return connection
}

/** Waits for a state that came after the last one that was waited for. */
export async function hearLater(
  connection: KitConnection,
  state: SessionState['state'],
  after: number,
): Promise<SessionState> {
  return connection.hear(
    'state',
    (event) => event.state === state && connection.heard.indexOf(event) >= after,
  )
}

/** The kit's hands on the stand-in. */
export async function buildHarness(rig: Rig): Promise<ChannelHarness> {
  const { network, server, channel } = rig
  const { control } = network
  const waiting: OpenRequest[] = []
  for (let count = 0; count < 30; count += 1) waiting.push(await rig.linked())
  return {
    channel,
    linkedSender: () => {
      const request = waiting.shift()
      if (!request) throw new Error('more linked senders are needed than were made')
      return request
    },
    newSender: () => rig.fresh(),
    scan: async (senderId, data) =>
      (await server.control.scan(data, rig.phoneOf(senderId), senderId)) === 'paired',
    reader: () => reader,
    absentee: () => absentee,
    endNextCall: async (senderId, end) => {
      if (end !== 'not_sent') return control.addRule({ senderId, count: 1, end: ends[end] })
      server.control.answerLogin(senderId, { failure: 503 })
      await server.control.drop(senderId)
      setTimeout(() => server.control.answerLogin(senderId, null), 500)
    },
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
    close: () => rig.close(),
  }
}
