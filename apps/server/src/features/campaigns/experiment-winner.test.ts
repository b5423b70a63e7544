import { testDatabase } from '@siar/test-kit'
import { beforeEach, describe, expect, test } from 'vitest'
import { failsWith } from '../../testing/fails-with.ts'
import { buildActor, createTestCore } from '../../testing/test-core.ts'
import { addPeople, answer, experimentOf } from './experiment.fixtures.ts'
import { buildShop } from './campaigns.fixtures.ts'
import type { ShopFixture } from './campaigns.fixtures.ts'
import { createExperimentService } from './index.ts'

const database = await testDatabase()
const core = createTestCore(database)
const experiments = createExperimentService(core)
let shop: ShopFixture

beforeEach(async () => {
  shop = await buildShop(core)
  await shop.addSender()
})

const half = { testSharePercent: 50 }

/** A campaign that runs, with people who wait for its winner. */
async function startWaiting(changes: Parameters<typeof experimentOf>[0] = {}, people = 40): Promise<string> {
  await addPeople(shop, people)
  const { id } = await shop.draft({ experiment: experimentOf({ ...half, ...changes }) })
  await shop.start(id)
  return id
}

const choose = (id: string, variant: string) =>
  experiments.chooseWinner(shop.workspaceId, shop.actor, id, variant)
const reportOf = async (id: string) => (await shop.reports.report(shop.workspaceId, id, 'en')).experiment

const queuedOf = (id: string) =>
  shop.query<{ variant: string | null; due_at: Date; count: number }>(
    `select variant, due_at, count(*)::int as count from recipients where campaign_id = $1 and status = 'queued'
     group by 1, 2 order by 1, 2`,
    [id],
  )

