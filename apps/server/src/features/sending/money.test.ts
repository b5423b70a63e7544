import { createBus } from '@siar/database'
import { createMemoryRecord, createSimulatedNetwork, createSimulator, realSchedule } from '@siar/simulator'
import type { NetworkOptions, Simulator } from '@siar/simulator'
import { testDatabase, waitUntil } from '@siar/test-kit'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SiarEvent } from '../../core.ts'
import { createTestCore } from '../../testing/test-core.ts'
import { buildShop } from '../campaigns/campaigns.fixtures.ts'
import type { ShopFixture } from '../campaigns/campaigns.fixtures.ts'
import { createCampaignControlService } from '../campaigns/index.ts'
import { createConsentService } from '../consent/index.ts'
import { createSending } from './index.ts'
import type { Sending } from './index.ts'
import { createFakeOwned } from './sending.fixtures.ts'
import type { FakeOwned } from './sending.fixtures.ts'

const database = await testDatabase({ poolMax: 12 })
const bus = await createBus<SiarEvent>(database)
const core = createTestCore(database, { edges: { bus } })
const cloudApi = { simulator: { standsFor: 'cloud_api' } }
const price = 41_600
const calm = { onWhatsApp: 1, replies: 0, optsOut: 0, blocks: 0, neverReads: 0, readsLate: 0 }
let shop: ShopFixture
let rigs: { readonly sending: Sending; readonly owned: FakeOwned }[] = []

const createNetwork = (options: Partial<NetworkOptions> = {}): Simulator =>
  createSimulator(
    createSimulatedNetwork({
      seed: 'money',
      now: () => new Date(),
      schedule: realSchedule,
      record: createMemoryRecord(),
      instant: true,
      shares: calm,
      ...options,
    }),
  )

async function startRig(
  simulator: Simulator,
  senderIds: readonly string[],
  settings: Record<string, unknown> | ReadonlyMap<string, Record<string, unknown>>,
) {
  const control = createCampaignControlService(core)
  const { ledger } = createConsentService(core)
  const options = { batchSize: 7, sendTimeoutMs: 3_000, schedule: core.clock.schedule, gatherMs: 0 }
  const sending = createSending(core, { control, ledger }, options)
  const owned = createFakeOwned(core, simulator.channel, sending.forwardEvents)
  sending.start(owned)
  for (const senderId of senderIds) {
    const own = settings instanceof Map ? (settings.get(senderId) as Record<string, unknown>) : settings
    await owned.open(senderId, shop.workspaceId, { settings: own as Record<string, unknown> })
  }
  rigs.push({ sending, owned })
}

beforeEach(async () => {
  rigs = []
  shop = await buildShop(core)
})

afterEach(async () => {
  for (const { owned, sending } of rigs) {
    owned.lose()
    await owned.close()
    void sending.stop()
  }
})

afterAll(() => bus.close())

const untilFigures = (campaignId: string, figures: Record<string, number>) =>
  waitUntil(
    async () => {
      expect((await shop.get(campaignId)).figures).toMatchObject(figures)
      return true
    },
    { what: JSON.stringify(figures) },
  )

/** What the figures say a campaign costs, and what its attempts add up to. */
const costs = async (campaignId: string) => {
  const [row] = await shop.query<{ figure: number; attempts: number }>(
    `select coalesce((select sum(f.count) from run_figures f join runs r on r.id = f.run_id
         where r.campaign_id = $1 and f.figure = 'cost'), 0)::bigint as figure,
       coalesce((select sum(a.cost_micros) from attempts a join runs r on r.id = a.run_id
         where r.campaign_id = $1), 0)::bigint as attempts`,
    [campaignId],
  )
  return row
}

/** The run is given a budget of its own: that of a campaign is shared out at the freeze and leaves the gate nothing to do. */
const limitRun = (campaignId: string, usdCents: number) =>
  shop.query('update runs set budget = $2 where campaign_id = $1', [
    campaignId,
    JSON.stringify({ amountMinor: usdCents, currency: 'USD' }),
  ])

describe('cost', () => {
  test('is written at each attempt and in the figures, and what is refused costs nothing', async () => {
    const cloud = await shop.addSender('online', cloudApi)
    const people = await shop.addContacts(20)
    await shop.query(
      `insert into conversations (id, workspace_id, contact_id, sender_id, last_message_at, last_incoming_at)
       values ($1, $2, $3, $4, $5, $5)`,
      [core.newId('cnv'), shop.workspaceId, people[0]?.id, cloud, core.now()],
    )
    const simulator = createNetwork()
    for (const person of people.slice(1, 6))
      await simulator.control.setPerson(person.phone, { onWhatsApp: false })
    await startRig(simulator, [cloud], cloudApi)
    const { id } = await shop.draft()
    await shop.start(id)
    await waitUntil(async () => (await shop.get(id)).status === 'completed', { what: 'completed' })
    expect((await shop.get(id)).figures).toMatchObject({ sent: 15, failed: 5 })
    const expected = 14 * price
    expect(await costs(id)).toEqual({ figure: expected, attempts: expected })
  })

  test('a sender of the shop itself costs nothing and leaves no figure', async () => {
    const own = await shop.addSender()
    await shop.addContacts(3)
    await startRig(createNetwork(), [own], {})
    const { id } = await shop.draft()
    await shop.start(id)
    await untilFigures(id, { sent: 3 })
    expect(
      await shop.query(`select 1 from run_figures where figure = 'cost' and workspace_id = $1`, [
        shop.workspaceId,
      ]),
    ).toEqual([])
    await shop.expectFiguresToAddUp(id)
  })
})

