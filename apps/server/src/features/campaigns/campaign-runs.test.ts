import { testDatabase } from '@siar/test-kit'
import { text } from 'node:stream/consumers'
import { beforeEach, describe, expect, test } from 'vitest'
import { failsWith } from '../../testing/fails-with.ts'
import { createTestCore } from '../../testing/test-core.ts'
import { buildShop } from './campaigns.fixtures.ts'
import type { ShopFixture } from './campaigns.fixtures.ts'

const database = await testDatabase()
const core = createTestCore(database)
let shop: ShopFixture

beforeEach(async () => {
  shop = await buildShop(core)
  await shop.addSender()
})

describe('a clone', () => {
  test('is a draft with the same message, people and settings, but not the schedule, the runs or the state', async () => {
    const people = await shop.addContacts(3)
    const sender = await shop.addSender()
    const original = await shop.draft({
      variables: { promo: 'Gratis' },
      audience: { include: [{ kind: 'contact', id: people[0]?.id as never }], exclude: [] },
      schedule: { kind: 'recurring', at: '2026-11-30T09:00', timeZone: 'Asia/Jakarta', rule: 'FREQ=DAILY' },
      pacing: { delayMsMin: 1000, delayMsMax: 2000 },
      rotation: 'weighted',
      senderIds: [sender],
      weights: { [sender]: 7 },
      experiment: {
        variants: [],
        testSharePercent: 100,
        holdoutPercent: 10,
        goal: 'reply',
        decide: 'manual',
        decideAfterHours: 24,
      },
      budget: { amountMinor: 50_000, currency: 'IDR' },
      trackLinks: true,
    })
    await shop.start(original.id)
    const copy = await shop.runs.clone(shop.workspaceId, shop.actor, original.id, {}, 'id')
    const { id, name, createdAt, startAt, ...settings } = original
    expect(copy).toMatchObject({
      ...settings,
      name: 'Promo (salinan)',
      clonedFrom: id,
      schedule: { kind: 'now' },
    })
    expect(copy).toMatchObject({ status: 'draft', startAt: null, runs: 0, figures: { total: 0 } })
    expect([copy.id === id, name, createdAt !== undefined, startAt]).toEqual([false, 'Promo', true, null])
  })

  test('takes the name that is given, else one that still fits, in the language of the request', async () => {
    const { id } = await shop.draft({ name: 'P'.repeat(120) })
    const clone = (body: { name?: string }) => shop.runs.clone(shop.workspaceId, shop.actor, id, body, 'en')
    expect((await clone({ name: 'Lain' })).name).toBe('Lain')
    expect((await clone({})).name).toBe(`${'P'.repeat(113)} (copy)`)
  })

  test('of a campaign of another workspace is not found', async () => {
    const theirs = await (await buildShop(core)).draft()
    await expect(shop.runs.clone(shop.workspaceId, shop.actor, theirs.id, {}, 'id')).rejects.toEqual(
      failsWith('not_found'),
    )
  })
})

/** A campaign with two runs: everybody of the first was refused, the second has one more person. */
async function buildTwoRuns(): Promise<{ id: string; runs: string[] }> {
  await shop.addContacts(2)
  const { id } = await shop.draft()
  await shop.start(id)
  await shop.query(`update campaigns set status = 'draft' where id = $1`, [id])
  await shop.query(`update runs set status = 'completed', finished_at = now() where campaign_id = $1`, [id])
  await shop.addContact({ name: 'Citra' })
  await shop.start(id)
  const rows = await shop.query<{ id: string }>(
    'select id from runs where campaign_id = $1 order by number',
    [id],
  )
  return { id, runs: rows.map((row) => row.id) }
}

describe('the runs of a campaign', () => {
  test('are listed newest first, page by page, each with its own figures', async () => {
    const { id } = await buildTwoRuns()
    const list = (cursor?: string) => shop.runs.listRuns(shop.workspaceId, id, { limit: 1, cursor }, 'id')
    const first = await list()
    expect(first.data).toMatchObject([{ number: 2, status: 'running', note: null, figures: { total: 3 } }])
    const second = await list(first.nextCursor ?? undefined)
    expect(second.data).toMatchObject([{ number: 1, status: 'completed', figures: { total: 2 } }])
    expect(second.nextCursor).toBeNull()
  })

  test('report, log and file are of the run that is asked for, else of the newest', async () => {
    const { id, runs } = await buildTwoRuns()
    const [old] = runs
    const report = (run?: string) => shop.reports.report(shop.workspaceId, id, 'id', run)
    expect(await report()).toMatchObject({ run: { number: 2, finishedAt: null }, figures: { total: 3 } })
    expect(await report(old)).toMatchObject({
      run: { id: old, number: 1, status: 'completed' },
      figures: { total: 2 },
    })
    const log = (run?: string) =>
      shop.reports.listRecipients(shop.workspaceId, id, { limit: 50, ...(run ? { run: run } : {}) }, 'id')
    expect([(await log()).data.length, (await log(old)).data.length]).toEqual([3, 2])
    const csv = async (run?: string) =>
      text(await shop.reports.exportCsv(shop.workspaceId, shop.actor, id, 'id', run))
    expect([(await csv()).includes('Citra'), (await csv(old)).includes('Citra')]).toEqual([true, false])
  })

  test('a run of another campaign, of another workspace or of none answers like one that does not exist', async () => {
    const { id } = await buildTwoRuns()
    const neighbour = await buildTwoRuns()
    const other = await buildShop(core)
    await other.addSender()
    await other.addContact()
    const theirs = await other.draft()
    await other.start(theirs.id)
    const [foreign] = await shop.query<{ id: string }>('select id from runs where campaign_id = $1', [
      theirs.id,
    ])
    for (const run of [neighbour.runs[0], foreign?.id, core.newId('run')]) {
      const query = { limit: 10, run: run as never }
      await expect(shop.reports.report(shop.workspaceId, id, 'id', run)).rejects.toEqual(
        failsWith('not_found'),
      )
      await expect(shop.reports.listRecipients(shop.workspaceId, id, query, 'id')).rejects.toEqual(
        failsWith('not_found'),
      )
      await expect(shop.reports.exportCsv(shop.workspaceId, shop.actor, id, 'id', run)).rejects.toEqual(
        failsWith('not_found'),
      )
    }
    await expect(shop.runs.listRuns(shop.workspaceId, theirs.id, { limit: 10 }, 'id')).rejects.toEqual(
      failsWith('not_found'),
    )
  })

  test('a campaign that has not started has none', async () => {
    const { id } = await shop.draft()
    expect(await shop.runs.listRuns(shop.workspaceId, id, { limit: 10 }, 'id')).toEqual({
      data: [],
      nextCursor: null,
    })
    expect(await shop.reports.report(shop.workspaceId, id, 'id')).toMatchObject({ run: null })
  })
})
