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
let shop: ShopFixture
let senderId: string
let rigs: Rig[] = []

/** One process: its lanes, its sessions. */
interface Rig {
  readonly sending: Sending
  readonly owned: FakeOwned
  /** The process dies: nothing it still does is written. */
  kill(): Promise<void>
}

const calm = { onWhatsApp: 1, replies: 0, optsOut: 0, blocks: 0, neverReads: 0, readsLate: 0 }

function createNetwork(options: Partial<NetworkOptions> = {}): Simulator {
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

interface RigOptions {
  readonly batchSize?: number
  readonly epoch?: number
  readonly settings?: Record<string, unknown>
}

async function startRig(
  simulator: Simulator,
  { batchSize = 20, epoch = 1, settings }: RigOptions = {},
): Promise<Rig> {
  const control = createCampaignControlService(core)
  const { ledger } = createConsentService(core)
  const options = { batchSize, sendTimeoutMs: 3_000, schedule: core.clock.schedule, gatherMs: 0 }
  const sending = createSending(core, { control, ledger }, options)
  const owned = createFakeOwned(core, simulator.channel, sending.forwardEvents)
  sending.start(owned)
  await owned.open(senderId, shop.workspaceId, { epoch, ...(settings ? { settings } : {}) })
  const kill = async (): Promise<void> => {
    owned.lose()
    await owned.close()
  }
  const rig = { sending, owned, kill }
  rigs.push(rig)
  return rig
}

afterAll(() => bus.close())

beforeEach(async () => {
  rigs = []
  shop = await buildShop(core)
  senderId = await shop.addSender()
})

afterEach(async () => {
  for (const rig of rigs) {
    await rig.kill()
    void rig.sending.stop()
  }
})

const untilStatus = (campaignId: string, status: string) =>
  waitUntil(async () => (await shop.get(campaignId)).status === status, { what: `status ${status}` })

const untilFigures = (campaignId: string, figures: Record<string, number>) =>
  waitUntil(
    async () => {
      expect((await shop.get(campaignId)).figures).toMatchObject(figures)
      return true
    },
    { what: JSON.stringify(figures) },
  )

const framesByAddress = async (simulator: Simulator): Promise<Map<string, number>> => {
  const counts = new Map<string, number>()
  for (const { to } of await simulator.control.frames()) counts.set(to, (counts.get(to) ?? 0) + 1)
  return counts
}

describe('a batched lane', () => {
  test('sends a campaign to everybody once and completes it with figures that add up', async () => {
    const simulator = createNetwork()
    await shop.addContacts(57)
    await startRig(simulator)
    const { id } = await shop.draft()
    await shop.start(id)
    await untilStatus(id, 'completed')
    await untilFigures(id, { total: 57, sent: 57, delivered: 57, read: 57, queued: 0 })
    const frames = await framesByAddress(simulator)
    expect(frames.size).toBe(57)
    expect([...frames.values()].every((count) => count === 1)).toBe(true)
    await shop.expectFiguresToAddUp(id)
    const [counts] = await shop.query<Record<string, number>>(
      `select (select count(*)::int from messages where workspace_id = $1 and direction = 'out') as messages,
         (select accepted from sender_days where sender_id = $2) as accepted,
         (select count(*)::int from contacts where workspace_id = $1 and last_contacted_at is not null) as touched`,
      [shop.workspaceId, senderId],
    )
    expect(counts).toEqual({ messages: 57, accepted: 57, touched: 57 })
  })

  test('never hands one recipient to two lanes, even when two processes believe they own the sender', async () => {
    const networks = [createNetwork(), createNetwork()]
    await shop.addContacts(120)
    const { id } = await shop.draft()
    await shop.start(id)
    await Promise.all(networks.map((network) => startRig(network, { batchSize: 7 })))
    await untilStatus(id, 'completed')
    const frames = (await Promise.all(networks.map((network) => network.control.frames()))).flat()
    expect(frames).toHaveLength(120)
    expect(new Set(frames.map((frame) => frame.to)).size).toBe(120)
    await shop.expectFiguresToAddUp(id)
  })

  test('shares a sender among campaigns instead of finishing one first', async () => {
    const simulator = createNetwork()
    await shop.addContacts(60)
    const drafts = [
      await shop.draft({ name: 'A', purpose: 'service' }),
      await shop.draft({ name: 'B', purpose: 'service' }),
    ]
    for (const { id } of drafts) await shop.start(id)
    await startRig(simulator, { batchSize: 10 })
    for (const { id } of drafts) await untilStatus(id, 'completed')
    const order = await shop.query<{ campaign_id: string }>(
      `select r.campaign_id from attempts a join recipients r on r.id = a.recipient_id
       where r.workspace_id = $1 order by a.started_at, a.ctid limit 40`,
      [shop.workspaceId],
    )
    expect(new Set(order.map((row) => row.campaign_id)).size).toBe(2)
  })
})

describe('the gate at the moment of sending', () => {
  test('skips who withdrew consent or was suppressed after the freeze, and never sends them anything', async () => {
    const simulator = createNetwork()
    const [left, gone, off, stays] = await shop.addContacts(4)
    const { id } = await shop.draft()
    await shop.start(id)
    await shop.query(`update contacts set marketing_consent = 'withdrawn' where id = $1`, [left?.id])
    await shop.query(
      `insert into suppressions (id, workspace_id, kind, value, reason, created_by) values ($1, $2, 'phone', $3, 'manual', 'usr')`,
      [core.newId('sup'), shop.workspaceId, gone?.phone],
    )
    await shop.query('update contacts set active = false where id = $1', [off?.id])
    await startRig(simulator)
    await untilStatus(id, 'completed')
    expect(await shop.reasons(id)).toEqual({ consent_withdrawn: 1, suppressed: 1, contact_inactive: 1 })
    expect([...(await framesByAddress(simulator)).keys()]).toEqual([stays?.phone])
    await untilFigures(id, { total: 4, sent: 1, skipped: 3 })
    await shop.expectFiguresToAddUp(id)
  })

  test('skips who would miss a value and completes a run in which nobody is left', async () => {
    await shop.addContacts(3, { name: '' })
    const { id } = await shop.draft()
    await shop.start(id)
    await startRig(createNetwork())
    await untilStatus(id, 'completed')
    expect(await shop.reasons(id)).toEqual({ missing_variable: 3 })
    await shop.expectFiguresToAddUp(id)
  })

  test('holds the frequency cap over campaigns that run at the same time', async () => {
    const cap = { perDay: 2, perWeek: 5, afterUnanswered: 0 }
    shop = await buildShop(core, { frequencyCap: cap })
    senderId = await shop.addSender()
    await shop.addContacts(5)
    const drafts = [await shop.draft(), await shop.draft(), await shop.draft()]
    for (const { id } of drafts) await shop.start(id)
    const simulator = createNetwork()
    await startRig(simulator)
    for (const { id } of drafts) await untilStatus(id, 'completed')
    const frames = await framesByAddress(simulator)
    expect([...frames.values()]).toEqual([2, 2, 2, 2, 2])
  })
})

describe('people steer', () => {
  test('pause stops within the batch in flight, resume goes on, and everybody gets it once', async () => {
    const simulator = createNetwork({ instant: false, defaults: { latencyMsMin: 20, latencyMsMax: 20 } })
    await shop.addContacts(60)
    await startRig(simulator, { batchSize: 5, settings: slow })
    const { id } = await shop.draft()
    await shop.start(id)
    await waitUntil(async () => (await simulator.control.counts()).frames > 0)
    await shop.control.pause(shop.workspaceId, shop.actor, id)
    await waitUntil(async () => ((await shop.statuses(id))['dispatching'] ?? 0) === 0)
    const paused = (await simulator.control.counts()).frames
    expect(paused).toBeLessThan(60)
    expect((await shop.statuses(id))['queued']).toBe(60 - paused)
    await shop.control.resume(shop.workspaceId, shop.actor, id)
    await untilStatus(id, 'completed')
    expect((await simulator.control.counts()).frames).toBe(60)
    await shop.expectFiguresToAddUp(id)
  })

  test('cancel leaves what was sent as it is and cancels the rest', async () => {
    const simulator = createNetwork({ instant: false })
    await shop.addContacts(60)
    await startRig(simulator, { batchSize: 5, settings: slow })
    const { id } = await shop.draft()
    await shop.start(id)
    await waitUntil(async () => (await simulator.control.counts()).frames > 0)
    await shop.control.cancel(shop.workspaceId, shop.actor, id)
    await waitUntil(async () => ((await shop.statuses(id))['dispatching'] ?? 0) === 0)
    const { figures } = await shop.get(id)
    expect(figures.sent + figures.cancelled).toBe(60)
    expect(figures.cancelled).toBeGreaterThan(0)
    await shop.expectFiguresToAddUp(id)
  })

  test('the refused can be tried again', async () => {
    const simulator = createNetwork()
    await shop.addContacts(6)
    await simulator.control.addRule({ end: { kind: 'refused', reason: 'undeliverable' }, count: 4 })
    await startRig(simulator)
    const { id } = await shop.draft()
    await shop.start(id)
    await untilStatus(id, 'completed')
    await untilFigures(id, { sent: 2, failed: 4 })
    await shop.expectFiguresToAddUp(id)
    await shop.control.retryFailed(shop.workspaceId, shop.actor, id)
    await untilStatus(id, 'completed')
    await untilFigures(id, { sent: 6, failed: 0 })
    await shop.expectFiguresToAddUp(id)
  })
})

const slow = { simulator: { latencyMsMin: 20, latencyMsMax: 20, timeScale: 3600 } }

describe('receipts', () => {
  test('that come twice and in the wrong order move a recipient forward only', async () => {
    const simulator = createNetwork()
    await shop.addContacts(30)
    await startRig(simulator)
    await simulator.control.disturbReceipts(senderId, true)
    const { id } = await shop.draft()
    await shop.start(id)
    await untilFigures(id, { total: 30, sent: 30, delivered: 30, read: 30 })
    const [row] = await shop.query<{ receipts: number; whole: number }>(
      `select (select count(*)::int from receipts where workspace_id = $1) as receipts,
         (select count(*)::int from recipients where workspace_id = $1 and accepted_at is not null
           and delivered_at is not null and read_at is not null) as whole`,
      [shop.workspaceId],
    )
    expect(row).toEqual({ receipts: 90, whole: 30 })
    await shop.expectFiguresToAddUp(id)
  })

  test('that overtake their outcome are not lost, also where the channel does not echo our id', async () => {
    const simulator = createNetwork({ defaults: { echoesOurId: false } })
    await shop.addContacts(30)
    await startRig(simulator, { settings: {} })
    const { id } = await shop.draft()
    await shop.start(id)
    await untilFigures(id, { total: 30, sent: 30, delivered: 30, read: 30 })
    await shop.expectFiguresToAddUp(id)
  })

  test('that refuse late reach the figures of a run that was complete', async () => {
    const simulator = createNetwork()
    await shop.addContacts(3)
    await simulator.control.addRule({
      end: { kind: 'refused_late', reason: 'undeliverable' },
      count: 1,
    })
    await startRig(simulator)
    const { id } = await shop.draft()
    await shop.start(id)
    await untilFigures(id, { sent: 2, failed: 1 })
    expect(await shop.reasons(id)).toEqual({ undeliverable: 1 })
    await shop.expectFiguresToAddUp(id)
  })
})

describe('a process that dies between the attempt and the outcome', () => {
  const dieWhileSending = async (simulator: Simulator, settings: Record<string, unknown>, shown: boolean) => {
    await simulator.control.addRule({ end: { kind: 'hangs', shown } })
    const dead = await startRig(simulator, { settings })
    const { id } = await shop.draft()
    await shop.start(id)
    const isHandedOver = async () =>
      shown
        ? (await simulator.control.counts()).frames === 9
        : ((await shop.statuses(id))['dispatching'] ?? 0) === 9
    await waitUntil(isHandedOver)
    await dead.kill()
    await simulator.control.clearRules()
    return id
  }

  test('leaves unknown what may have gone, and nothing is sent twice where ids are not deduped', async () => {
    const simulator = createNetwork()
    await shop.addContacts(9)
    const settings = { simulator: { dedupesOurId: false } }
    const id = await dieWhileSending(simulator, settings, false)
    await startRig(simulator, { epoch: 2, settings })
    await untilFigures(id, { unknown: 9, sent: 0, queued: 0 })
    expect((await simulator.control.counts()).frames).toBe(0)
    await untilStatus(id, 'completed')
    expect(await shop.reasons(id)).toEqual({ crashed: 9 })
    const [row] = await shop.query<{ texts: number }>(
      `select count(*)::int as texts from messages where workspace_id = $1 and text like 'Halo Budi%'`,
      [shop.workspaceId],
    )
    expect(row?.texts).toBe(9)
    await shop.expectFiguresToAddUp(id)
  })

  test('is settled by the receipts that come to its successor', async () => {
    const simulator = createNetwork({ instant: false })
    await shop.addContacts(9)
    const settings = { simulator: { dedupesOurId: false, latencyMsMin: 1, latencyMsMax: 1, timeScale: 20 } }
    const id = await dieWhileSending(simulator, settings, true)
    await startRig(simulator, { epoch: 2, settings })
    await untilFigures(id, { unknown: 0, sent: 9 })
    expect([...(await framesByAddress(simulator)).values()].every((count) => count === 1)).toBe(true)
    await shop.expectFiguresToAddUp(id)
  })

  test('has its messages sent again under the same ids where ids are deduped: shown once, none lost', async () => {
    const simulator = createNetwork({ instant: false })
    await shop.addContacts(9)
    const settings = { simulator: { dedupesOurId: true, latencyMsMin: 1, latencyMsMax: 1, timeScale: 20 } }
    const id = await dieWhileSending(simulator, settings, true)
    await startRig(simulator, { epoch: 2, settings })
    await untilFigures(id, { sent: 9, unknown: 0, queued: 0 })
    await untilStatus(id, 'completed')
    const frames = await simulator.control.frames()
    expect(new Set(frames.map((frame) => frame.messageId)).size).toBe(9)
    expect(frames.filter((frame) => frame.shown)).toHaveLength(9)
    await shop.expectFiguresToAddUp(id)
  })
})

describe('ambiguous ends', () => {
  test('go again under the same id after a pause where ids are deduped', async () => {
    const simulator = createNetwork()
    await shop.addContacts(5)
    await simulator.control.addRule({ end: { kind: 'unknown', shown: false }, count: 3 })
    await startRig(simulator)
    const { id } = await shop.draft()
    await shop.start(id)
    await untilFigures(id, { sent: 2, queued: 3 })
    await waitUntil(async () => {
      await core.clock.advanceBy(2_000)
      return (await shop.get(id)).figures.sent === 5
    })
    const frames = await simulator.control.frames()
    expect(new Set(frames.map((frame) => frame.messageId)).size).toBe(5)
    await shop.expectFiguresToAddUp(id)
  })
})

describe('refusals', () => {
  test('that mean later wait and go again; the same person is not failed', async () => {
    const simulator = createNetwork()
    await shop.addContacts(3)
    await simulator.control.addRule({
      end: { kind: 'refused', reason: 'healthy_ecosystem' },
      count: 1,
    })
    await startRig(simulator)
    const { id } = await shop.draft()
    await shop.start(id)
    await untilFigures(id, { sent: 2, queued: 1, failed: 0 })
    const [row] = await shop.query<{ hours: number }>(
      `select round(extract(epoch from due_at - $2::timestamptz) / 3600)::int as hours from recipients
       where campaign_id = $1 and status = 'queued'`,
      [id, core.now()],
    )
    expect(row?.hours).toBe(24)
  })

  test('by opt-out withdraw consent and suppress the person', async () => {
    const simulator = createNetwork()
    await shop.addContacts(1)
    await simulator.control.addRule({ end: { kind: 'refused', reason: 'opted_out' }, count: 1 })
    await startRig(simulator)
    const { id } = await shop.draft()
    await shop.start(id)
    await untilFigures(id, { failed: 1 })
    await waitUntil(async () => {
      const rows = await shop.query('select 1 from suppressions where workspace_id = $1', [shop.workspaceId])
      return rows.length === 1
    })
  })

  test('that stop the sender are told to its session, and its people wait', async () => {
    const simulator = createNetwork()
    await shop.addContacts(2)
    await simulator.control.addRule({ end: { kind: 'refused', reason: 'sender_banned' } })
    const { owned } = await startRig(simulator)
    const { id } = await shop.draft()
    await shop.start(id)
    await waitUntil(() => owned.reported.length > 0)
    expect(owned.reported[0]).toEqual({ senderId, state: 'banned' })
    await untilFigures(id, { queued: 2, failed: 0 })
  })
})

describe('incoming messages', () => {
  test('count as the answer to the newest campaign message, once, with a conversation', async () => {
    const simulator = createNetwork()
    const [person] = await shop.addContacts(2)
    await startRig(simulator)
    const { id } = await shop.draft()
    await shop.start(id)
    await untilFigures(id, { read: 2 })
    await simulator.control.incoming(senderId, person?.phone ?? '', 'Masih ada stok?')
    await untilFigures(id, { replied: 1, read: 2, sent: 2 })
    const rows = await shop.query<{ unread: number; messages: number }>(
      `select unread, (select count(*)::int from messages m where m.conversation_id = v.id) as messages
       from conversations v where workspace_id = $1`,
      [shop.workspaceId],
    )
    expect(rows).toEqual([{ unread: 1, messages: 1 }])
    await shop.expectFiguresToAddUp(id)
  })

  test('that say STOP end marketing to that person at once', async () => {
    const simulator = createNetwork()
    const [person] = await shop.addContacts(2)
    await startRig(simulator)
    const first = await shop.draft()
    await shop.start(first.id)
    await untilFigures(first.id, { read: 2 })
    await simulator.control.incoming(senderId, person?.phone ?? '', 'STOP')
    await untilFigures(first.id, { replied: 1 })
    const second = await shop.draft()
    await shop.start(second.id)
    await untilStatus(second.id, 'completed')
    expect((await framesByAddress(simulator)).get(person?.phone ?? '')).toBe(1)
    expect(await shop.reasons(second.id)).toEqual({ suppressed: 1 })
  })

  test('that are blocks halt a campaign that hurts its number, once they are many', async () => {
    const simulator = createNetwork()
    const people = await shop.addContacts(60)
    await startRig(simulator)
    const { id } = await shop.draft()
    await shop.start(id)
    await untilFigures(id, { read: 60 })
    await shop.query(`update campaigns set status = 'running' where id = $1`, [id])
    for (const { phone } of people.slice(0, 5)) await simulator.control.block(senderId, phone, 'block')
    await untilStatus(id, 'halted')
    expect((await shop.get(id)).statusReason).toBe('guardian')
    const [row] = await shop.query<{ blocks: number; gone: number }>(
      `select (select blocks from sender_days where sender_id = $2) as blocks,
         (select count(*)::int from contacts where workspace_id = $1 and marketing_consent = 'withdrawn') as gone`,
      [shop.workspaceId, senderId],
    )
    expect(row).toEqual({ blocks: 5, gone: 5 })
  })

  test('from somebody unknown make a contact without consent', async () => {
    const simulator = createNetwork()
    await startRig(simulator)
    await simulator.control.incoming(senderId, '+6281999000111', 'Halo kak')
    const rows = await waitUntil(async () => {
      const found = await shop.query<{ marketing_consent: string }>(
        `select c.marketing_consent from contacts c join addresses a on a.contact_id = c.id
         where c.workspace_id = $1 and a.value = '+6281999000111'`,
        [shop.workspaceId],
      )
      return found.length > 0 ? found : null
    })
    expect(rows).toEqual([{ marketing_consent: 'unknown' }])
  })
})

describe('a paced lane', () => {
  test('sends one by one, never faster than its pauses, and stops at its daily cap', async () => {
    const sentAt: number[] = []
    const simulator = createNetwork()
    const settings = {
      paced: true,
      delayMsMin: 3_000,
      delayMsMax: 6_000,
      hourlyCap: 100,
      dailyCap: 4,
      warmUp: false,
    }
    await shop.addContacts(6)
    const { id } = await shop.draft()
    await shop.start(id)
    await startRig(simulator, { settings })
    await waitUntil(async () => {
      await core.clock.advanceBy(500)
      const { frames } = await simulator.control.counts()
      while (sentAt.length < frames) sentAt.push(core.now().getTime())
      return frames >= 4
    })
    const pauses = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0))
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(2_500)
    for (let step = 0; step < 40; step += 1) await core.clock.advanceBy(1_000)
    expect((await simulator.control.counts()).frames).toBe(4)
    expect((await simulator.control.counts()).typing).toBeGreaterThan(0)
    await untilFigures(id, { sent: 4, queued: 2 })
  })
})
