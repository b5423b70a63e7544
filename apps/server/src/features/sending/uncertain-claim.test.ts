import { createMemoryRecord, createSimulatedNetwork, createSimulator, realSchedule } from '@siar/simulator'
import { testDatabase } from '@siar/test-kit'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Core } from '../../core.ts'
import { createTestCore } from '../../testing/test-core.ts'
import { buildShop } from '../campaigns/campaigns.fixtures.ts'
import type { ShopFixture } from '../campaigns/campaigns.fixtures.ts'
import { createFakeOwned } from './sending.fixtures.ts'
import type { TakeRequest } from './taker.ts'
import { WorkspaceLanes } from './workspace-lanes.ts'
import type { Settled } from './workspace-writer.ts'

const base = createTestCore(await testDatabase())
const simulator = createSimulator(
  createSimulatedNetwork({
    seed: 'test',
    now: () => new Date(),
    schedule: realSchedule,
    record: createMemoryRecord(),
    instant: true,
  }),
)
let shop: ShopFixture

beforeEach(async () => {
  shop = await buildShop(base)
})

/** The next transaction loses its connection: after the server committed it, or before. */
function loseConnection(): { core: Core; lose: (when: 'after commit' | 'before commit') => void } {
  let next: 'after commit' | 'before commit' | null = null
  const lost = (): Error => new Error('Connection terminated unexpectedly')
  const inWorkspace: Core['inWorkspace'] = async (workspaceId, run) => {
    const when = next
    next = null
    const result = await base.inWorkspace(workspaceId, async (scope) => {
      const made = await run(scope)
      if (when === 'before commit') throw lost()
      return made
    })
    if (when === 'after commit') throw lost()
    return result
  }
  return { core: { ...base, inWorkspace }, lose: (when) => (next = when) }
}

async function prepare() {
  const { core, lose } = loseConnection()
  await shop.addContacts(7)
  const senderId = await shop.addSender()
  const campaign = await shop.draft()
  await shop.start(campaign.id)
  const owned = createFakeOwned(core, simulator.channel, async () => undefined)
  await owned.open(senderId, shop.workspaceId)
  const written: Settled[] = []
  const lanes = new WorkspaceLanes(core, owned, shop.workspaceId, {
    onWritten: (settled) => void written.push(...settled),
    schedule: base.clock.schedule,
    gatherMs: 0,
  })
  const request = async (): Promise<TakeRequest> => {
    const [run] = await shop.query<{ id: string }>('select id from runs where campaign_id = $1', [
      campaign.id,
    ])
    const sender = owned.findOwned(senderId)
    if (!run || !sender) throw new Error('there is no run or no sender')
    const state = { caps: [], nextSlotAtMs: null, newChatsLockedUntilMs: null, pairs: null, unaskable: null }
    const runs = [{ runId: run.id, after: null }]
    return { sender, state, runs, lookAt: 20, allowed: 20, isPaced: false }
  }
  await lanes.take({ ...(await request()), lookAt: 0, allowed: 0 })
  return { lanes, lose, written, campaignId: campaign.id, request }
}

describe('a claim whose commit nobody heard of', () => {
  test.each(['after commit', 'before commit'] as const)(
    'is given up whole when the connection breaks %s: nobody stands dispatching without being sent to',
    async (when) => {
      const { lanes, lose, campaignId, request } = await prepare()
      const asked = await request()
      lose(when)
      await expect(lanes.take(asked)).rejects.toThrow('Connection terminated')
      await lanes.idle()
      expect(await shop.statuses(campaignId)).toEqual({ queued: 7 })
      await shop.expectFiguresToAddUp(campaignId)
      const again = await lanes.take(asked)
      expect(again.outgoing).toHaveLength(7)
    },
  )

  test('keeps the id of somebody who may have the message from an earlier try', async () => {
    const { lanes, lose, campaignId, request } = await prepare()
    const asked = await request()
    await shop.query(`update recipients set message_id = 'msg_' || id where campaign_id = $1`, [campaignId])
    lose('after commit')
    await expect(lanes.take(asked)).rejects.toThrow('Connection terminated')
    await lanes.idle()
    const { outgoing } = await lanes.take(asked)
    expect(outgoing).toHaveLength(7)
    for (const { flight } of outgoing) expect(flight.attemptId).toBe(`msg_${flight.recipientId}`)
  })

  test('does not count as a message of its lane that waits for its outcome', async () => {
    const { lanes, lose, written, request } = await prepare()
    const asked = await request()
    lose('after commit')
    await expect(lanes.take(asked)).rejects.toThrow('Connection terminated')
    await lanes.idle()
    expect(written).toHaveLength(7)
    expect(written.every(({ wasTaken }) => wasTaken === false)).toBe(true)
  })
})
