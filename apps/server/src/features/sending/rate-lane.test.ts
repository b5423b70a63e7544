import { testDatabase } from '@siar/test-kit'
import { afterEach, describe, expect, test } from 'vitest'
import { buildCloudApiStage } from './cloud-api.fixtures.ts'
import type { CloudApiStage, CloudApiStageOptions } from './cloud-api.fixtures.ts'

const database = await testDatabase({ poolMax: 12 })
let stage: CloudApiStage | null = null

async function begin(options?: CloudApiStageOptions): Promise<CloudApiStage> {
  stage = await buildCloudApiStage(database, options)
  return stage
}

afterEach(async () => {
  await stage?.close()
  stage = null
})

/** Instants of the shop's clock at which attempts were written, by person. */
const startedOf = ({ shop, senderId }: CloudApiStage) =>
  shop.query<{ address: string; at: Date }>(
    `select r.address, a.started_at as at from attempts a join recipients r on r.id = a.recipient_id
     where a.sender_id = $1 order by a.id`,
    [senderId],
  )

describe('a lane with a rate', () => {
  test('sends many at once, once each, without the pauses, caps and warm-up of linked numbers', async () => {
    const { shop, core, addPeople, runUntilFigures, frames } = await begin()
    await addPeople(300, true)
    const { id } = await shop.draft()
    const startAtMs = core.clock.nowMs()
    await shop.start(id)
    await runUntilFigures(id, { total: 300, sent: 300, delivered: 300, read: 300, queued: 0 })
    expect(new Set((await frames()).map(({ to }) => to)).size).toBe(300)
    expect(await frames()).toHaveLength(300)
    // By pauses of 3 s it would be a quarter of an hour; its caps would end at 20 on the first day.
    expect(core.clock.nowMs() - startAtMs).toBeLessThan(300_000)
    await shop.expectFiguresToAddUp(id)
  })

  test.each([
    ['that were set', { messagesPerSecond: 10 }],
    ['that the number may send', { messagesPerSecond: 80, throughputPerSecond: 10 }],
  ])('never goes faster than the messages a second %s', async (_, options) => {
    const { shop, core, addPeople, runUntilFigures } = await begin(options)
    await addPeople(30, true)
    const { id } = await shop.draft()
    const startAtMs = core.clock.nowMs()
    await shop.start(id)
    await runUntilFigures(id, { sent: 30 })
    expect(core.clock.nowMs() - startAtMs).toBeGreaterThanOrEqual(2_650)
  })

  test('gives one person the next message 6 s later, also from another campaign and another lane', async () => {
    const { shop, addPeople, runUntilFigures, restart } = await begin()
    await addPeople(4, true)
    const drafts = await Promise.all([1, 2, 3].map(() => shop.draft({ purpose: 'service' })))
    for (const { id } of drafts.slice(0, 2)) await shop.start(id)
    await runUntilFigures(drafts[0]?.id ?? '', { sent: 4 }, 100)
    await runUntilFigures(drafts[1]?.id ?? '', { sent: 4 }, 100)
    // What the lane remembers is gone, as when another process takes the sender.
    await restart()
    await shop.start(drafts[2]?.id ?? '')
    await runUntilFigures(drafts[2]?.id ?? '', { sent: 4 }, 100)
    const starts = await startedOf(stage as CloudApiStage)
    expect(starts).toHaveLength(12)
    for (const [, own] of Map.groupBy(starts, ({ address }) => address)) {
      const gaps = own.slice(1).map(({ at }, index) => at.getTime() - (own[index]?.at.getTime() ?? 0))
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(6_000)
    }
  })

  test('halves its rate when Meta finds it too fast, sends those it was told about later, and loses nobody', async () => {
    const { shop, core, addPeople, runUntil, runUntilFigures, meta, numberId, frames } = await begin({
      messagesPerSecond: 20,
    })
    await addPeople(90, true)
    meta.addRule({ objectId: numberId, count: 1, end: { kind: 'error', code: 130429, status: 429 } })
    const { id } = await shop.draft()
    await shop.start(id)
    await runUntil(async () => expect((await frames()).length).toBeGreaterThanOrEqual(20))
    const fromMs = core.clock.nowMs()
    const before = (await frames()).length
    await runUntil(async () => expect(core.clock.nowMs() - fromMs).toBeGreaterThanOrEqual(3_000))
    expect((await frames()).length - before).toBeLessThanOrEqual(34)
    await runUntilFigures(id, { sent: 90, failed: 0, queued: 0 }, 200)
    expect(await frames()).toHaveLength(90)
  })

  test('tries again who was told late that the number is too fast', async () => {
    const { shop, core, senderId, addPeople, runUntil, runUntilFigures, meta, numberId } = await begin()
    await addPeople(3, true)
    meta.addRule({ objectId: numberId, count: 1, end: { kind: 'error', code: 130429, late: true } })
    const { id } = await shop.draft()
    await shop.start(id)
    // A run that is over keeps its refusals: somebody who is due tomorrow keeps this one going.
    await shop.query(`update recipients set due_at = $2 where campaign_id = $1 and sequence = 3`, [
      id,
      new Date(core.clock.nowMs() + 86_400_000),
    ])
    await runUntilFigures(id, { sent: 2, failed: 0, queued: 1 }, 500)
    await runUntil(async () => {
      const [{ tries } = { tries: 0 }] = await shop.query<{ tries: number }>(
        'select count(*)::int as tries from attempts where sender_id = $1',
        [senderId],
      )
      expect(tries).toBe(3)
    }, 500)
    await runUntilFigures(id, { sent: 2, failed: 0, queued: 1 }, 500)
  })
})
