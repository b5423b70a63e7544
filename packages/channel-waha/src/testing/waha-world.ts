import type { Channel, OpenRequest, OutboundMessage, Session } from '@siar/channel'
import { openRequest } from '@siar/channel/testing'
import type { ChannelHarness, KitEnd } from '@siar/channel/testing'
import {
  acquaintancesOf,
  createMemoryRecord,
  createSimulatedNetwork,
  createWahaServer,
  realSchedule,
} from '@siar/simulator'
import type { SendEnd, SimulatedNetwork, WahaBehaviour, WahaServer } from '@siar/simulator'
import type { WahaOptions } from '../session.ts'
import { createWahaChannel } from '../waha-channel.ts'
import { createWahaWebhook } from '../webhook.ts'
import { startGate } from './gate.ts'
import type { Gate } from './gate.ts'
import { startWebhookEndpoint } from './webhook-endpoint.ts'
import type { WebhookEndpoint } from './webhook-endpoint.ts'

export const apiKey = 'kit-api-key'
export const reader = '+6281200000001'
export const absentee = '+6281200000002'
const secrets = { apiKey }

const ends: Readonly<Record<Exclude<KitEnd, 'not_sent'>, SendEnd>> = {
  refused: { kind: 'refused', reason: 'sender_too_fast' },
  refused_late: { kind: 'refused_late', reason: 'undeliverable' },
  unknown_shown: { kind: 'unknown', shown: true },
  unknown_lost: { kind: 'unknown', shown: false },
  hangs: { kind: 'hangs', shown: false },
}

/** A WAHA server, an installation that takes its webhooks, and the unchanged channel between them. */
export interface WahaWorld extends ChannelHarness {
  readonly network: SimulatedNetwork
  readonly server: WahaServer
  readonly endpoint: WebhookEndpoint
  /** A request of a sender that was linked before, with what a test wants to be different. */
  linked(given?: Partial<OpenRequest>): Promise<OpenRequest>
  /** The request of a sender that was opened before, as another process makes it. */
  reopen(senderId: string): OpenRequest
  gateOf(senderId: string): Gate
}

/** Which frames a message of ours made: WAHA's wire does not carry our id, so it is noted around each call. */
class Ties {
  private readonly frames = new Map<string, Set<string>>()
  private readonly network: SimulatedNetwork

  constructor(network: SimulatedNetwork) {
    this.network = network
  }

  async send(session: Session, message: OutboundMessage, signal?: AbortSignal): ReturnType<Session['send']> {
    const { senderId } = session
    const before = new Set(this.network.record.list({ senderId }).map(({ messageId }) => messageId))
    const outcome = await session.send(message, signal)
    const tied = this.frames.get(message.messageId) ?? new Set()
    for (const frame of this.network.record.list({ senderId })) {
      if (!before.has(frame.messageId)) tied.add(frame.messageId)
    }
    this.frames.set(message.messageId, tied)
    return outcome
  }

  shown(messageId: string): number {
    const tied = this.frames.get(messageId) ?? new Set()
    return this.network.record.list().filter((frame) => frame.shown && tied.has(frame.messageId)).length
  }
}

const quickTimes: WahaOptions['times'] = { calmMs: 400, busyMs: 40, retryMs: [40, 80, 160] }

async function buildNetwork(): Promise<SimulatedNetwork> {
  const network = createSimulatedNetwork({
    seed: 'waha',
    now: () => new Date(),
    schedule: realSchedule,
    record: createMemoryRecord(),
    defaults: { latencyMsMin: 0, latencyMsMax: 4, timeScale: 20 },
  })
  const { control } = network
  await control.setPerson(reader, {
    onWhatsApp: true,
    habit: 'none',
    reading: 'soon',
    deliveryMs: 200,
    readMs: 200,
  })
  await control.setPerson(absentee, { onWhatsApp: false })
  return network
}

