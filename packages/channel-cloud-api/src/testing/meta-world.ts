import type { OpenRequest } from '@siar/channel'
import { openRequest } from '@siar/channel/testing'
import {
  createGraphApiServer,
  createMemoryRecord,
  createSimulatedNetwork,
  realSchedule,
} from '@siar/simulator'
import type { GraphApiAccount, GraphApiOptions, GraphApiServer, SimulatedNetwork } from '@siar/simulator'
import { createCloudApiChannel } from '../channel.ts'
import type { CloudApiOptions } from '../channel.ts'
import { cloudApiWebhook } from '../webhook.ts'
import { startInbox } from './inbox.ts'
import type { Inbox } from './inbox.ts'

export const app = {
  id: '700000000000001',
  secret: '0123456789abcdef0123456789abcdef',
  verifyToken: 'verify-me',
}

/** The adapter, Meta's stand-in, and an inbox for webhooks, over real HTTP. */
export interface MetaWorld {
  readonly network: SimulatedNetwork
  readonly server: GraphApiServer
  readonly inbox: Inbox
  readonly channel: ReturnType<Inbox['wrap']>
  /** A number of its own, in an account of its own unless told. */
  addSender(given?: Partial<GraphApiAccount>): MetaSender
  close(): Promise<void>
}

export interface MetaSender {
  readonly request: OpenRequest
  readonly numberId: string
  readonly wabaId: string
  readonly token: string
  readonly account: GraphApiAccount
}

export const reader = '+6281200000001'
export const absentee = '+6281200000002'

export interface WorldOptions {
  readonly stand?: Partial<GraphApiOptions>
  readonly channel?: Partial<CloudApiOptions>
  readonly instant?: boolean
  /** Clock of Meta and its people; the machine's unless told. */
  readonly now?: () => Date
}

async function buildNetwork(instant: boolean, now: () => Date): Promise<SimulatedNetwork> {
  const network = createSimulatedNetwork({
    seed: 'meta',
    now,
    schedule: realSchedule,
    record: createMemoryRecord(),
    instant,
  })
  const traits = { habit: 'none', reading: 'soon', deliveryMs: 200, readMs: 200 } as const
  await network.control.setPerson(reader, { onWhatsApp: true, ...traits })
  await network.control.setPerson(absentee, { onWhatsApp: false })
  return network
}

export async function startMetaWorld(options: WorldOptions = {}): Promise<MetaWorld> {
  const network = await buildNetwork(options.instant ?? false, options.now ?? (() => new Date()))
  const inbox = await startInbox(cloudApiWebhook, { appSecret: app.secret, verifyToken: app.verifyToken })
  const server = await createGraphApiServer({ network, port: 0, timeScale: 20, ...options.stand })
  const channel = createCloudApiChannel({ baseUrl: server.url, checkEveryMs: 100, ...options.channel })
  let made = 0
  return {
    network,
    server,
    inbox,
    channel: inbox.wrap(channel),
    addSender: (given = {}) => {
      made += 1
      const numberId = String(100_000_000_000 + made)
      const wabaId = given.wabaId ?? String(500_000_000_000 + made)
      const token = `EAAtoken${String(made).padStart(20, '0')}`
      const senderId = `snd_${made}`
      const phone = `+62895${String(made).padStart(8, '0')}`
      const account: GraphApiAccount = {
        wabaId,
        accessTokens: [token],
        app: { ...app, webhookUrl: inbox.url },
        numbers: [{ id: numberId, phone, senderId }],
        ...given,
      }
      server.control.addAccount(account)
      for (const person of [reader, absentee]) server.control.openWindow(numberId, person)
      const settings = { cloud_api: { phoneNumberId: numberId, wabaId, appId: app.id } }
      const secrets = { accessToken: token, appSecret: app.secret, verifyToken: app.verifyToken }
      return { request: openRequest(senderId, { settings, secrets }), numberId, wabaId, token, account }
    },
    close: async () => {
      await server.close()
      await network.close()
      await inbox.close()
    },
  }
}
