import { portfolioWindowMs } from '@siar/domain'
import { testDatabase } from '@siar/test-kit'
import { afterEach, describe, expect, test } from 'vitest'
import { keepPortfolio, listPortfolioUse } from '../senders/portfolios.repo.ts'
import { buildApprovedStage } from './approved-stage.fixtures.ts'
import type { CloudApiStageOptions } from './cloud-api.fixtures.ts'

const database = await testDatabase({ poolMax: 16 })
let stage: Awaited<ReturnType<typeof buildApprovedStage>> | null = null

afterEach(async () => {
  await stage?.close()
  stage = null
})

const text = 'Halo {name}, ada promo untuk Anda hari ini.'

/** A shop whose text is approved, so that it goes to people outside of their window. */
async function begin(options: CloudApiStageOptions) {
  const made = await buildApprovedStage(database, { sharesClock: true, ...options })
  stage = made
  const { shop, core } = made
  const startCampaign = async () => {
    const draft = await shop.draft({ purpose: 'service' }, text)
    await made.approve(draft.templateId ?? '')
    await shop.start(draft.id)
    return draft.id
  }
  const waiting = () =>
    shop.query<{ address: string; reason: string | null; dueAt: Date }>(
      `select address, reason, due_at as "dueAt" from recipients
       where workspace_id = $1 and status = 'queued' order by due_at, address`,
      [shop.workspaceId],
    )
  const use = async () => {
    const rows = await core.inWorkspace(shop.workspaceId, (scope) =>
      listPortfolioUse(scope, made.senderIds, core.now()),
    )
    return rows[0]
  }
  return { ...made, startCampaign, waiting, use }
}

describe('the limit of people of a portfolio', () => {
  test('is never overrun: the others wait with the reason until their places return, and then get it', async () => {
    const { shop, core, addPeople, startCampaign, runUntilFigures, frames, waiting, use, meta } = await begin(
      {
        peopleMax: 3,
      },
    )
    await addPeople(7, false)
    const startedAtMs = core.clock.nowMs()
    const id = await startCampaign()
    await runUntilFigures(id, { sent: 3, queued: 4, failed: 0 })
    expect(await frames()).toHaveLength(3)
    const foretold = await shop.query<{ endAt: string }>(
      `select forecast ->> 'endAt' as "endAt" from runs where campaign_id = $1`,
      [id],
    )
    const endsInMs = Date.parse(foretold[0]?.endAt ?? '') - startedAtMs
    expect(endsInMs).toBeGreaterThanOrEqual(2 * portfolioWindowMs)
    expect(endsInMs).toBeLessThan(2.5 * portfolioWindowMs)
    expect(await use()).toMatchObject({ peopleMax: 3, people: 3 })
    const held = await waiting()
    expect(held.map(({ reason }) => reason)).toEqual(Array(4).fill('portfolio_limit'))
    const days = held.map(({ dueAt }) => Math.round((dueAt.getTime() - startedAtMs) / portfolioWindowMs))
    expect(days).toEqual([1, 1, 1, 2])
    await core.clock.advanceBy(portfolioWindowMs - 3_600_000)
    expect(await frames()).toHaveLength(3)
    await core.clock.advanceBy(2 * 3_600_000)
    await runUntilFigures(id, { sent: 6, queued: 1, failed: 0 }, 30_000)
    await core.clock.advanceBy(portfolioWindowMs)
    await runUntilFigures(id, { sent: 7, queued: 0, failed: 0 }, 30_000)
    expect(meta.counts().calls.refused).toBe(0)
    await shop.expectFiguresToAddUp(id)
  }, 60_000)

  test.each(['same_process', 'own_process'] as const)(
    'is shared by two numbers at the same time, the second in the %s',
    async (secondNumber) => {
      const { addPeople, startCampaign, runUntil, runUntilFigures, frames, shop, meta } = await begin({
        peopleMax: 10,
        secondNumber,
      })
      await addPeople(40, false)
      const id = await startCampaign()
      await runUntilFigures(id, { sent: 10, queued: 30, failed: 0 })
      const rows = await shop.query<{ senders: number }>(
        'select count(distinct sender_id)::int as senders from recipients where campaign_id = $1',
        [id],
      )
      expect(rows[0]?.senders).toBe(2)
      await runUntil(async () =>
        expect(
          await shop.query(
            `select 1 from recipients where campaign_id = $1 and status = 'queued' and reason is null`,
            [id],
          ),
        ).toEqual([]),
      )
      expect(await frames()).toHaveLength(10)
      expect(meta.counts().calls.refused).toBe(0)
    },
    60_000,
  )

  test('takes no place for people whose window is open, nor twice for the same person', async () => {
    const { addPeople, startCampaign, runUntilFigures, use, shop, meta } = await begin({ peopleMax: 2 })
    await addPeople(3, true)
    await addPeople(2, false)
    const first = await startCampaign()
    await runUntilFigures(first, { sent: 5, queued: 0 })
    expect(await use()).toMatchObject({ people: 2 })
    const second = await startCampaign()
    await runUntilFigures(second, { sent: 5, queued: 0 }, 500)
    expect(await use()).toMatchObject({ people: 2 })
    expect(meta.counts().calls.refused).toBe(0)
    await shop.expectFiguresToAddUp(second)
  }, 60_000)

  test('gives the place of a message back that Meta turned away at once', async () => {
    const { addPeople, startCampaign, runUntilFigures, use, meta, numberId } = await begin({ peopleMax: 2 })
    await addPeople(3, false)
    meta.addRule({ objectId: numberId, count: 1, end: { kind: 'error', code: 131026 } })
    const id = await startCampaign()
    await runUntilFigures(id, { sent: 1, failed: 1, queued: 1 })
    expect(await use()).toMatchObject({ people: 1, freeAt: null })
  }, 60_000)

  test('that was raised lets those who waited go at once', async () => {
    const { core, shop, senderId, addPeople, startCampaign, runUntilFigures, meta, numberId } = await begin({
      peopleMax: 2,
    })
    await addPeople(5, false)
    const id = await startCampaign()
    await runUntilFigures(id, { sent: 2, queued: 3 })
    meta.setMessagingLimit(numberId, 'TIER_250')
    const told = { senderId, businessId: shop.workspaceId, peopleMax: 250, at: core.now() }
    await core.inSystem((scope) => keepPortfolio(scope, told))
    await runUntilFigures(id, { sent: 5, queued: 0, failed: 0 }, 1_000)
  }, 60_000)
})

