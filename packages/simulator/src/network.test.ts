import type { InboundEvent } from '@siar/channel'
import { describe, expect, test } from 'vitest'
import { createMemoryRecord } from './frame-record.ts'
import { createSimulatedNetwork } from './network.ts'
import type { SimulatedNetwork } from './network.ts'
import type { NetworkOptions } from './network-state.ts'
import { createVirtualTime } from './testing/virtual-time.ts'
import type { VirtualTime } from './testing/virtual-time.ts'

interface World {
  readonly time: VirtualTime
  readonly network: SimulatedNetwork
  readonly heard: InboundEvent[]
  readonly listener: (events: readonly InboundEvent[]) => Promise<void>
}

function buildWorld(options: Partial<NetworkOptions> = {}): World {
  const time = createVirtualTime()
  const network = createSimulatedNetwork({
    seed: 'network',
    now: time.now,
    schedule: time.schedule,
    record: createMemoryRecord(),
    ...options,
  })
  const heard: InboundEvent[] = []
  return { time, network, heard, listener: async (events) => void heard.push(...events) }
}

const linked = { senderId: 'snd_1', phone: '+6289500000001', settings: {} }
const everyone = Array.from({ length: 2_000 }, (_, index) => `+62812${String(index).padStart(8, '0')}`)

async function sendToAll({ network, listener }: World): Promise<string[]> {
  const session = network.open(linked, listener)
  const outcomes = await Promise.all(
    everyone.map((to, index) => session.send({ messageId: `msg_${index}`, to, text: 'Halo' })),
  )
  return outcomes.map((outcome) => outcome.kind)
}

