import { testDatabase } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { createTestCore } from '../../testing/test-core.ts'
import { buildShop } from './campaigns.fixtures.ts'

const database = await testDatabase()
const core = createTestCore(database)

test('a report puts what came beside what was foretold, and tells the cost and the roads', async () => {
  const shop = await buildShop(core)
  await shop.addSender('online', { simulator: { standsFor: 'cloud_api' } })
  await shop.addContacts(4)
  await shop.addContact({ consent: 'unknown' })
  const { id } = await shop.draft({ budget: { amountMinor: 9, currency: 'USD' } })
  await shop.start(id)
  await shop.query(
    `insert into run_figures (workspace_id, run_id, figure, count) select workspace_id, id, 'cost', 83200 from runs`,
  )
  const report = await shop.reports.report(shop.workspaceId, id, 'en')
  const both = { idrMinor: 1356, usdMinor: 8 }
  expect(report).toMatchObject({
    cost: both,
    forecast: {
      recipients: { foretold: 2, actual: 2 },
      skipped: { foretold: 3, actual: 3 },
      endAt: { actual: null },
      cost: { low: both, likely: both, high: both, actual: both },
    },
    routes: [{ reason: 'paid_template', text: 'Paid template on the official API', count: 2 }],
  })
})

test('where every sender is free of charge there is no cost to tell', async () => {
  const shop = await buildShop(core)
  await shop.addSender()
  await shop.addContacts(2)
  const { id } = await shop.draft()
  const before = await shop.reports.report(shop.workspaceId, id, 'id')
  expect(before).toMatchObject({ cost: null, forecast: null, routes: [] })
  await shop.start(id)
  const report = await shop.reports.report(shop.workspaceId, id, 'id')
  expect(report).toMatchObject({ cost: null, forecast: { recipients: { foretold: 2 }, cost: null } })
  expect(report.routes).toEqual([{ reason: 'round_robin', text: 'Bergiliran', count: 2 }])
})
