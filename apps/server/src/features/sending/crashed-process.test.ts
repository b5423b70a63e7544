import type { Simulator } from '@siar/simulator'
import { testDatabase, waitUntil } from '@siar/test-kit'
import { describe, expect, test } from 'vitest'
import { createCalmNetwork, stageSender } from './rig.fixtures.ts'

const stage = stageSender(await testDatabase({ poolMax: 12 }))

describe('a process that dies between the attempt and the outcome', () => {
  const dieWhileSending = async (simulator: Simulator, settings: Record<string, unknown>, shown: boolean) => {
    await simulator.control.addRule({ end: { kind: 'hangs', shown } })
    const dead = await stage.startRig(simulator, { settings })
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    const isHandedOver = async () =>
      shown
        ? (await simulator.control.counts()).frames === 9
        : ((await stage.shop.statuses(id))['dispatching'] ?? 0) === 9
    await waitUntil(isHandedOver)
    await dead.kill()
    await simulator.control.clearRules()
    return id
  }

  test('leaves unknown what may have gone, and nothing is sent twice where ids are not deduped', async () => {
    const simulator = createCalmNetwork()
    await stage.shop.addContacts(9)
    const settings = { simulator: { dedupesOurId: false } }
    const id = await dieWhileSending(simulator, settings, false)
    await stage.startRig(simulator, { epoch: 2, settings })
    await stage.world.untilFigures(id, { unknown: 9, sent: 0, queued: 0 })
    expect((await simulator.control.counts()).frames).toBe(0)
    await stage.world.untilStatus(id, 'completed')
    expect(await stage.shop.reasons(id)).toEqual({ crashed: 9 })
    const [row] = await stage.shop.query<{ texts: number }>(
      `select count(*)::int as texts from messages where workspace_id = $1 and text like 'Halo Budi%'`,
      [stage.shop.workspaceId],
    )
    expect(row?.texts).toBe(9)
    await stage.shop.expectFiguresToAddUp(id)
  })

  test('is settled by the receipts that come to its successor', async () => {
    const simulator = createCalmNetwork({ instant: false })
    await stage.shop.addContacts(9)
    const settings = { simulator: { dedupesOurId: false, latencyMsMin: 1, latencyMsMax: 1, timeScale: 20 } }
    const id = await dieWhileSending(simulator, settings, true)
    await stage.startRig(simulator, { epoch: 2, settings })
    await stage.world.untilFigures(id, { unknown: 0, sent: 9 })
    expect([...(await stage.world.framesOf(simulator)).values()].every((count) => count === 1)).toBe(true)
    await stage.shop.expectFiguresToAddUp(id)
  })

  test('has its messages sent again under the same ids where ids are deduped: shown once, none lost', async () => {
    const simulator = createCalmNetwork({ instant: false })
    await stage.shop.addContacts(9)
    const settings = { simulator: { dedupesOurId: true, latencyMsMin: 1, latencyMsMax: 1, timeScale: 20 } }
    const id = await dieWhileSending(simulator, settings, true)
    await stage.startRig(simulator, { epoch: 2, settings })
    await stage.world.untilFigures(id, { sent: 9, unknown: 0, queued: 0 })
    await stage.world.untilStatus(id, 'completed')
    const frames = await simulator.control.frames()
    expect(new Set(frames.map((frame) => frame.messageId)).size).toBe(9)
    expect(frames.filter((frame) => frame.shown)).toHaveLength(9)
    await stage.shop.expectFiguresToAddUp(id)
  })
})

describe('ambiguous ends', () => {
  test('go again under the same id after a pause where ids are deduped', async () => {
    const simulator = createCalmNetwork()
    await stage.shop.addContacts(5)
    await simulator.control.addRule({ end: { kind: 'unknown', shown: false }, count: 3 })
    await stage.startRig(simulator)
    const { id } = await stage.shop.draft()
    await stage.shop.start(id)
    await stage.world.untilFigures(id, { sent: 2, queued: 3 })
    await waitUntil(async () => {
      await stage.world.core.clock.advanceBy(2_000)
      return (await stage.shop.get(id)).figures.sent === 5
    })
    const frames = await simulator.control.frames()
    expect(new Set(frames.map((frame) => frame.messageId)).size).toBe(5)
    await stage.shop.expectFiguresToAddUp(id)
  })
})
