import { testDatabase, waitUntil } from '@siar/test-kit'
import { describe, expect, test } from 'vitest'
import { createCalmNetwork, stageSender } from './rig.fixtures.ts'

const stage = stageSender(await testDatabase({ poolMax: 12 }))

describe('a batched lane', () => {
  test('sends a campaign to everybody once and completes it with figures that add up', async () => {
    const simulator = createCalmNetwork()
    await stage.shop.addContacts(57)
    await stage.startRig(simulator)
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await stage.world.untilStatus(id, 'completed')
    await stage.world.untilFigures(id, { total: 57, sent: 57, delivered: 57, read: 57, queued: 0 })
    const frames = await stage.world.framesOf(simulator)
    expect(frames.size).toBe(57)
    expect([...frames.values()].every((count) => count === 1)).toBe(true)
    await stage.shop.expectFiguresToAddUp(id)
    const [counts] = await stage.shop.query<Record<string, number>>(
      `select (select count(*)::int from messages where workspace_id = $1 and direction = 'out') as messages,
         (select accepted from sender_days where sender_id = $2) as accepted,
         (select count(*)::int from contacts where workspace_id = $1 and last_contacted_at is not null) as touched`,
      [stage.shop.workspaceId, stage.senderId],
    )
    expect(counts).toEqual({ messages: 57, accepted: 57, touched: 57 })
  })

  test('never hands one recipient to two lanes, even when two processes believe they own the sender', async () => {
    const networks = [createCalmNetwork(), createCalmNetwork()]
    await stage.shop.addContacts(120)
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await Promise.all(networks.map((network) => stage.startRig(network, { batchSize: 7 })))
    await stage.world.untilStatus(id, 'completed')
    const frames = (await Promise.all(networks.map((network) => network.control.frames()))).flat()
    expect(frames).toHaveLength(120)
    expect(new Set(frames.map((frame) => frame.to)).size).toBe(120)
    await stage.shop.expectFiguresToAddUp(id)
  })

  test('shares a sender among campaigns instead of finishing one first', async () => {
    const simulator = createCalmNetwork()
    await stage.shop.addContacts(60)
    const drafts = [
      await stage.shop.draft({ name: 'A', purpose: 'service' }),
      await stage.shop.draft({ name: 'B', purpose: 'service' }),
    ]
    for (const { id } of drafts) await stage.shop.start(id)
    await stage.startRig(simulator, { batchSize: 10 })
    for (const { id } of drafts) await stage.world.untilStatus(id, 'completed')
    const order = await stage.shop.query<{ campaign_id: string }>(
      `select r.campaign_id from attempts a join recipients r on r.id = a.recipient_id
       where r.workspace_id = $1 order by a.started_at, a.ctid limit 40`,
      [stage.shop.workspaceId],
    )
    expect(new Set(order.map((row) => row.campaign_id)).size).toBe(2)
  })
})

describe('a paced lane', () => {
  test('sends one by one, never faster than its pauses, and stops at its daily cap', async () => {
    const sentAt: number[] = []
    const simulator = createCalmNetwork()
    const settings = {
      paced: true,
      delayMsMin: 3_000,
      delayMsMax: 6_000,
      hourlyCap: 100,
      dailyCap: 4,
      warmUp: false,
    }
    await stage.shop.addContacts(6)
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await stage.startRig(simulator, { settings })
    await waitUntil(async () => {
      await stage.world.core.clock.advanceBy(500)
      const { frames } = await simulator.control.counts()
      while (sentAt.length < frames) sentAt.push(stage.world.core.now().getTime())
      return frames >= 4
    })
    const pauses = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0))
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(2_500)
    for (let step = 0; step < 40; step += 1) await stage.world.core.clock.advanceBy(1_000)
    expect((await simulator.control.counts()).frames).toBe(4)
    expect((await simulator.control.counts()).typing).toBeGreaterThan(0)
    await stage.world.untilFigures(id, { sent: 4, queued: 2 })
  })
})
