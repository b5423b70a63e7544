import { createBus } from '@siar/database'
import type { Database } from '@siar/database'
import { createMemoryRecord, createSimulatedNetwork, createSimulator, realSchedule } from '@siar/simulator'
import type { NetworkOptions, Simulator } from '@siar/simulator'
import { waitUntil } from '@siar/test-kit'
import { afterEach, beforeEach, expect } from 'vitest'
import type { SiarEvent } from '../../core.ts'
import type { MailContent } from '../../mail/mail-layout.ts'
import { createTestCore } from '../../testing/test-core.ts'
import type { TestCore } from '../../testing/test-core.ts'
import { buildShop } from '../campaigns/campaigns.fixtures.ts'
import type { ShopFixture } from '../campaigns/campaigns.fixtures.ts'
import { createCampaignControlService } from '../campaigns/index.ts'
import { createConsentService } from '../consent/index.ts'
import { createSenderHaltService } from '../senders/index.ts'
import { createSending } from './index.ts'
import type { Sending } from './index.ts'
import { createFakeOwned } from './sending.fixtures.ts'
import type { FakeOwned } from './sending.fixtures.ts'

const calm = { onWhatsApp: 1, replies: 0, optsOut: 0, blocks: 0, neverReads: 0, readsLate: 0 }

/** A network of people who receive and read at once and do nothing by themselves. */
export function createCalmNetwork(options: Partial<NetworkOptions> = {}): Simulator {
  return createSimulator(
    createSimulatedNetwork({
      seed: 'test',
      now: () => new Date(),
      schedule: realSchedule,
      record: createMemoryRecord(),
      instant: true,
      shares: calm,
      ...options,
    }),
  )
}

/** One process with its lanes and sessions, and the mails it would send. */
export interface Rig {
  readonly sending: Sending
  readonly owned: FakeOwned
  readonly mails: { readonly to: string; readonly content: MailContent }[]
  /** A sender whose session lives here, with its row. */
  openSender(settings?: Record<string, unknown>): Promise<string>
  /** The process dies: nothing it still does is written. */
  kill(): Promise<void>
}

export interface RigOptions {
  readonly simulator: Simulator
  readonly batchSize?: number
  /** Makes the session of an existing sender here. */
  readonly senderId?: string
  readonly settings?: Record<string, unknown>
  readonly epoch?: number
}

export interface SendingWorld {
  readonly core: TestCore
  readonly shop: ShopFixture
  startRig(options: RigOptions): Promise<Rig>
  readonly halts: ReturnType<typeof createSenderHaltService>
  untilStatus(campaignId: string, status: string): Promise<unknown>
  untilFigures(campaignId: string, figures: Record<string, number>): Promise<unknown>
  /** Numbers of frames the network got, by address. */
  framesOf(simulator: Simulator): Promise<Map<string, number>>
  close(): Promise<void>
}

/** A shop of its own and processes that send for it, on the database of the test file. */
export async function buildSendingWorld(
  database: Database,
  options: {
    readonly now?: (core: TestCore) => () => Date
    readonly settings?: Record<string, unknown>
  } = {},
): Promise<SendingWorld> {
  const bus = await createBus<SiarEvent>(database)
  const base = createTestCore(database, { edges: { bus } })
  const core: TestCore = options.now ? { ...base, now: options.now(base) } : base
  const shop = await buildShop(core, options.settings)
  const rigs: Rig[] = []
  const startRig = async ({ simulator, batchSize = 20, senderId, settings, epoch = 1 }: RigOptions) => {
    const mails: { to: string; content: MailContent }[] = []
    const mailer = { post: async (to: string, content: MailContent) => void mails.push({ to, content }) }
    const { ledger } = createConsentService(core)
    const control = createCampaignControlService(core)
    const sending = createSending(
      core,
      { control, ledger, mailer },
      { batchSize, sendTimeoutMs: 3_000, schedule: core.clock.schedule, gatherMs: 0 },
    )
    const owned = createFakeOwned(core, simulator.channel, sending.forwardEvents)
    sending.start(owned)
    await core.jobs.work(sending.jobs)
    const open = (id: string, given?: Record<string, unknown>) =>
      owned.open(id, shop.workspaceId, { epoch, ...(given ? { settings: given } : {}) })
    if (senderId !== undefined) await open(senderId, settings)
    const rig: Rig = {
      sending,
      owned,
      mails,
      openSender: async (given) => {
        const id = await shop.addSender()
        await open(id, given)
        return id
      },
      kill: async () => {
        owned.lose()
        await owned.close()
      },
    }
    rigs.push(rig)
    return rig
  }
  return {
    core,
    shop,
    startRig,
    halts: createSenderHaltService(core),
    untilStatus: (campaignId, status) =>
      waitUntil(async () => (await shop.get(campaignId)).status === status, { what: `status ${status}` }),
    untilFigures: (campaignId, figures) =>
      waitUntil(
        async () => {
          expect((await shop.get(campaignId)).figures).toMatchObject(figures)
          return true
        },
        { what: JSON.stringify(figures) },
      ),
    framesOf: async (simulator) => {
      const counts = new Map<string, number>()
      for (const { to } of await simulator.control.frames()) counts.set(to, (counts.get(to) ?? 0) + 1)
      return counts
    },
    close: async () => {
      for (const rig of rigs) {
        await rig.kill()
        void rig.sending.stop()
      }
      await bus.close()
    },
  }
}

/** What a test of the sending side stands on, made afresh for each test of the file. */
export interface SenderStage {
  readonly world: SendingWorld
  readonly shop: ShopFixture
  /** The shop's first sender. */
  readonly senderId: string
  /** A process that has the session of the first sender. */
  startRig(simulator: Simulator, options?: Omit<RigOptions, 'simulator'>): Promise<Rig>
}

/** Call it at the top of a test file: from then on every test has a shop with one sender, and leaves no process behind. */
export function stageSender(database: Database): SenderStage {
  let world: SendingWorld
  let senderId: string
  beforeEach(async () => {
    world = await buildSendingWorld(database)
    senderId = await world.shop.addSender()
  })
  afterEach(() => world.close())
  return {
    get world() {
      return world
    },
    get shop() {
      return world.shop
    },
    get senderId() {
      return senderId
    },
    startRig: (simulator, options) => world.startRig({ simulator, senderId, ...options }),
  }
}

/** A stage on which the process of the first sender runs already, over a calm network. */
export interface RunningStage extends SenderStage {
  readonly simulator: Simulator
  readonly rig: Rig
}

/** As `stageSender`, with the first sender's process running when the test begins. */
export function stageRunningSender(database: Database): RunningStage {
  const stage = stageSender(database)
  let simulator: Simulator
  let rig: Rig
  beforeEach(async () => {
    simulator = createCalmNetwork()
    rig = await stage.startRig(simulator)
  })
  return Object.defineProperties(stage, {
    simulator: { get: () => simulator },
    rig: { get: () => rig },
  }) as RunningStage
}

/** A person who answers for the shop and gets its mails. */
export async function addManager(
  { core, shop }: SendingWorld,
  language: 'id' | 'en',
  role: 'owner' | 'admin' | 'viewer' = 'owner',
): Promise<string> {
  const userId = core.newId('usr')
  const email = `${userId}@example.com`
  await shop.query(`insert into users (id, name, email, language) values ($1, 'Sari', $2, $3)`, [
    userId,
    email,
    language,
  ])
  await shop.query(
    `insert into members (id, workspace_id, user_id, role, created_at) values ($1, $2, $3, $4, now())`,
    [core.newId('mem'), shop.workspaceId, userId, role],
  )
  return email
}
