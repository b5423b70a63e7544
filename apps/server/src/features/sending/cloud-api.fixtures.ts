import type { Session } from '@siar/channel'
import { createBus } from '@siar/database'
import type { Database } from '@siar/database'
import type { GraphApiControl } from '@siar/simulator'
import { waitUntil } from '@siar/test-kit'
import { expect } from 'vitest'
import { startMetaWorld } from '../../../../../packages/channel-cloud-api/src/testing/meta-world.ts'
import type { SiarEvent } from '../../core.ts'
import { createTestCore } from '../../testing/test-core.ts'
import type { TestCore } from '../../testing/test-core.ts'
import { buildShop } from '../campaigns/campaigns.fixtures.ts'
import type { ShopFixture } from '../campaigns/campaigns.fixtures.ts'
import { createCampaignControlService } from '../campaigns/index.ts'
import type { SendSingle } from '../campaigns/index.ts'
import { createConsentService } from '../consent/index.ts'
import { keepPortfolio } from '../senders/portfolios.repo.ts'
import { createSending } from './index.ts'
import { createFakeOwned } from './sending.fixtures.ts'

/** A shop with one number on Cloud API, over the real adapter and Meta's stand-in. Its clock begins now and moves only in `runUntil`. */
export interface CloudApiStage {
  readonly core: TestCore
  readonly shop: ShopFixture
  readonly senderId: string
  /** All senders, the first number's first. */
  readonly senderIds: readonly string[]
  readonly numberId: string
  readonly meta: GraphApiControl
  readonly network: Awaited<ReturnType<typeof startMetaWorld>>['network']
  /** A person of the shop; `open` says that they wrote to the number just now, so that free text may go. */
  addPerson(open?: boolean): Promise<{ id: string; phone: string }>
  addPeople(count: number, open?: boolean): Promise<{ id: string; phone: string }[]>
  /** Moves the clock on step by step, 20 ms each unless told, until the check passes. */
  runUntil(check: () => Promise<void>, stepMs?: number): Promise<void>
  runUntilFigures(campaignId: string, figures: Record<string, number>, stepMs?: number): Promise<void>
  /** Ends the process and begins another one that remembers nothing. */
  restart(): Promise<void>
  /** One message outside of campaigns. */
  readonly send: SendSingle
  /** The session of the number, as the process holds it now. */
  session(): Session
  /** Messages that reached Meta, in their order. */
  frames(): Promise<readonly { readonly to: string; readonly messageId: string }[]>
  close(): Promise<void>
}

export interface CloudApiStageOptions {
  readonly messagesPerSecond?: number
  /** What Siar was told that the number may; at Meta it is 1,000 a second in any case. */
  readonly throughputPerSecond?: number
  readonly settings?: Record<string, unknown>
  /** Different people outside of windows that the portfolio may write to in 24 hours, as Meta counts and Siar was told; no limit unless given. */
  readonly peopleMax?: number
  /** A second number of the same account, in the process of the first or in one of its own. */
  readonly secondNumber?: 'same_process' | 'own_process'
  /** Meta's clock is the shop's, so that its days pass too. */
  readonly sharesClock?: boolean
}

const stepMsUsual = 20

/** The senders of a shop at Meta, each with its row, and processes that hold their sessions. */
async function addOfficialSenders(
  core: TestCore,
  shop: ShopFixture,
  world: Awaited<ReturnType<typeof startMetaWorld>>,
  options: CloudApiStageOptions,
) {
  const { messagesPerSecond = 80, peopleMax, secondNumber } = options
  const numbers = ['1', ...(secondNumber ? ['2'] : [])].map((n) => ({
    id: `10000000000${n}`,
    phone: `+628950000000${n}`,
    senderId: `snd_${n}`,
    messagesPerSecond: 1_000,
  }))
  const limit = peopleMax === undefined ? {} : { uniquePeopleMax: peopleMax }
  const { request } = world.addSender({ numbers, ...limit })
  const senders = []
  for (const { id } of numbers) {
    const given = request.settings['cloud_api'] as object
    const settings = { cloud_api: { ...given, phoneNumberId: id, messagesPerSecond } }
    const senderId = core.newId('snd') as string
    await shop.query(
      `insert into senders (id, workspace_id, name, channel, status, shard, settings, paired_at)
       values ($1, $2, 'Resmi', 'cloud_api', 'online', 0, $3, now())`,
      [senderId, shop.workspaceId, JSON.stringify(settings)],
    )
    if (peopleMax !== undefined) {
      // Each shop is a business of its own; the database outlives them.
      const told = { senderId, businessId: shop.workspaceId, peopleMax, at: core.now() }
      await core.inSystem((scope) => keepPortfolio(scope, told))
    }
    senders.push({ senderId, settings })
  }
  return { senders, secrets: request.secrets, numberId: numbers[0]?.id ?? '' }
}

