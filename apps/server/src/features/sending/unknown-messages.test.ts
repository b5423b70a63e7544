import { createBus } from '@siar/database'
import { createMemoryRecord, createSimulatedNetwork, createSimulator, realSchedule } from '@siar/simulator'
import type { Simulator } from '@siar/simulator'
import { testDatabase, waitUntil } from '@siar/test-kit'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SiarEvent } from '../../core.ts'
import { createTestApp } from '../../testing/test-app.ts'
import { buildShop } from '../campaigns/campaigns.fixtures.ts'
import type { ShopFixture } from '../campaigns/campaigns.fixtures.ts'
import { createSending } from './index.ts'
import type { Sending } from './index.ts'
import { createFakeOwned } from './sending.fixtures.ts'

const database = await testDatabase({ poolMax: 12 })
const bus = await createBus<SiarEvent>(database)
const world = await createTestApp(database, { edges: { bus } })
const { core, services } = world
const service = services.unknownMessages
let shop: ShopFixture
let simulator: Simulator
let sending: Sending
let senderId: string
let stop: () => Promise<void>

const calm = { onWhatsApp: 1, replies: 0, optsOut: 0, blocks: 0, neverReads: 1, readsLate: 0 }

beforeEach(async () => {
  shop = await buildShop(core)
  senderId = await shop.addSender()
  simulator = createSimulator(
    createSimulatedNetwork({
      seed: 'unknown',
      now: () => new Date(),
      schedule: realSchedule,
      record: createMemoryRecord(),
      instant: true,
      shares: calm,
    }),
  )
  const { control, consent, mailer } = services
  const options = { batchSize: 20, sendTimeoutMs: 3_000, schedule: core.clock.schedule, gatherMs: 0 }
  sending = createSending(core, { control, ledger: consent.ledger, mailer }, options)
  const owned = createFakeOwned(core, simulator.channel, sending.forwardEvents)
  sending.start(owned)
  await owned.open(senderId, shop.workspaceId, { settings: { simulator: { dedupesOurId: false } } })
  stop = async () => {
    await owned.close()
    await sending.stop()
  }
})

afterEach(() => stop())
afterAll(() => bus.close())

const untilStatus = (campaignId: string, status: string) =>
  waitUntil(async () => (await shop.get(campaignId)).status === status, { what: `status ${status}` })

/** A campaign that is over; of its first `unknown` people nobody knows whether the message arrived. */
async function sendWithUnknown(people: number, unknown: number, text?: string): Promise<string> {
  await shop.addContacts(people)
  const rule = { kind: 'unknown', shown: false } as const
  if (unknown > 0) await simulator.control.addRule({ end: rule, count: unknown })
  const { id } = await shop.draft({ purpose: 'service' }, text)
  await shop.start(id)
  await untilStatus(id, 'completed')
  await simulator.control.clearRules()
  return id
}

interface Row {
  readonly id: string
  readonly status: string
  readonly message_id: string | null
}

const unknownRows = (campaignId: string) =>
  shop.query<Row>(
    `select id, status, message_id from recipients where campaign_id = $1 and status = 'unknown' order by message_id`,
    [campaignId],
  )

const rowOf = async (id = ''): Promise<Row | undefined> =>
  (await shop.query<Row>('select id, status, message_id from recipients where id = $1', [id]))[0]

type Kind = 'accepted' | 'delivered' | 'read' | 'refused'

/** What the channel says later about an earlier try. */
async function hear(messageId: string | null | undefined, kind: Kind): Promise<void> {
  const sender = { senderId, workspaceId: shop.workspaceId, shard: 0, epoch: 1 }
  const refusal = kind === 'refused' ? { reason: 'undeliverable', action: 'drop_recipient' } : null
  const receipt = { type: 'receipt', kind, messageId, channelMessageId: messageId, at: core.now(), refusal }
  await sending.forwardEvents(sender as never, [receipt] as never)
}

const settle = (body: Parameters<typeof service.settle>[2]) =>
  service.settle(shop.workspaceId, shop.actor, body)
const list = (query: Partial<Parameters<typeof service.list>[1]> = {}) =>
  service.list(shop.workspaceId, { limit: 50, ...query }, 'en')

