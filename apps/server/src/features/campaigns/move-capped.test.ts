import { testDatabase } from '@siar/test-kit'
import { beforeEach, expect, test } from 'vitest'
import { createTestCore } from '../../testing/test-core.ts'
import { buildShop } from './campaigns.fixtures.ts'
import type { ShopFixture } from './campaigns.fixtures.ts'

const database = await testDatabase()
const core = createTestCore(database)
let shop: ShopFixture

beforeEach(async () => {
  shop = await buildShop(core)
})

const paced = (dailyCap: number) => ({ paced: true, dailyCap, warmUp: false })

const sentToday = (senderId: string, accepted: number) =>
  shop.query(
    `insert into sender_days (workspace_id, sender_id, day, accepted) values ($1, $2, '2026-11-20', $3)`,
    [shop.workspaceId, senderId, accepted],
  )

const waiting = async (campaignId: string): Promise<Record<string, number>> => {
  const rows = await shop.query<{ sender_id: string; count: number }>(
    'select sender_id, count(*)::int as count from recipients where campaign_id = $1 group by 1',
    [campaignId],
  )
  return Object.fromEntries(rows.map((row) => [row.sender_id, row.count]))
}

test('people of a sender that is capped for today go by one with room today, as many as it has, and talks stay', async () => {
  const [capped, roomy] = [
    await shop.addSender('online', paced(5)),
    await shop.addSender('online', paced(14)),
  ]
  const [friend] = await shop.addContacts(20)
  await shop.query(
    `insert into conversations (id, workspace_id, contact_id, sender_id, last_message_at) values ($1, $2, $3, $4, now())`,
    [core.newId('cnv'), shop.workspaceId, friend?.id, capped],
  )
  const { id } = await shop.draft()
  await shop.start(id)
  const before = await waiting(id)
  expect((before[capped] ?? 0) + (before[roomy] ?? 0)).toBe(20)
  await shop.control.moveStranded()
  expect(await waiting(id)).toEqual(before)
  await sentToday(capped, 5)
  await shop.control.moveStranded()
  expect(await waiting(id)).toEqual({ [capped]: 6, [roomy]: 14 })
  await shop.control.moveStranded()
  expect(await waiting(id)).toEqual({ [capped]: 6, [roomy]: 14 })
  const [kept] = await shop.query('select sender_id from recipients where contact_id = $1', [friend?.id])
  expect(kept).toEqual({ sender_id: capped })
})

test('the forecast foresees who moves: what each sender will send, and when they are done', async () => {
  const [capped, roomy] = [
    await shop.addSender('online', paced(5)),
    await shop.addSender('online', paced(100)),
  ]
  const [friend] = await shop.addContacts(40)
  await shop.query(
    `insert into conversations (id, workspace_id, contact_id, sender_id, last_message_at) values ($1, $2, $3, $4, now())`,
    [core.newId('cnv'), shop.workspaceId, friend?.id, capped],
  )
  const { id } = await shop.draft()
  const { senders, endAt } = await shop.forecasts.forecast(shop.workspaceId, id, 'en')
  const foretold = Object.fromEntries(senders.map((sender) => [sender.senderId, sender.recipients]))
  expect((foretold[capped] ?? 0) + (foretold[roomy] ?? 0)).toBe(40)
  expect(foretold[capped]).toBeLessThanOrEqual(6)
  const startedAt = core.now()
  expect(Date.parse(endAt ?? '') - startedAt.getTime()).toBeLessThan(24 * 3_600_000)
  await shop.start(id)
  const [run] = await shop.query<{ forecast: { endAt: string } }>(
    'select forecast from runs where campaign_id = $1',
    [id],
  )
  expect(run?.forecast.endAt).toBe(endAt)
})

test('nobody moves from a sender that is free of charge to one that is charged', async () => {
  const cloudApi = { simulator: { standsFor: 'cloud_api' } }
  const [own] = [await shop.addSender('online', paced(5)), await shop.addSender('online', cloudApi)]
  await shop.addContacts(8)
  await shop.query(`update workspaces set settings = settings || $2::jsonb where id = $1`, [
    shop.workspaceId,
    JSON.stringify({ routing: { preset: 'official_first', paidMessagesMax: 0, paidUsdMinorMax: null } }),
  ])
  const { id } = await shop.draft()
  await shop.start(id)
  expect(await waiting(id)).toEqual({ [own]: 8 })
  await sentToday(own, 5)
  await shop.control.moveStranded()
  await shop.query(`update senders set status = 'offline', status_at = '2026-11-01' where id = $1`, [own])
  await shop.control.moveStranded()
  expect(await waiting(id)).toEqual({ [own]: 8 })
})