export async function buildCloudApiStage(
  database: Database,
  options: CloudApiStageOptions = {},
): Promise<CloudApiStage> {
  const { throughputPerSecond, settings, secondNumber, sharesClock = false } = options
  const bus = await createBus<SiarEvent>(database)
  const core = createTestCore(database, { startAt: new Date(), edges: { bus } })
  const shop = await buildShop(core, settings)
  const world = await startMetaWorld({ instant: true, ...(sharesClock ? { now: () => core.now() } : {}) })
  const { senders, secrets, numberId } = await addOfficialSenders(core, shop, world, options)
  const senderIds = senders.map((one) => one.senderId)
  const [senderId = ''] = senderIds
  const control = createCampaignControlService(core)
  const { ledger } = createConsentService(core)
  const startProcess = async (held: typeof senders) => {
    const sending = createSending(core, { control, ledger }, { schedule: core.clock.schedule, gatherMs: 0 })
    const owned = createFakeOwned(core, world.channel, sending.forwardEvents)
    sending.start(owned)
    for (const one of held) {
      await owned.open(one.senderId, shop.workspaceId, {
        settings: one.settings,
        secrets,
        ...(throughputPerSecond === undefined ? {} : { throughputPerSecond }),
      })
    }
    return { sending, owned }
  }
  const apart = secondNumber === 'own_process' ? senders.slice(1) : []
  const own = senders.filter((one) => !apart.includes(one))
  let alive = await startProcess(own)
  const other = apart.length > 0 ? await startProcess(apart) : null
  const openWindow = async (contactId: string, phone: string): Promise<void> => {
    world.server.control.openWindow(numberId, phone)
    await shop.query(
      `insert into conversations (id, workspace_id, contact_id, sender_id, last_message_at, last_incoming_at)
       values ($1, $2, $3, $4, $5, $5)`,
      [core.newId('cnv'), shop.workspaceId, contactId, senderId, core.now()],
    )
  }
  const addPerson = async (open = false) => {
    const person = await shop.addContact()
    await world.network.control.setPerson(person.phone, {
      onWhatsApp: true,
      habit: 'none',
      reading: 'soon',
      deliveryMs: 1,
      readMs: 1,
    })
    if (open) await openWindow(person.id, person.phone)
    return person
  }
  const runUntil = (check: () => Promise<void>, stepMs = stepMsUsual): Promise<void> =>
    waitUntil(
      async () => {
        await core.clock.advanceBy(stepMs)
        await check()
        return true
      },
      { what: 'the sending side', everyMs: 2 },
    ).then(() => undefined)
  return {
    core,
    shop,
    senderId,
    senderIds,
    numberId,
    restart: async () => {
      await alive.sending.stop()
      await alive.owned.close()
      alive = await startProcess(own)
    },
    meta: world.server.control,
    network: world.network,
    addPerson,
    addPeople: async (count, open) => {
      const people: { id: string; phone: string }[] = []
      for (let index = 0; index < count; index += 1) people.push(await addPerson(open))
      return people
    },
    runUntil,
    runUntilFigures: (campaignId, figures, stepMs) =>
      runUntil(async () => expect((await shop.get(campaignId)).figures).toMatchObject(figures), stepMs),
    send: (message) => alive.sending.sendSingle(message),
    session: () => alive.owned.findOwned(senderId)?.session as Session,
    frames: () => world.network.control.frames(),
    close: async () => {
      for (const { owned, sending } of [alive, ...(other ? [other] : [])]) {
        owned.lose()
        await owned.close()
        void sending.stop()
      }
      await world.close()
      await bus.close()
    },
  }
}