describe('the list', () => {
  test('shows each once, oldest first, in pages, with the total and the text that was sent', async () => {
    const first = await sendWithUnknown(5, 3, 'Halo {name}, {a|b|c} satu')
    await core.clock.advanceBy(60_000)
    const second = await sendWithUnknown(0, 5, 'dua')
    const seen = []
    let cursor: string | undefined
    do {
      const page = await list({ limit: 3, cursor })
      expect(page.total).toBe(8)
      seen.push(...page.data)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(new Set(seen.map(({ id }) => id)).size).toBe(8)
    expect(seen.map(({ campaignId }) => campaignId)).toEqual([
      ...Array<string>(3).fill(first),
      ...Array<string>(5).fill(second),
    ])
    const times = seen.map(({ dispatchedAt }) => dispatchedAt)
    expect(times).toEqual(times.toSorted())
    expect(seen[0]).toMatchObject({
      contactName: 'Budi Santoso',
      status: 'unknown',
      senderId,
      campaignName: 'Promo',
    })
    expect(seen[0]?.reasonText).toMatch(/whether it went out is not certain/)
    expect(seen[0]?.text).toMatch(/^Halo Budi Santoso, [abc] satu$/)
    const ofFirst = await list({ campaignId: first })
    expect([ofFirst.total, ofFirst.data.length]).toEqual([3, 3])
  })

  test('makes the very same text again where none was kept, short links included', async () => {
    await shop.addContacts(2)
    await simulator.control.addRule({ end: { kind: 'unknown', shown: false }, count: 2 })
    const { id } = await shop.draft(
      { purpose: 'service', trackLinks: true },
      '{Hai|Halo} {name}: https://toko.id/a',
    )
    await shop.start(id)
    await untilStatus(id, 'completed')
    const kept = (await list()).data.map(({ text }) => text)
    expect(kept[0]).toContain('/r/')
    expect(new Set(kept).size).toBe(2)
    await shop.query('delete from messages where workspace_id = $1', [shop.workspaceId])
    expect((await list()).data.map(({ text }) => text)).toEqual(kept)
  })

  test('finds nothing of a campaign that is not there', async () => {
    await expect(list({ campaignId: core.newId('cmp') })).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a person who saw it on the phone', () => {
  test('makes it sent, once, with the figures, an audit line and an event', async () => {
    const id = await sendWithUnknown(4, 3)
    const [one, two, three] = await unknownRows(id)
    const body = { recipientIds: [one?.id ?? '', two?.id ?? ''], decision: 'arrived' as const }
    expect(await settle(body)).toEqual({ settled: 2, left: 0 })
    expect(await settle(body)).toEqual({ settled: 0, left: 2 })
    expect(await shop.statuses(id)).toEqual({ delivered: 1, accepted: 2, unknown: 1 })
    await shop.expectFiguresToAddUp(id)
    const lines = await shop.query(
      `select details from audit_log where workspace_id = $1 and action = 'campaign.settle_unknown'`,
      [shop.workspaceId],
    )
    expect(lines).toEqual([{ details: { decision: 'arrived', people: 2 } }])
    await hear(one?.message_id, 'delivered')
    expect((await rowOf(one?.id))?.status).toBe('delivered')
    expect((await rowOf(three?.id))?.status).toBe('unknown')
    const [day] = await shop.query('select accepted, delivered from sender_days where sender_id = $1', [
      senderId,
    ])
    expect(day).toEqual({ accepted: 3, delivered: 2 })
    await shop.expectFiguresToAddUp(id)
  })
})

describe('sending again', () => {
  test('goes under a new id through the gate, and the completed campaign runs until it is done again', async () => {
    const id = await sendWithUnknown(4, 3)
    const before = await unknownRows(id)
    const framesBefore = (await simulator.control.frames()).length
    const [suppressed] = before
    await shop.query(
      `insert into suppressions (id, workspace_id, kind, value, reason, created_by)
       select $1, workspace_id, 'phone', address, 'manual', 'usr' from recipients where id = $2`,
      [core.newId('sup'), suppressed?.id],
    )
    expect(await settle({ campaignId: id, decision: 'send_again' })).toEqual({ settled: 3, left: 0 })
    await untilStatus(id, 'completed')
    expect(await shop.statuses(id)).toEqual({ delivered: 3, skipped: 1 })
    const frames = (await simulator.control.frames()).slice(framesBefore)
    expect(frames).toHaveLength(2)
    const earlier = before.map((row) => row.message_id)
    expect(frames.some(({ messageId }) => earlier.includes(messageId))).toBe(false)
    await shop.expectFiguresToAddUp(id)
  })

  test('is not done when word comes in the meantime that the person has it', async () => {
    const id = await sendWithUnknown(3, 3)
    const [arrived, open, accepted] = await unknownRows(id)
    await shop.query(`update workspaces set status = 'suspended' where id = $1`, [shop.workspaceId])
    await bus.publish({ kind: 'workspace.changed', workspaceId: shop.workspaceId })
    await core.clock.advanceBy(10_000)
    expect(await settle({ campaignId: id, decision: 'send_again' })).toEqual({ settled: 3, left: 0 })
    await hear(arrived?.message_id, 'delivered')
    await hear(accepted?.message_id, 'accepted')
    await hear(open?.message_id, 'refused')
    expect(await rowOf(arrived?.id)).toEqual({ ...arrived, status: 'delivered' })
    expect(await rowOf(accepted?.id)).toEqual({ ...accepted, status: 'accepted' })
    expect(await rowOf(open?.id)).toMatchObject({ status: 'queued', message_id: null })
    await shop.expectFiguresToAddUp(id)
  })

  test('after a refusal is not called off by word that came before the refusal', async () => {
    await shop.addContacts(1)
    await simulator.control.addRule({ end: { kind: 'refused', reason: 'undeliverable' }, count: 1 })
    const { id } = await shop.draft({ purpose: 'service' })
    await shop.start(id)
    await untilStatus(id, 'completed')
    const [refused] = await shop.query<Row>(
      'select id, status, message_id from recipients where campaign_id = $1',
      [id],
    )
    await shop.query(
      `update recipients set status = 'queued', message_id = null, reason = null where id = $1`,
      [refused?.id],
    )
    await hear(refused?.message_id, 'accepted')
    expect(await rowOf(refused?.id)).toMatchObject({ status: 'queued', message_id: null })
    await hear(refused?.message_id, 'delivered')
    expect(await rowOf(refused?.id)).toEqual({ ...refused, status: 'delivered' })
  })

  test('is not disturbed by what comes late about the earlier try', async () => {
    const id = await sendWithUnknown(1, 1)
    const [old] = await unknownRows(id)
    await settle({ recipientIds: [old?.id ?? ''], decision: 'send_again' })
    await untilStatus(id, 'completed')
    const now = await rowOf(old?.id)
    expect(now).toMatchObject({ status: 'delivered' })
    expect(now?.message_id).not.toBe(old?.message_id)
    for (const kind of ['refused', 'accepted', 'delivered'] as const) await hear(old?.message_id, kind)
    expect(await rowOf(old?.id)).toEqual(now)
    await shop.expectFiguresToAddUp(id)
    await hear(old?.message_id, 'read')
    expect(await rowOf(old?.id)).toMatchObject({ status: 'read', message_id: now?.message_id })
    await shop.expectFiguresToAddUp(id)
  })

  test('is refused where the campaign can send no more, and leaves people of an older run', async () => {
    const id = await sendWithUnknown(2, 2)
    const rows = await unknownRows(id)
    await shop.query(`update campaigns set status = 'cancelled' where id = $1`, [id])
    const again = { decision: 'send_again' as const }
    await expect(settle({ campaignId: id, ...again })).rejects.toMatchObject({ code: 'campaign_wrong_state' })
    const recipientIds = rows.map((row) => row.id)
    expect(await settle({ recipientIds, ...again })).toEqual({ settled: 0, left: 2 })
    await shop.query(`update campaigns set status = 'completed', current_run_id = $2 where id = $1`, [
      id,
      core.newId('run'),
    ])
    expect(await settle({ recipientIds, ...again })).toEqual({ settled: 0, left: 2 })
    expect((await shop.get(id)).status).toBe('completed')
    expect(await settle({ campaignId: id, decision: 'give_up' })).toEqual({ settled: 2, left: 0 })
  })
})

describe('giving up', () => {
  test('leaves it unsent, also when a receipt comes after all', async () => {
    const id = await sendWithUnknown(2, 1)
    const [row] = await unknownRows(id)
    expect(await settle({ campaignId: id, decision: 'give_up' })).toEqual({ settled: 1, left: 0 })
    for (const kind of ['accepted', 'delivered', 'read', 'refused'] as const)
      await hear(row?.message_id, kind)
    expect(await shop.statuses(id)).toEqual({ delivered: 1, abandoned: 1 })
    expect((await shop.get(id)).status).toBe('completed')
    await shop.expectFiguresToAddUp(id)
    expect((await list()).total).toBe(0)
  })
})

test('a decision and a receipt at the same instant: one of them settles it, and the figures add up', async () => {
  const id = await sendWithUnknown(12, 12)
  const rows = await unknownRows(id)
  const decisions = ['arrived', 'give_up', 'send_again'] as const
  const settled = await Promise.all(
    rows.flatMap((row, index) => [
      settle({ recipientIds: [row.id], decision: decisions[index % 3] ?? 'arrived' }),
      hear(row.message_id, 'delivered').then(() => ({ settled: 0, left: 0 })),
    ]),
  )
  await untilStatus(id, 'completed')
  const answers = settled.filter((answer) => answer.settled + answer.left > 0)
  expect(answers).toHaveLength(12)
  expect(Object.keys(await shop.statuses(id)).toSorted()).not.toContain('unknown')
  expect((await list()).total).toBe(0)
  await shop.expectFiguresToAddUp(id)
})

test('recipients and campaigns of another workspace are not there, and nothing is changed by naming them', async () => {
  const id = await sendWithUnknown(2, 2)
  const [one, two] = await unknownRows(id)
  const stranger = await buildShop(core)
  const other = (body: Parameters<typeof service.settle>[2]) =>
    service.settle(stranger.workspaceId, stranger.actor, body)
  const decision = 'give_up' as const
  await expect(other({ recipientIds: [one?.id ?? ''], decision })).rejects.toMatchObject({
    code: 'not_found',
  })
  await expect(other({ campaignId: id, decision })).rejects.toMatchObject({ code: 'not_found' })
  await expect(settle({ recipientIds: [two?.id ?? '', core.newId('rcp')], decision })).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await shop.statuses(id)).toEqual({ unknown: 2 })
})
