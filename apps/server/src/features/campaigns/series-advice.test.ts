import type { Experiment } from '@siar/contract'
import { testDatabase } from '@siar/test-kit'
import { beforeEach, expect, test } from 'vitest'
import { createTestCore } from '../../testing/test-core.ts'
import { buildShop } from './campaigns.fixtures.ts'
import type { ShopFixture } from './campaigns.fixtures.ts'
import { experimentOf } from './experiment.fixtures.ts'

const database = await testDatabase()
/** 10:00 in Jakarta, a Friday. */
const startAt = new Date('2026-11-20T03:00:00Z')
let present = startAt
const core = createTestCore(database, { startAt, edges: { now: () => present } })
let shop: ShopFixture

beforeEach(async () => {
  present = startAt
  shop = await buildShop(core)
  await shop.addSender()
  await shop.addContacts(40)
})

/** Every day at 09:00 in Jakarta. */
const daily = {
  kind: 'recurring' as const,
  at: '2026-11-21T09:00',
  timeZone: 'Asia/Jakarta',
  rule: 'FREQ=DAILY',
}
const nine = (day: number): Date => new Date(Date.UTC(2026, 10, day, 2))

async function plan(experiment: Experiment | null): Promise<string> {
  const { id } = await shop.draft({ schedule: daily, experiment })
  await shop.start(id)
  return id
}

const advice = async (id: string): Promise<string[]> => {
  const { warnings } = await shop.forecasts.forecast(shop.workspaceId, id, 'en')
  return warnings.map(({ code }) => code).filter((code) => code === 'winner_awaited')
}

test('an occurrence that comes while the run before waits for the winner of its test is passed over, and says so', async () => {
  const id = await plan(experimentOf({ testSharePercent: 50 }))
  present = nine(21)
  await shop.starts.startDue()
  present = new Date(nine(22).getTime() + 60_000)
  await shop.starts.startDue()
  const { data } = await shop.runs.listRuns(shop.workspaceId, id, { limit: 50 }, 'en')
  expect(data.map(({ number, status }) => [number, status])).toEqual([
    [2, 'cancelled'],
    [1, 'running'],
  ])
  expect(data[0]?.note).toContain('waiting for the winner of its test')
  expect(await shop.get(id)).toMatchObject({ status: 'running', startAt: nine(23).toISOString() })
})

test('the forecast says beforehand that starts will be passed over until the winner is known', async () => {
  const part = { testSharePercent: 50 } as const
  expect(await advice(await plan(experimentOf(part)))).toEqual(['winner_awaited'])
  const late = experimentOf({ ...part, decide: 'automatic', decideAfterHours: 30 })
  expect(await advice(await plan(late))).toEqual(['winner_awaited'])
  const early = experimentOf({ ...part, decide: 'automatic', decideAfterHours: 4 })
  expect(await advice(await plan(early))).toEqual([])
  expect(await advice(await plan(experimentOf()))).toEqual([])
  expect(await advice(await plan(null))).toEqual([])
})
