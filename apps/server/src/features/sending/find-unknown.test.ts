import { testDatabase } from '@siar/test-kit'
import { beforeAll, expect, test } from 'vitest'
import { createTestCore } from '../../testing/test-core.ts'
import { applyFigures, FigureDeltas } from '../campaigns/index.ts'
import { buildShop } from '../campaigns/campaigns.fixtures.ts'
import type { ShopFixture } from '../campaigns/campaigns.fixtures.ts'
import { listUnknown } from './unknown-messages.repo.ts'

const database = await testDatabase()
const core = createTestCore(database)
const people = 3_000
let shop: ShopFixture
let runId = ''

/** A run of many people who got the message, and two in its middle of whom nobody knows it. */
beforeAll(async () => {
  shop = await buildShop(core)
  await shop.addSender()
  await shop.addContacts(1)
  const { id } = await shop.draft()
  await shop.start(id)
  const [run] = await shop.query<{ id: string }>('select id from runs where campaign_id = $1', [id])
  runId = run?.id ?? ''
  await shop.query(
    `insert into recipients (id, workspace_id, campaign_id, run_id, contact_id, sequence, address, status, message_id)
     select 'rcp_' || n, $1, $2, $3, 'con_' || n, n, '+62', case when n in (1400, 1500) then 'unknown' else 'accepted' end, 'msg_' || n
     from generate_series(2, $4::int) n`,
    [shop.workspaceId, id, runId, people],
  )
  await shop.query('analyze recipients')
  const deltas = new FigureDeltas()
  deltas.add(runId, 'unknown', 2)
  await core.inWorkspace(shop.workspaceId, (scope) => applyFigures(scope, deltas))
})

interface Work {
  readonly read: number
  readonly updated: number
  readonly withinPage: number
}

/** What a transaction did to the recipients. */
const workOf = async (
  run: (scope: Parameters<Parameters<typeof core.inWorkspace>[1]>[0]) => Promise<unknown>,
) =>
  core.inWorkspace(shop.workspaceId, async (scope): Promise<Work> => {
    await run(scope)
    const [work] = await scope.query<Work>(
      `select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as read, n_tup_upd::int as updated,
         n_tup_hot_upd::int as "withinPage" from pg_stat_xact_user_tables where relname = 'recipients'`,
    )
    return work ?? { read: 0, updated: 0, withinPage: 0 }
  })

test('the list of messages nobody knows about reads those alone, not the whole run', async () => {
  let found: string[] = []
  const { read } = await workOf(async (scope) => {
    const rows = await listUnknown(scope, { campaignId: null, afterMessageId: '', limit: 50 })
    found = rows.map((row) => row.id)
  })
  expect(found).toEqual(['rcp_1400', 'rcp_1500'])
  expect(read).toBeLessThan(20)
})

test('a change of state that does not concern them touches no index', async () => {
  const { updated, withinPage } = await workOf((scope) =>
    scope.execute(
      `update recipients set status = 'delivered' where run_id = $1 and sequence between 100 and 110`,
      [runId],
    ),
  )
  expect(updated).toBe(11)
  expect(withinPage).toBe(11)
})
