import { testDatabase } from '@siar/test-kit'
import { afterEach, describe, expect, test } from 'vitest'
import { buildCloudApiStage } from './cloud-api.fixtures.ts'
import type { CloudApiStage } from './cloud-api.fixtures.ts'

const database = await testDatabase({ poolMax: 12 })
const hourMs = 3_600_000
let stage: CloudApiStage | null = null

async function begin(): Promise<CloudApiStage> {
  stage = await buildCloudApiStage(database)
  return stage
}

afterEach(async () => {
  await stage?.close()
  stage = null
})

const talkOf = async ({ shop, senderId }: CloudApiStage, contactId: string) =>
  (
    await shop.query<{ entry: Date | null; until: Date | null }>(
      `select ad_entry_at as entry, free_entry_until as until from conversations where contact_id = $1 and sender_id = $2`,
      [contactId, senderId],
    )
  )[0]

describe('outside of a window', () => {
  test('the forecast and the start leave people out with the reason, and Meta gets nothing', async () => {
    const { shop, addPeople, runUntilFigures, frames } = await begin()
    await addPeople(3, true)
    await addPeople(4, false)
    const { id } = await shop.draft()
    const forecast = await shop.forecasts.forecast(shop.workspaceId, id, 'id')
    expect(forecast.recipients).toBe(3)
    expect(forecast.skipped).toEqual([{ reason: 'window_closed', count: 4 }])
    expect(forecast.cost?.likely).toEqual({ idrMinor: 0, usdMinor: 0 })
    await shop.start(id)
    await runUntilFigures(id, { total: 7, sent: 3, skipped: 4, failed: 0 })
    expect(await frames()).toHaveLength(3)
    expect(await shop.reasons(id)).toEqual({ window_closed: 4 })
    await shop.expectFiguresToAddUp(id)
  })

  test('people go by another sender of the campaign, those who talked with the official number included', async () => {
    const { shop, core, senderId, addPeople } = await begin()
    const [open, , , talked] = [
      ...(await addPeople(1, true)),
      ...(await addPeople(2)),
      ...(await addPeople(1, true)),
    ]
    const own = await shop.addSender()
    await shop.query(`update conversations set last_incoming_at = $2 where contact_id = $1`, [
      talked?.id,
      new Date(core.clock.nowMs() - 30 * hourMs),
    ])
    const { id } = await shop.draft()
    await shop.start(id)
    const rows = await shop.query<{ contact_id: string; sender_id: string; route_reason: string }>(
      'select contact_id, sender_id, route_reason from recipients where campaign_id = $1',
      [id],
    )
    const routes = rows.map((row) => [row.contact_id, row.sender_id, row.route_reason])
    expect(routes).toContainEqual([open?.id, senderId, 'open_window'])
    expect(rows.filter((row) => row.sender_id === own)).toHaveLength(3)
    expect(routes).toContainEqual([talked?.id, own, 'own_sender'])
  })

  test('a window that closed since the start skips the person at the lane', async () => {
    const { shop, core, addPeople, runUntilFigures, frames } = await begin()
    const [person] = await addPeople(2, true)
    const { id } = await shop.draft()
    await shop.query(`update senders set use_for_campaigns = true where workspace_id = $1`, [
      shop.workspaceId,
    ])
    await shop.start(id)
    await shop.query(`update conversations set last_incoming_at = $2 where contact_id = $1`, [
      person?.id,
      new Date(core.clock.nowMs() - 24 * hourMs),
    ])
    await runUntilFigures(id, { queued: 0 })
    const sentTo = (await frames()).map(({ to }) => to)
    const { figures } = await shop.get(id)
    expect(figures.sent + figures.skipped).toBe(2)
    if (figures.skipped === 1) expect(sentTo).not.toContain(person?.phone)
    await shop.expectFiguresToAddUp(id)
  })

  test('a single message is refused with the reason before anything leaves, and goes once they wrote', async () => {
    const { shop, senderId, addPerson, send, frames } = await begin()
    const [shut, open] = [await addPerson(), await addPerson(true)]
    const message = { workspaceId: shop.workspaceId, senderId, text: 'Uji', media: null }
    expect(await send({ ...message, contactId: shut.id, to: shut.phone })).toEqual({
      outcome: 'refused',
      reason: 'window_closed',
    })
    expect(await send({ ...message, contactId: null, to: open.phone })).toMatchObject({ outcome: 'accepted' })
    expect((await frames()).map(({ to }) => to)).toEqual([open.phone])
  })
})

describe('an entry by an advertisement', () => {
  const ad = { referral: { kind: 'ad', sourceId: '1', clickId: 'clid' } } as const

  async function enter({ network, shop, runUntil }: CloudApiStage, phone: string, options = {}) {
    await network.control.incoming('snd_1', phone, 'Halo', options)
    await runUntil(async () => {
      const rows = await shop.query(`select 1 from messages where direction = 'in' and workspace_id = $1`, [
        shop.workspaceId,
      ])
      expect(rows.length).toBeGreaterThan(0)
    })
  }

  test('answered in time makes everything free for 72 hours, which the route and the cost know', async () => {
    const { shop, core, addPerson, runUntilFigures } = await begin()
    const person = await addPerson()
    await enter(stage as CloudApiStage, person.phone, ad)
    expect((await talkOf(stage as CloudApiStage, person.id))?.entry).not.toBeNull()
    const { id } = await shop.draft()
    await shop.start(id)
    await runUntilFigures(id, { sent: 1 })
    const talk = await talkOf(stage as CloudApiStage, person.id)
    expect(talk?.entry).toBeNull()
    const untilMs = talk?.until?.getTime() ?? 0
    expect(Math.abs(untilMs - core.clock.nowMs() - 72 * hourMs)).toBeLessThan(hourMs)
  })

  test('a message without an advertisement opens no free entry', async () => {
    const { addPerson } = await begin()
    const person = await addPerson()
    await enter(stage as CloudApiStage, person.phone)
    expect(await talkOf(stage as CloudApiStage, person.id)).toEqual({ entry: null, until: null })
  })

  test('that nobody answered in time is spent without a free time', async () => {
    const { shop, core, addPerson, runUntilFigures } = await begin()
    const person = await addPerson(true)
    await shop.query(`update conversations set ad_entry_at = $2 where contact_id = $1`, [
      person.id,
      new Date(core.clock.nowMs() - 25 * hourMs),
    ])
    const { id } = await shop.draft()
    await shop.start(id)
    await runUntilFigures(id, { sent: 1 })
    expect(await talkOf(stage as CloudApiStage, person.id)).toEqual({ entry: null, until: null })
  })
})