describe('a budget', () => {
  test('is never exceeded, although several senders of two processes spend of it at once', async () => {
    const senders = [
      await shop.addSender('online', cloudApi),
      await shop.addSender('online', cloudApi),
      await shop.addSender('online', cloudApi),
    ]
    await shop.addContacts(120)
    const { id } = await shop.draft()
    await shop.start(id)
    await limitRun(id, 200)
    await startRig(createNetwork(), senders, cloudApi)
    await startRig(createNetwork(), senders, cloudApi)
    const affordable = Math.floor(2_000_000 / price)
    await untilFigures(id, { sent: affordable, skipped: 120 - affordable, queued: 0 })
    expect(await shop.reasons(id)).toEqual({ budget: 120 - affordable })
    expect(await costs(id)).toEqual({ figure: affordable * price, attempts: affordable * price })
  })

  test('holds back what costs a price nobody knows, and lets out what is free', async () => {
    const cloud = await shop.addSender('online', cloudApi)
    const [known, unknown, open] = await shop.addContacts(3)
    await shop.query(`update addresses set country = 'DE' where contact_id = $1`, [unknown?.id])
    const { id } = await shop.draft()
    await shop.start(id)
    await shop.query(
      `insert into conversations (id, workspace_id, contact_id, sender_id, last_message_at, last_incoming_at)
       values ($1, $2, $3, $4, $5, $5)`,
      [core.newId('cnv'), shop.workspaceId, open?.id, cloud, core.now()],
    )
    await limitRun(id, 4)
    await startRig(createNetwork(), [cloud], cloudApi)
    await untilFigures(id, { sent: 1, skipped: 2 })
    expect(await shop.reasons(id)).toEqual({ budget: 1, price_unknown: 1 })
    expect(
      await shop.query(
        'select contact_id from recipients where campaign_id = $1 and accepted_at is not null',
        [id],
      ),
    ).toEqual([{ contact_id: open?.id }])
    expect(known).toBeTruthy()
  })
})

describe('a quota', () => {
  test('is used up to the last message, the others wait, and a higher one lets them go on', async () => {
    const senders = [await shop.addSender(), await shop.addSender()]
    await shop.addContacts(30)
    await shop.query('update workspaces set message_quota = 11 where id = $1', [shop.workspaceId])
    await startRig(createNetwork(), senders, {})
    const { id } = await shop.draft()
    await shop.start(id)
    await untilFigures(id, { sent: 11, queued: 19, skipped: 0 })
    expect((await shop.get(id)).status).toBe('running')
    await shop.query('update workspaces set message_quota = 25 where id = $1', [shop.workspaceId])
    await core.clock.advanceBy(60_000)
    await bus.publish({ kind: 'workspace.changed', workspaceId: shop.workspaceId, id: shop.workspaceId })
    await untilFigures(id, { sent: 25, queued: 5 })
    await shop.query('update workspaces set message_quota = null where id = $1', [shop.workspaceId])
    await bus.publish({ kind: 'workspace.changed', workspaceId: shop.workspaceId, id: shop.workspaceId })
    await untilFigures(id, { sent: 30, queued: 0 })
    await shop.expectFiguresToAddUp(id)
  })
})

describe('what was foretold', () => {
  test.for([1, 2, 3])('comes true when the campaign runs, seed %i', async (seed) => {
    const paced = { paced: true, delayMsMin: 2_000, delayMsMax: 2_000, warmUp: false }
    const [cloud, own] = [await shop.addSender('online', cloudApi), await shop.addSender('online', paced)]
    const people = await shop.addContacts(24)
    await shop.addContacts(seed, { consent: 'unknown' })
    for (const person of people.slice(0, 2 * seed)) {
      await shop.query(
        `insert into conversations (id, workspace_id, contact_id, sender_id, last_message_at, last_incoming_at)
         values ($1, $2, $3, $4, $5, $5)`,
        [core.newId('cnv'), shop.workspaceId, person.id, [cloud, own][seed % 2], core.now()],
      )
    }
    const { id } = await shop.draft({ budget: { amountMinor: 4 * seed + 20, currency: 'USD' } })
    const forecast = await shop.forecasts.forecast(shop.workspaceId, id, 'en')
    await shop.start(id)
    const settings = new Map<string, Record<string, unknown>>([
      [cloud, cloudApi],
      [own, paced],
    ])
    await startRig(createNetwork(), [cloud, own], settings)
    await waitUntil(
      async () => {
        await core.clock.advanceBy(500)
        return (await shop.get(id)).status === 'completed'
      },
      { timeoutMs: 30_000, everyMs: 5, what: 'completed' },
    )
    const report = await shop.reports.report(shop.workspaceId, id, 'en')
    const sent = Object.fromEntries(report.senders.map((sender) => [sender.senderId, sender.sent]))
    expect(sent).toEqual(
      Object.fromEntries(forecast.senders.map(({ senderId, recipients }) => [senderId, recipients])),
    )
    expect(report.skipped.map(({ reason, count }) => ({ reason, count }))).toEqual(forecast.skipped)
    expect(report.forecast?.recipients).toEqual({
      foretold: forecast.recipients,
      actual: forecast.recipients,
    })
    expect(report.cost).toEqual(forecast.cost?.likely)
    const [foretold, actual] = [forecast.endAt, report.run?.finishedAt ?? report.forecast?.endAt.actual]
    expect(Math.abs(Date.parse(actual ?? '') - Date.parse(foretold ?? ''))).toBeLessThan(8_000)
  })
})
