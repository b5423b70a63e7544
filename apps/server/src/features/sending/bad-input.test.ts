import type { Simulator } from '@siar/simulator'
import { testDatabase, waitUntil } from '@siar/test-kit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildSendingWorld, createCalmNetwork } from './rig.fixtures.ts'
import type { SendingWorld } from './rig.fixtures.ts'

const database = await testDatabase({ poolMax: 12 })
const hourMs = 3_600_000
const paced = {
  paced: true,
  delayMsMin: 3_000,
  delayMsMax: 6_000,
  hourlyCap: 1_000,
  dailyCap: 1_000,
  warmUp: false,
}
let world: SendingWorld
let skewMs = 0

beforeEach(async () => {
  skewMs = 0
  world = await buildSendingWorld(database, {
    now: (core) => () => new Date(core.clock.nowMs() + skewMs),
  })
})

afterEach(() => world.close())

/** Lets time pass in half seconds. @returns how many messages went out, and the shortest time between two of them. */
async function watch(simulator: Simulator, steps: number): Promise<{ sent: number; pauseMsMin: number }> {
  const sentAtMs: number[] = []
  let seen = (await simulator.control.counts()).frames
  const first = seen
  for (let step = 0; step < steps; step += 1) {
    await world.core.clock.advanceBy(500)
    // Answers of the database the lane waits for come before the answers to these.
    for (let look = 0; look < 6; look += 1) await world.shop.query('select 1')
    const { frames } = await simulator.control.counts()
    for (; seen < frames; seen += 1) sentAtMs.push(world.core.clock.nowMs())
  }
  const pauses = sentAtMs.slice(1).map((at, index) => at - (sentAtMs[index] ?? 0))
  return { sent: seen - first, pauseMsMin: Math.min(...pauses) }
}

describe.each([-hourMs, hourMs])('a clock that is set by %i ms', (jumpMs) => {
  test('neither stalls a paced lane nor makes it hurry', async () => {
    const simulator = createCalmNetwork()
    const senderId = await world.shop.addSender('online', paced)
    await world.shop.addContacts(60)
    await world.startRig({ simulator, senderId, settings: paced })
    const { id } = await world.shop.draft()
    await world.shop.start(id)
    await waitUntil(async () => {
      await world.core.clock.advanceBy(500)
      return (await simulator.control.counts()).frames >= 3
    })
    skewMs = jumpMs
    const { sent, pauseMsMin } = await watch(simulator, 160)
    expect(sent).toBeGreaterThanOrEqual(5)
    expect(sent).toBeLessThanOrEqual(28)
    expect(pauseMsMin).toBeGreaterThanOrEqual(2_000)
  })

  test('leaves nobody behind in a batched lane', async () => {
    const simulator = createCalmNetwork()
    const senderId = await world.shop.addSender()
    await world.shop.addContacts(40)
    await simulator.control.addRule({ count: 10, end: { kind: 'not_sent', retryAfterMs: 2_000 } })
    await world.startRig({ simulator, senderId })
    const { id } = await world.shop.draft()
    await world.shop.start(id)
    skewMs = jumpMs
    await waitUntil(async () => {
      await world.core.clock.advanceBy(500)
      return (await world.shop.get(id)).status === 'completed'
    })
    expect(world.core.clock.nowMs()).toBeLessThan(Date.parse('2026-11-20T03:30:00Z'))
    expect([...(await world.framesOf(simulator)).values()].every((count) => count === 1)).toBe(true)
    await world.untilFigures(id, { sent: 40 })
  })
})

describe('a sender that vanishes in the middle', () => {
  test('leaves its people waiting; another number takes them over, and nobody gets it twice', async () => {
    const simulator = createCalmNetwork({ instant: false, defaults: { latencyMsMin: 20, latencyMsMax: 20 } })
    const settings = { simulator: { latencyMsMin: 20, latencyMsMax: 20, timeScale: 3_600 } }
    const senderId = await world.shop.addSender()
    await world.shop.addContacts(40)
    const rig = await world.startRig({ simulator, senderId, settings, batchSize: 4 })
    const { id } = await world.shop.draft()
    await world.shop.start(id)
    await waitUntil(async () => (await simulator.control.counts()).frames >= 4)
    await simulator.control.goOffline(senderId)
    await waitUntil(async () => ((await world.shop.statuses(id))['dispatching'] ?? 0) === 0)
    await world.shop.query(`update senders set status = 'offline', status_at = $2 where id = $1`, [
      senderId,
      new Date(world.core.now().getTime() - 120_000),
    ])
    expect((await world.shop.get(id)).status).toBe('running')
    await rig.openSender(settings)
    await world.shop.control.moveStranded()
    await waitUntil(async () => {
      await world.core.clock.advanceBy(1_000)
      return (await world.shop.get(id)).status === 'completed'
    })
    const frames = (await simulator.control.frames()).filter((frame) => frame.shown)
    expect(new Set(frames.map((frame) => frame.to)).size).toBe(40)
    expect(frames).toHaveLength(40)
    await world.shop.expectFiguresToAddUp(id)
  })
})

