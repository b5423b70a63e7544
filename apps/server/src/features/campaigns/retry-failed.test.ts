import { testDatabase, waitUntil } from '@siar/test-kit'
import { beforeEach, expect, test } from 'vitest'
import { createTestCore } from '../../testing/test-core.ts'
import { buildShop } from './campaigns.fixtures.ts'
import type { ShopFixture } from './campaigns.fixtures.ts'
import { applyFigures, completeRuns, FigureDeltas } from './index.ts'

const database = await testDatabase()
const core = createTestCore(database)
let shop: ShopFixture

beforeEach(async () => {
  shop = await buildShop(core)
  await shop.addSender()
  await shop.addContacts(2)
})

/** A running campaign of two people: one was refused, the other is on the way. */
async function almostOver(): Promise<{ id: string; runId: string }> {
  const { id } = await shop.draft()
  await shop.start(id)
  const [first, second] = await shop.query<{ id: string; run_id: string }>(
    'select id, run_id from recipients where campaign_id = $1 order by sequence',
    [id],
  )
  const runId = first?.run_id ?? ''
  await shop.query(
    `update recipients set status = 'refused', reason = 'other', due_at = null, attempts = 1 where id = $1`,
    [first?.id],
  )
  await shop.query(
    `update recipients set status = 'dispatching', due_at = null, attempts = 1 where id = $1`,
    [second?.id],
  )
  const deltas = new FigureDeltas()
  deltas.move(runId, 'queued', 'refused', 'other')
  deltas.move(runId, 'queued', 'dispatching', null)
  await core.inWorkspace(shop.workspaceId, (scope) => applyFigures(scope, deltas))
  return { id, runId }
}

/** The last one on its way is accepted, and the run is looked at: what a lane does in one transaction. */
async function finishLast(runId: string, meanwhile: () => Promise<void>): Promise<void> {
  await core.inWorkspace(shop.workspaceId, async (scope) => {
    await scope.execute(
      `update recipients set status = 'accepted' where run_id = $1 and status = 'dispatching'`,
      [runId],
    )
    const deltas = new FigureDeltas()
    deltas.move(runId, 'dispatching', 'accepted', null)
    await applyFigures(scope, deltas)
    await completeRuns(core, scope, [runId])
    await meanwhile()
  })
}

const isWaitingForALock = async (): Promise<boolean> => {
  const rows = await shop.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows.length > 0
}

test('never leaves somebody queued in a run that ended at the same instant', async () => {
  const { id, runId } = await almostOver()
  const counted = Promise.withResolvers<void>()
  const looked = Promise.withResolvers<void>()
  const finished = finishLast(runId, async () => {
    counted.resolve()
    await looked.promise
  })
  await counted.promise
  const retried = shop.control.retryFailed(shop.workspaceId, shop.actor, id)
  await Promise.race([waitUntil(isWaitingForALock), retried])
  looked.resolve()
  await Promise.all([finished, retried])
  expect(await shop.get(id)).toMatchObject({ status: 'running', figures: { queued: 1, sent: 1, failed: 0 } })
  expect(await shop.query('select status from runs where id = $1', [runId])).toEqual([{ status: 'running' }])
  await shop.expectFiguresToAddUp(id)
})

test('a run whose failed are queued again is not over when the last one on its way arrives', async () => {
  const { id, runId } = await almostOver()
  await shop.control.retryFailed(shop.workspaceId, shop.actor, id)
  await finishLast(runId, () => Promise.resolve())
  expect(await shop.get(id)).toMatchObject({ status: 'running', figures: { queued: 1, sent: 1 } })
})

test('is refused for a campaign that somebody has halted', async () => {
  const { id } = await almostOver()
  await shop.control.halt(shop.workspaceId, id, 'guardian')
  await expect(shop.control.retryFailed(shop.workspaceId, shop.actor, id)).rejects.toMatchObject({
    code: 'campaign_wrong_state',
  })
})