test('the forecast counts who waits for a place, who needs none, and when the last place is free', async () => {
  const { shop, core, approve, addPeople } = await begin({ peopleMax: 3 })
  await addPeople(2, true)
  await addPeople(5, false)
  const draft = await shop.draft({ purpose: 'service' }, text)
  await approve(draft.templateId ?? '')
  const { endAt, warnings, recipients } = await shop.forecasts.forecast(shop.workspaceId, draft.id, 'en')
  expect(recipients).toBe(7)
  const notice = warnings.find(({ code }) => code === 'portfolio_limit')
  expect(notice?.message).toContain('3 people in 24 hours; 2 people wait')
  const endsInMs = Date.parse(endAt ?? '') - core.clock.nowMs()
  expect(endsInMs).toBeGreaterThanOrEqual(portfolioWindowMs)
  expect(endsInMs).toBeLessThan(1.5 * portfolioWindowMs)
})

describe('the portfolio of a sender', () => {
  test('keeps what was counted before its business was known, and the newest word on the limit', async () => {
    const { core, shop, senderId, use } = await begin({})
    const tell = (businessId: string | null, peopleMax: number | null, at = core.now()) =>
      core.inSystem((scope) => keepPortfolio(scope, { senderId, businessId, peopleMax, at }))
    const note = (address: string) =>
      core.inWorkspace(shop.workspaceId, (scope) =>
        scope.execute('select siar_note_people($1::text[], $2::text[], $3::text[], $4)', [
          [senderId],
          [address],
          [core.newId('msg')],
          core.now(),
        ]),
      )
    await tell(null, 250)
    await note('+628110000001')
    await note('+628110000002')
    expect(await use()).toMatchObject({ portfolioId: `${shop.workspaceId}/500000000001`, people: 2 })
    await tell('77', null)
    expect(await use()).toMatchObject({ portfolioId: 'business/77', people: 2, peopleMax: null })
    await tell('77', 2_000)
    await tell('77', 250, new Date(core.now().getTime() - 60_000))
    expect(await use()).toMatchObject({ portfolioId: 'business/77', peopleMax: 2_000 })
    await tell(null, Infinity, new Date(core.now().getTime() + 60_000))
    expect(await use()).toMatchObject({ portfolioId: 'business/77', peopleMax: null, people: 2 })
  })
})