describe('choosing the winner by hand', () => {
  test('gives it to everybody who waits, due at once, with a line in the audit log', async () => {
    const id = await startWaiting()
    const before = await reportOf(id)
    expect(before).toMatchObject({ state: 'waiting', winner: null, decidedAt: null, decidesAt: null })
    expect(before?.waiting).toBeGreaterThan(0)
    await core.clock.advanceBy(3_600_000)
    const campaign = await choose(id, 'B')
    expect(campaign.status).toBe('running')
    const queued = await queuedOf(id)
    expect(queued.every(({ due_at }) => due_at.getTime() <= core.now().getTime())).toBe(true)
    const released = queued.find(({ due_at }) => due_at.getTime() === core.now().getTime())
    expect(released).toMatchObject({ variant: 'B', count: before?.waiting })
    expect(core.audits.at(-1)).toMatchObject({
      action: 'campaign.choose_winner',
      subjectId: id,
      details: { variant: 'B', people: before?.waiting },
    })
    expect(await reportOf(id)).toMatchObject({
      state: 'decided',
      winner: 'B',
      waiting: 0,
      decidedAt: core.now().toISOString(),
      decidedBy: shop.actor.id,
    })
    await shop.expectFiguresToAddUp(id)
  })

  test('lets nobody go before their own turn, where that is later', async () => {
    const id = await startWaiting()
    const [late] = await shop.query<{ id: string }>(
      `update recipients set due_at = due_at + interval '5 hours' where id = (
         select id from recipients where campaign_id = $1 and variant is null limit 1) returning id`,
      [id],
    )
    await choose(id, 'A')
    const [row] = await shop.query<{ due_at: Date }>('select due_at from recipients where id = $1', [
      late?.id,
    ])
    expect(row?.due_at.getTime()).toBe(core.now().getTime() + 5 * 3_600_000)
  })

  test('twice is once, another one afterwards is refused', async () => {
    const id = await startWaiting()
    await choose(id, 'A')
    const lines = core.audits.length
    await core.clock.advanceBy(60_000)
    expect((await choose(id, 'A')).status).toBe('running')
    expect(core.audits.length).toBe(lines)
    await expect(choose(id, 'B')).rejects.toEqual(failsWith('campaign_wrong_state'))
    expect((await reportOf(id))?.winner).toBe('A')
  })

  test('two people at once: one winner for everybody, and the other is told', async () => {
    const id = await startWaiting()
    const other = buildActor(core)
    const answers = await Promise.allSettled([
      choose(id, 'A'),
      experiments.chooseWinner(shop.workspaceId, other, id, 'B'),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const winner = answers[0].status === 'fulfilled' ? 'A' : 'B'
    expect((await reportOf(id))?.winner).toBe(winner)
    const waiting = (await queuedOf(id)).filter(({ due_at }) => due_at.getTime() > core.now().getTime())
    expect(waiting).toEqual([])
  })

  test('is possible while paused or halted; whoever waits then goes on with the campaign', async () => {
    const id = await startWaiting()
    await shop.control.pause(shop.workspaceId, shop.actor, id)
    expect((await choose(id, 'A')).status).toBe('paused')
    expect((await shop.control.resume(shop.workspaceId, shop.actor, id)).status).toBe('running')
  })

  test('is refused where nobody waits, for an unknown variant, and once it is over', async () => {
    const id = await startWaiting()
    await expect(choose(id, 'C')).rejects.toEqual(failsWith('validation_failed'))
    await shop.control.cancel(shop.workspaceId, shop.actor, id)
    await expect(choose(id, 'A')).rejects.toEqual(failsWith('campaign_wrong_state'))
    const everybody = await startWaiting({ testSharePercent: 100 })
    await expect(choose(everybody, 'A')).rejects.toEqual(failsWith('campaign_wrong_state'))
    const plain = await shop.draft()
    await expect(choose(plain.id, 'A')).rejects.toEqual(failsWith('campaign_wrong_state'))
    await shop.start(plain.id)
    await expect(choose(plain.id, 'A')).rejects.toEqual(failsWith('campaign_wrong_state'))
  })
})

describe('people who wait for the winner', () => {
  test('hold the run open, and are cancelled with it', async () => {
    const id = await startWaiting()
    await shop.query(
      `update recipients set status = 'read', due_at = null, accepted_at = $2, read_at = $2
       where campaign_id = $1 and variant is not null`,
      [id, core.now()],
    )
    await shop.query(
      `insert into run_figures (workspace_id, run_id, figure, count)
       select workspace_id, run_id, status, count(*) from recipients where campaign_id = $1 group by 1, 2, 3
       on conflict (run_id, figure) do update set count = excluded.count`,
      [id],
    )
    await shop.control.pause(shop.workspaceId, shop.actor, id)
    const resumed = await shop.control.resume(shop.workspaceId, shop.actor, id)
    const waiting = (await reportOf(id))?.waiting ?? 0
    expect(waiting).toBeGreaterThan(0)
    expect(resumed).toMatchObject({ status: 'running', figures: { queued: waiting } })
    const cancelled = await shop.control.cancel(shop.workspaceId, shop.actor, id)
    expect(cancelled.figures).toMatchObject({ cancelled: waiting, queued: 0 })
    expect((await reportOf(id))?.waiting).toBe(0)
    await shop.expectFiguresToAddUp(id)
  })
})

describe('the expected end', () => {
  const sendSome = (id: string) =>
    shop.query(
      `insert into attempts (id, workspace_id, recipient_id, run_id, sender_id, epoch, started_at)
       select $2 || n, workspace_id, id, run_id, sender_id, 1, $3
       from (select *, row_number() over () + 100 as n from recipients where campaign_id = $1 limit 10) r`,
      [id, core.newId('msg').slice(0, 29), core.now()],
    )

  test('is not foretold while people wait for a winner, and is once it is chosen', async () => {
    const id = await startWaiting()
    await sendSome(id)
    expect(await shop.get(id)).toMatchObject({ ratePerMinute: 10, expectedEndAt: null })
    expect((await choose(id, 'A')).expectedEndAt).toBe(new Date(core.now().getTime() + 240_000).toISOString())
  })

  test('is never before the last variant begins', async () => {
    const { variants } = experimentOf()
    variants[1] = { key: 'B', templateId: null, weight: 1, delayMinutes: 300 }
    const id = await startWaiting({ variants, testSharePercent: 100 })
    await sendSome(id)
    const begins = core.now().getTime() + 300 * 60_000
    expect((await shop.get(id)).expectedEndAt).toBe(new Date(begins).toISOString())
  })
})

describe('the planned look', () => {
  const automatic = { decide: 'automatic' as const, decideAfterHours: 2 }
  const hourMs = 3_600_000

  test('takes the sure winner when its time has come, not before, and for everybody who waits', async () => {
    const id = await startWaiting(automatic, 1_200)
    await answer(shop, id, { A: 0.3, B: 0.55 }, core.now())
    await core.clock.advanceBy(hourMs)
    await experiments.decideDue()
    expect(await reportOf(id)).toMatchObject({ winner: null })
    await core.clock.advanceBy(hourMs)
    const { waiting, decidesAt } = (await reportOf(id)) ?? {}
    expect(decidesAt).toBe(core.now().toISOString())
    await experiments.decideDue()
    expect(await reportOf(id)).toMatchObject({
      state: 'decided',
      winner: 'B',
      decidedBy: 'automatic',
      waiting: 0,
    })
    expect(await queuedOf(id)).toEqual([{ variant: 'B', due_at: core.now(), count: waiting }])
    expect(core.audits.at(-1)).toMatchObject({ action: 'campaign.choose_winner', actor: { kind: 'system' } })
  })

  test('leaves it to a person when none is sure, and does not look again', async () => {
    const id = await startWaiting(automatic, 1_200)
    await answer(shop, id, { A: 0.4, B: 0.4 }, core.now())
    await core.clock.advanceBy(2 * hourMs)
    await experiments.decideDue()
    const after = await reportOf(id)
    expect(after).toMatchObject({ winner: null, state: 'waiting', leader: null })
    expect(after?.moreNeeded).toBeGreaterThan(0)
    expect((await shop.get(id)).status).toBe('running')
    await shop.query(
      `update recipients set status = 'read', read_at = $2 where campaign_id = $1 and variant = 'B'`,
      [id, core.now()],
    )
    await experiments.decideDue()
    expect(await reportOf(id)).toMatchObject({ winner: null, state: 'clear', leader: 'B' })
    expect((await choose(id, 'B')).status).toBe('running')
  })

  test('two processes that look at once decide once; a paused campaign is looked at when it goes on', async () => {
    const id = await startWaiting(automatic, 1_200)
    await answer(shop, id, { A: 0.6, B: 0.3 }, core.now())
    await shop.control.pause(shop.workspaceId, shop.actor, id)
    await core.clock.advanceBy(3 * hourMs)
    await experiments.decideDue()
    expect((await reportOf(id))?.winner).toBeNull()
    await shop.control.resume(shop.workspaceId, shop.actor, id)
    const lines = core.audits.length
    await Promise.all([experiments.decideDue(), experiments.decideDue(), experiments.decideDue()])
    expect((await reportOf(id))?.winner).toBe('A')
    expect(core.audits.length).toBe(lines + 1)
  })

  test('compares a variant that began later after the same time since its own start', async () => {
    const experiment = experimentOf({ ...half, ...automatic })
    experiment.variants[1] = { key: 'B', templateId: null, weight: 1, delayMinutes: 120 }
    const id = await startWaiting({ ...automatic, variants: experiment.variants }, 1_200)
    const startedAt = core.now()
    expect((await reportOf(id))?.decidesAt).toBe(new Date(startedAt.getTime() + 4 * hourMs).toISOString())
    await answer(shop, id, { A: 0.2, B: 0 }, startedAt)
    await core.clock.advanceBy(2 * hourMs)
    await answer(shop, id, { A: 0.6, B: 0.2 }, core.now())
    const early = await reportOf(id)
    expect(early?.variants.map(({ read, sent }) => read / sent)).toEqual([
      expect.closeTo(0.6, 2),
      expect.closeTo(0.2, 2),
    ])
    expect(early?.variants.map(({ goal }) => goal?.value)).toEqual([
      expect.closeTo(0.2, 2),
      expect.closeTo(0.2, 2),
    ])
    expect(early?.state).toBe('waiting')
  })
})
