import { testDatabase, waitUntil } from '@siar/test-kit'
import { describe, expect, test } from 'vitest'
import { createCalmNetwork, stageSender } from './rig.fixtures.ts'

const stage = stageSender(await testDatabase({ poolMax: 12 }))

describe('receipts', () => {
  test('that come twice and in the wrong order move a recipient forward only', async () => {
    const simulator = createCalmNetwork()
    await stage.shop.addContacts(30)
    await stage.startRig(simulator)
    await simulator.control.disturbReceipts(stage.senderId, true)
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await stage.world.untilFigures(id, { total: 30, sent: 30, delivered: 30, read: 30 })
    const [row] = await stage.shop.query<{ receipts: number; whole: number }>(
      `select (select count(*)::int from receipts where workspace_id = $1) as receipts,
         (select count(*)::int from recipients where workspace_id = $1 and accepted_at is not null
           and delivered_at is not null and read_at is not null) as whole`,
      [stage.shop.workspaceId],
    )
    expect(row).toEqual({ receipts: 90, whole: 30 })
    await stage.shop.expectFiguresToAddUp(id)
  })

  test('that overtake their outcome are not lost, also where the channel does not echo our id', async () => {
    const simulator = createCalmNetwork({ defaults: { echoesOurId: false } })
    await stage.shop.addContacts(30)
    await stage.startRig(simulator, { settings: {} })
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await stage.world.untilFigures(id, { total: 30, sent: 30, delivered: 30, read: 30 })
    await stage.shop.expectFiguresToAddUp(id)
  })

  test('that refuse late reach the figures of a run that was complete', async () => {
    const simulator = createCalmNetwork()
    await stage.shop.addContacts(3)
    await simulator.control.addRule({
      end: { kind: 'refused_late', reason: 'undeliverable' },
      count: 1,
    })
    await stage.startRig(simulator)
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await stage.world.untilFigures(id, { sent: 2, failed: 1 })
    expect(await stage.shop.reasons(id)).toEqual({ undeliverable: 1 })
    await stage.shop.expectFiguresToAddUp(id)
  })
})

describe('refusals', () => {
  test('that mean later wait and go again; the same person is not failed', async () => {
    const simulator = createCalmNetwork()
    await stage.shop.addContacts(3)
    await simulator.control.addRule({
      end: { kind: 'refused', reason: 'healthy_ecosystem' },
      count: 1,
    })
    await stage.startRig(simulator)
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await stage.world.untilFigures(id, { sent: 2, queued: 1, failed: 0 })
    const [row] = await stage.shop.query<{ hours: number }>(
      `select round(extract(epoch from due_at - $2::timestamptz) / 3600)::int as hours from recipients
       where campaign_id = $1 and status = 'queued'`,
      [id, stage.world.core.now()],
    )
    expect(row?.hours).toBe(24)
  })

  test('by opt-out withdraw consent and suppress the person', async () => {
    const simulator = createCalmNetwork()
    await stage.shop.addContacts(1)
    await simulator.control.addRule({ end: { kind: 'refused', reason: 'opted_out' }, count: 1 })
    await stage.startRig(simulator)
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await stage.world.untilFigures(id, { failed: 1 })
    await waitUntil(async () => {
      const rows = await stage.shop.query('select 1 from suppressions where workspace_id = $1', [
        stage.shop.workspaceId,
      ])
      return rows.length === 1
    })
  })

  test('that stop the sender are told to its session, and its people wait', async () => {
    const simulator = createCalmNetwork()
    await stage.shop.addContacts(2)
    await simulator.control.addRule({ end: { kind: 'refused', reason: 'sender_banned' } })
    const { owned } = await stage.startRig(simulator)
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await waitUntil(() => owned.reported.length > 0)
    expect(owned.reported[0]).toEqual({ senderId: stage.senderId, state: 'banned' })
    await stage.world.untilFigures(id, { queued: 2, failed: 0 })
  })
})