function tie(channel: Channel, ties: Ties, endpoint: WebhookEndpoint): Channel {
  return {
    ...channel,
    open: async (request, listener) => {
      const session = await channel.open(request, listener)
      endpoint.attach(request.senderId, session)
      return {
        senderId: session.senderId,
        capabilities: session.capabilities,
        directory: session.directory,
        templates: session.templates,
        screenshot: session.screenshot,
        send: (message, signal) => ties.send(session, message, signal),
        showTyping: (to, durationMs) => session.showTyping(to, durationMs),
        markRead: (from, id) => session.markRead(from, id),
        download: (ref, bytesMax, signal) => session.download(ref, bytesMax, signal),
        takeWebhooks: (items) => session.takeWebhooks(items),
        close: async () => {
          endpoint.detach(request.senderId)
          await session.close()
        },
        logOut: () => session.logOut(),
      }
    },
  }
}

export async function buildWahaWorld(
  behaviour: Partial<WahaBehaviour> = {},
  options: Partial<WahaOptions> = {},
): Promise<WahaWorld> {
  const network = await buildNetwork()
  const server = await createWahaServer({
    network,
    port: 0,
    apiKey,
    retrySecondMs: 10,
    statusWaitMs: 60,
    ...behaviour,
  })
  const endpoint = await startWebhookEndpoint(
    createWahaWebhook(() => new Date()),
    secrets,
  )
  const channel = createWahaChannel({ webhookUrlOf: () => endpoint.url, times: quickTimes, ...options })
  const ties = new Ties(network)
  const gates = new Map<string, Gate>()
  const { control } = network
  const prepared: Gate[] = await Promise.all(Array.from({ length: 60 }, () => startGate(server.url)))
  const requests = new Map<string, OpenRequest>()
  let senders = 0
  const build = (phone: string | null, given: Partial<OpenRequest> = {}): OpenRequest => {
    senders += 1
    const senderId = `snd_${senders}`
    const gate = prepared[senders - 1]
    if (!gate) throw new Error('more senders than gates')
    gates.set(senderId, gate)
    if (phone !== null) server.link(senderId, phone)
    const settings = { waha: { baseUrl: gate.url, session: senderId } }
    const request = openRequest(senderId, { phone, settings, secrets, ...given })
    requests.set(senderId, request)
    return request
  }
  const gateOf = (senderId: string): Gate => {
    const gate = gates.get(senderId)
    if (!gate) throw new Error('no such sender')
    return gate
  }
  const reopen = (senderId: string): OpenRequest => {
    const request = requests.get(senderId)
    if (!request) throw new Error('no such sender')
    return request
  }
  const linkedSender = (given?: Partial<OpenRequest>): OpenRequest =>
    build(`+62895${String(senders).padStart(8, '0')}`, given)
  return {
    network,
    server,
    endpoint,
    gateOf,
    reopen,
    channel: tie(channel, ties, endpoint),
    linkedSender,
    linked: async (given) => linkedSender(given),
    newSender: () => build(null),
    scan: async (senderId, data) => (await control.scan(senderId, data)) === 'paired',
    reader: () => reader,
    absentee: () => absentee,
    endNextCall: async (senderId, end) => {
      if (end === 'not_sent') await gateOf(senderId).shut()
      else await control.addRule({ senderId, count: 1, end: ends[end] })
    },
    disturbReceipts: (senderId) => control.disturbReceipts(senderId, true),
    incoming: (senderId, from, { text, media }) =>
      control.incoming(senderId, from, text, {
        ...(media ? { media: { ...media, dataBase64: Buffer.from(media.data).toString('base64') } } : {}),
      }),
    breakConnection: (senderId) => control.goOffline(senderId, 300),
    logOutByPhone: (senderId) => control.logOut(senderId),
    ban: (senderId) => control.ban(senderId),
    knows: acquaintancesOf,
    shownTimes: async (messageId) => ties.shown(messageId),
    close: async () => {
      await server.close()
      await endpoint.close()
      for (const gate of prepared) await gate.close()
      await network.close()
    },
  }
}