describe('a channel that answers twice', () => {
  test('with messages, blocks and refusals counts each once', async () => {
    const simulator = createCalmNetwork()
    const senderId = await world.shop.addSender()
    const [first, second, third] = await world.shop.addContacts(3)
    const rig = await world.startRig({ simulator, senderId })
    const { id } = await world.shop.draft()
    await simulator.control.addRule({
      to: third?.phone ?? '',
      count: 1,
      end: { kind: 'refused_late', reason: 'undeliverable' },
    })
    await world.shop.start(id)
    await world.untilFigures(id, { read: 2, failed: 1 })
    const sender = rig.owned.findOwned(senderId)
    if (!sender) throw new Error('not owned')
    const [late] = await world.shop.query<{ message_id: string; channel_message_id: string }>(
      `select a.id as message_id, a.channel_message_id from attempts a join recipients r on r.message_id = a.id
       where r.address = $1`,
      [third?.phone],
    )
    const at = world.core.now()
    const incoming = {
      fromName: null,
      aliases: [],
      media: null,
      button: null,
      inReplyTo: null,
      referral: null,
      at,
      type: 'message',
    } as const
    const events = [
      { ...incoming, channelMessageId: 'IN-1', from: first?.phone ?? '', text: 'STOP' },
      { type: 'blocked', from: second?.phone ?? '', kind: 'block', at },
      {
        type: 'receipt',
        channelMessageId: late?.channel_message_id ?? '',
        messageId: late?.message_id ?? null,
        kind: 'refused',
        at,
        refusal: { reason: 'undeliverable', action: 'drop_recipient' },
      },
    ] as const
    await rig.sending.forwardEvents(sender, [...events, ...events])
    await rig.sending.forwardEvents(sender, events)
    const [day] = await world.shop.query<Record<string, number>>(
      `select opt_outs, blocks, replies, refused, turned_away from sender_days where sender_id = $1`,
      [senderId],
    )
    expect(day).toEqual({ opt_outs: 1, blocks: 1, replies: 1, refused: 1, turned_away: 1 })
    const figures = await world.shop.query<{ figure: string; count: string }>(
      `select f.figure, f.count from run_figures f join runs r on r.id = f.run_id
       where r.campaign_id = $1 and f.figure in ('opt_out', 'block', 'refused:undeliverable') order by f.figure`,
      [id],
    )
    expect(figures.map(({ figure, count }) => [figure, Number(count)])).toEqual([
      ['block', 1],
      ['opt_out', 1],
      ['refused:undeliverable', 1],
    ])
    await world.shop.expectFiguresToAddUp(id)
  })
})

describe('a late refusal', () => {
  test('of a message the person has changes nothing', async () => {
    const simulator = createCalmNetwork()
    const senderId = await world.shop.addSender()
    await world.shop.addContacts(1)
    const rig = await world.startRig({ simulator, senderId })
    const { id } = await world.shop.draft()
    await world.shop.start(id)
    await world.untilFigures(id, { read: 1 })
    const sender = rig.owned.findOwned(senderId)
    const [sent] = await world.shop.query<{ id: string; channel_message_id: string }>(
      'select id, channel_message_id from attempts where sender_id = $1',
      [senderId],
    )
    if (!sender || !sent) throw new Error('nothing was sent')
    await rig.sending.forwardEvents(sender, [
      {
        type: 'receipt',
        channelMessageId: sent.channel_message_id,
        messageId: sent.id,
        kind: 'refused',
        at: world.core.now(),
        refusal: { reason: 'blocked_by_person', action: 'drop_recipient' },
      },
    ])
    expect((await world.shop.get(id)).figures).toMatchObject({ read: 1, failed: 0 })
    await world.shop.expectFiguresToAddUp(id)
  })
})

describe.each(['hourlyCap', 'dailyCap'] as const)('a %s of 0', (cap) => {
  test('sends nothing at all, says so in the forecast, and what had begun waits until it is raised', async () => {
    const simulator = createCalmNetwork()
    const none = { ...paced, [cap]: 0 }
    const senderId = await world.shop.addSender('online', paced)
    await world.shop.addContacts(3)
    const { id } = await world.shop.draft()
    await world.shop.start(id)
    await world.shop.query('update senders set settings = $2 where id = $1', [senderId, JSON.stringify(none)])
    const draft = await world.shop.draft({ name: 'Lain' })
    const forecast = await world.shop.forecasts.forecast(world.shop.workspaceId, draft.id, 'en')
    expect(forecast.blockers.map(({ code }) => code)).toContain('sender_caps_zero')
    const stopped = await world.startRig({ simulator, senderId, settings: none })
    expect((await watch(simulator, 60)).sent).toBe(0)
    expect(await world.shop.get(id)).toMatchObject({ status: 'running', figures: { queued: 3 } })
    await stopped.kill()
    await world.startRig({ simulator, senderId, settings: paced, epoch: 2 })
    await waitUntil(async () => {
      await world.core.clock.advanceBy(1_000)
      return (await world.shop.get(id)).status === 'completed'
    })
  })
})
