import { testDatabase, waitUntil } from '@siar/test-kit'
import { describe, expect, test } from 'vitest'
import { buildSendingWorld, createCalmNetwork, stageSender } from './rig.fixtures.ts'

const database = await testDatabase({ poolMax: 12 })
const stage = stageSender(database)

const slow = { simulator: { latencyMsMin: 20, latencyMsMax: 20, timeScale: 3600 } }

describe('the gate at the moment of sending', () => {
  test('skips who withdrew consent or was suppressed after the freeze, and never sends them anything', async () => {
    const simulator = createCalmNetwork()
    const [left, gone, off, stays] = await stage.shop.addContacts(4)
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await stage.shop.query(`update contacts set marketing_consent = 'withdrawn' where id = $1`, [left?.id])
    await stage.shop.query(
      `insert into suppressions (id, workspace_id, kind, value, reason, created_by) values ($1, $2, 'phone', $3, 'manual', 'usr')`,
      [stage.world.core.newId('sup'), stage.shop.workspaceId, gone?.phone],
    )
    await stage.shop.query('update contacts set active = false where id = $1', [off?.id])
    await stage.startRig(simulator)
    await stage.world.untilStatus(id, 'completed')
    expect(await stage.shop.reasons(id)).toEqual({ consent_withdrawn: 1, suppressed: 1, contact_inactive: 1 })
    expect([...(await stage.world.framesOf(simulator)).keys()]).toEqual([stays?.phone])
    await stage.world.untilFigures(id, { total: 4, sent: 1, skipped: 3 })
    await stage.shop.expectFiguresToAddUp(id)
  })

  test('skips who would miss a value and completes a run in which nobody is left', async () => {
    await stage.shop.addContacts(3, { name: '' })
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await stage.startRig(createCalmNetwork())
    await stage.world.untilStatus(id, 'completed')
    expect(await stage.shop.reasons(id)).toEqual({ missing_variable: 3 })
    await stage.shop.expectFiguresToAddUp(id)
  })

  test('holds the frequency cap over campaigns that run at the same time', async () => {
    const simulator = createCalmNetwork()
    const world = await buildSendingWorld(database, {
      settings: { frequencyCap: { perDay: 2, perWeek: 5, afterUnanswered: 0 } },
    })
    try {
      const senderId = await world.shop.addSender()
      await world.shop.addContacts(5)
      const drafts = [await world.shop.draft(), await world.shop.draft(), await world.shop.draft()]
      for (const { id } of drafts) await world.shop.start(id)
      await world.startRig({ simulator, senderId })
      for (const { id } of drafts) await world.untilStatus(id, 'completed')
      const frames = await world.framesOf(simulator)
      expect([...frames.values()]).toEqual([2, 2, 2, 2, 2])
    } finally {
      await world.close()
    }
  })
})

describe('people steer', () => {
  test('pause stops within the batch in flight, resume goes on, and everybody gets it once', async () => {
    const simulator = createCalmNetwork({ instant: false, defaults: { latencyMsMin: 20, latencyMsMax: 20 } })
    await stage.shop.addContacts(60)
    await stage.startRig(simulator, { batchSize: 5, settings: slow })
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await waitUntil(async () => (await simulator.control.counts()).frames > 0)
    await stage.shop.control.pause(stage.shop.workspaceId, stage.shop.actor, id)
    await waitUntil(async () => ((await stage.shop.statuses(id))['dispatching'] ?? 0) === 0)
    const paused = (await simulator.control.counts()).frames
    expect(paused).toBeLessThan(60)
    expect((await stage.shop.statuses(id))['queued']).toBe(60 - paused)
    await stage.shop.control.resume(stage.shop.workspaceId, stage.shop.actor, id)
    await stage.world.untilStatus(id, 'completed')
    expect((await simulator.control.counts()).frames).toBe(60)
    await stage.shop.expectFiguresToAddUp(id)
  })

  test('cancel leaves what was sent as it is and cancels the rest', async () => {
    const simulator = createCalmNetwork({ instant: false })
    await stage.shop.addContacts(60)
    await stage.startRig(simulator, { batchSize: 5, settings: slow })
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await waitUntil(async () => (await simulator.control.counts()).frames > 0)
    await stage.shop.control.cancel(stage.shop.workspaceId, stage.shop.actor, id)
    await waitUntil(async () => ((await stage.shop.statuses(id))['dispatching'] ?? 0) === 0)
    const { figures } = await stage.shop.get(id)
    expect(figures.sent + figures.cancelled).toBe(60)
    expect(figures.cancelled).toBeGreaterThan(0)
    await stage.shop.expectFiguresToAddUp(id)
  })

  test('the refused can be tried again', async () => {
    const simulator = createCalmNetwork()
    await stage.shop.addContacts(6)
    await simulator.control.addRule({ end: { kind: 'refused', reason: 'undeliverable' }, count: 4 })
    await stage.startRig(simulator)
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await stage.world.untilStatus(id, 'completed')
    await stage.world.untilFigures(id, { sent: 2, failed: 4 })
    await stage.shop.expectFiguresToAddUp(id)
    await stage.shop.control.retryFailed(stage.shop.workspaceId, stage.shop.actor, id)
    await stage.world.untilStatus(id, 'completed')
    await stage.world.untilFigures(id, { sent: 6, failed: 0 })
    await stage.shop.expectFiguresToAddUp(id)
  })
})