describe('simulated network', () => {
  test('an instant network answers, delivers, reads and replies without any timer', async () => {
    const world = buildWorld({ instant: true })
    const kinds = await sendToAll(world)
    await new Promise((resolve) => setImmediate(resolve))
    expect(world.time.timers()).toBe(0)
    const counts = await world.network.control.counts()
    expect(kinds.filter((kind) => kind === 'accepted')).toHaveLength(counts.shown)
    expect(counts.delivered).toBe(counts.shown)
    expect(counts.replies).toBeGreaterThan(0)
    expect(counts.optOuts).toBeGreaterThan(0)
    expect(counts.blocks).toBeGreaterThan(0)
    expect(world.heard.filter((event) => event.type === 'receipt')).toHaveLength(
      counts.delivered + counts.read,
    )
  })

  test('the same seed tells the same story', async () => {
    const tell = async (): Promise<[string[], unknown]> => {
      const world = buildWorld({ instant: true })
      return [await sendToAll(world), await world.network.control.counts()]
    }
    expect(await tell()).toEqual(await tell())
  })

  test('people live on a clock of their own: at 60 a minute of theirs is a second', async () => {
    const world = buildWorld({ defaults: { latencyMsMin: 0, latencyMsMax: 0, timeScale: 60 } })
    await world.network.control.setPerson('+6281200000001', {
      onWhatsApp: true,
      habit: 'none',
      reading: 'soon',
      deliveryMs: 60_000,
      readMs: 120_000,
    })
    const session = world.network.open(linked, world.listener)
    await world.time.advanceBy(100)
    await session.send({ messageId: 'msg_1', to: '+6281200000001', text: 'Halo' })
    const kinds = (): string[] =>
      world.heard.flatMap((event) => (event.type === 'receipt' ? [event.kind] : []))
    await world.time.advanceBy(900)
    expect(kinds()).toEqual([])
    await world.time.advanceBy(200)
    expect(kinds()).toEqual(['delivered'])
    await world.time.advanceBy(2_100)
    expect(kinds()).toEqual(['delivered', 'read'])
  })

  test('a listener that does not keep up slows sending down instead of filling memory', async () => {
    const world = buildWorld({ instant: true })
    let release: () => void = () => undefined
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const session = world.network.open(linked, () => gate)
    let answered = 0
    const sends = Array.from({ length: 20_000 }, (_, index) =>
      session
        .send({ messageId: `msg_${index}`, to: everyone[index % everyone.length] ?? '', text: 'Halo' })
        .then(() => (answered += 1)),
    )
    await new Promise((resolve) => setImmediate(resolve))
    expect(answered).toBeLessThan(6_000)
    release()
    await Promise.all(sends)
    expect(answered).toBe(20_000)
  })

  test('codes follow each other after 60 s and then every 20 s, and pairing ends when nobody scans', async () => {
    const world = buildWorld()
    world.network.open({ ...linked, phone: null }, world.listener)
    const codes = (): string[] =>
      world.heard.flatMap((event) => (event.type === 'pairing' ? [event.data] : []))
    await world.time.advanceBy(59_000)
    expect(codes()).toHaveLength(1)
    await world.time.advanceBy(2_000)
    expect(codes()).toHaveLength(2)
    expect(await world.network.control.scan('snd_1', codes()[0] ?? '')).toBe('expired')
    await world.time.advanceBy(100_000)
    expect(new Set(codes()).size).toBe(6)
    expect(world.heard.at(-1)).toMatchObject({ type: 'state', state: 'offline' })
    expect(await world.network.control.scan('snd_1', codes()[5] ?? '')).toBe('not_pairing')
  })

  test('a call through a replaced session reaches nobody and is counted', async () => {
    const world = buildWorld({ instant: true })
    const old = world.network.open(linked, world.listener)
    world.network.open(linked, world.listener)
    const message = { messageId: 'msg_1', to: everyone[0] ?? '', text: 'Halo' }
    expect(await old.send(message)).toMatchObject({ kind: 'not_sent' })
    expect(await world.network.control.counts()).toMatchObject({
      frames: 0,
      staleSends: 1,
      replacedSessions: 1,
    })
  })

  test('a restricted sender reaches only people who wrote', async () => {
    const world = buildWorld({ instant: true })
    const session = world.network.open(linked, world.listener)
    await world.network.control.restrict('snd_1')
    const [to = ''] = everyone
    await world.network.control.setPerson(to, { onWhatsApp: true, habit: 'none' })
    const message = { messageId: 'msg_1', to, text: 'Halo' }
    expect(await session.send(message)).toMatchObject({ kind: 'refused', action: 'stop_new_chats' })
    await world.network.control.incoming('snd_1', to, 'Halo')
    expect(await session.send(message)).toMatchObject({ kind: 'accepted' })
  })

  test('failure shares of a sender hold over many calls', async () => {
    const world = buildWorld({
      instant: true,
      shares: { onWhatsApp: 1 },
      defaults: { failures: { refused: 0.1, notSent: 0.2, unknown: 0.3 } },
    })
    const kinds = await sendToAll(world)
    const share = (kind: string): number => kinds.filter((each) => each === kind).length / kinds.length
    expect(share('refused')).toBeCloseTo(0.1, 1)
    expect(share('not_sent')).toBeCloseTo(0.2, 1)
    expect(share('unknown')).toBeCloseTo(0.3, 1)
  })

  test('two machines that answer each other fall silent', async () => {
    const world = buildWorld({ instant: true })
    const [to = ''] = everyone
    await world.network.control.setPerson(to, { onWhatsApp: true, habit: 'replies', reading: 'soon' })
    const session = world.network.open(linked, world.listener)
    for (let index = 0; index < 20; index += 1) {
      await session.send({ messageId: `msg_${index}`, to, text: 'Halo' })
    }
    expect((await world.network.control.counts()).replies).toBe(3)
  })

  test('a code typed on the phone it was made for pairs, another one does not', async () => {
    const world = buildWorld()
    const session = world.network.open({ ...linked, senderId: 'snd_9', phone: null }, world.listener)
    expect(await world.network.control.enterCode('snd_9', 'ABCD-EFGH')).toBe('not_pairing')
    const code = session.requestCode('+6281311112222') ?? ''
    expect(code).toMatch(/^[A-Z1-9]{4}-[A-Z1-9]{4}$/)
    expect(await world.network.control.enterCode('snd_9', '1111-1111')).toBe('expired')
    expect(await world.network.control.enterCode('snd_9', code.replace('-', '').toLowerCase())).toBe('paired')
    await world.time.advanceBy(10)
    expect(world.heard.at(-1)).toMatchObject({ state: 'online', phone: '+6281311112222' })
    expect(session.requestCode('+6281311112222')).toBeNull()
  })

  test('a sender knows the same people every time, and whom it was told', async () => {
    const world = buildWorld()
    const session = world.network.open(linked, world.listener)
    const first = session.acquaintances()
    expect(first.groups[0]?.members.some(({ phone }) => phone === null)).toBe(true)
    expect(session.acquaintances()).toEqual(first)
    await world.network.control.setAcquaintances('snd_1', { addressBook: [] })
    expect(session.acquaintances()).toEqual({ groups: first.groups, addressBook: [] })
  })

  test('what the owner writes on the phone is told as their own message', async () => {
    const world = buildWorld()
    world.network.open(linked, world.listener)
    const id = await world.network.control.writeOnPhone('snd_1', '+6281200000001', 'Saya bantu ya')
    await world.time.advanceBy(20)
    expect(world.heard).toContainEqual(
      expect.objectContaining({ type: 'own_message', channelMessageId: id, text: 'Saya bantu ya' }),
    )
  })
})
