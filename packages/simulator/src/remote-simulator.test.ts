import type { InboundEvent } from '@siar/channel'
import { openRequest } from '@siar/channel/testing'
import { afterEach, expect, test } from 'vitest'
import { createMemoryRecord } from './frame-record.ts'
import { createSimulatedNetwork } from './network.ts'
import { createRemoteSimulator } from './remote-simulator.ts'
import { realSchedule } from './simulator-channel.ts'
import type { Simulator } from './simulator-channel.ts'
import { createSimulatorServer } from './simulator-server.ts'
import type { SimulatorServer } from './simulator-server.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close()
})

async function startServer(port = 0): Promise<SimulatorServer> {
  const network = createSimulatedNetwork({
    seed: 'remote',
    now: () => new Date(),
    schedule: realSchedule,
    record: createMemoryRecord(),
    defaults: { latencyMsMin: 0, latencyMsMax: 0, timeScale: 3_600 },
  })
  const server = await createSimulatorServer({ network, port })
  open.push(server)
  return server
}

function connect(url: string): Simulator {
  const simulator = createRemoteSimulator(url)
  open.push(simulator)
  return simulator
}

/** Collects events and resolves waits for them. */
function createEar() {
  const heard: InboundEvent[] = []
  const waits: { fits: (event: InboundEvent) => boolean; resolve: () => void }[] = []
  return {
    heard,
    listener: async (events: readonly InboundEvent[]): Promise<void> => {
      heard.push(...events)
      for (const wait of waits) if (events.some(wait.fits)) wait.resolve()
    },
    hear: (fits: (event: InboundEvent) => boolean): Promise<void> =>
      heard.some(fits) ? Promise.resolve() : new Promise((resolve) => waits.push({ fits, resolve })),
  }
}

const request = openRequest('snd_1', { phone: '+6289500000001' })
const isOnline = (event: InboundEvent): boolean => event.type === 'state' && event.state === 'online'
const message = { messageId: 'msg_1', to: '+6281200000001', text: 'Halo' }

test('after the simulator starts anew, sessions are told and come back by themselves', async () => {
  const server = await startServer()
  const simulator = connect(server.url)
  const ear = createEar()
  await simulator.channel.open(request, ear.listener)
  await ear.hear(isOnline)
  await server.close()
  open.splice(open.indexOf(server), 1)
  await ear.hear((event) => event.type === 'state' && event.state === 'reconnecting')
  ear.heard.length = 0
  await startServer(server.port)
  await ear.hear(isOnline)
})

test('what waits for its turn on the wire does not leave once its session may no longer act', async () => {
  const server = await startServer()
  const simulator = connect(server.url)
  const ear = createEar()
  let asked = 0
  const mayAct = (): boolean => (asked += 1) <= 1 + 300
  const session = await simulator.channel.open({ ...request, mayAct }, ear.listener)
  await ear.hear(isOnline)
  const numbers = Array.from({ length: 400 }, (_, index) => index)
  const outcomes = await Promise.all(
    numbers.map((number) =>
      session.send({ ...message, messageId: `msg_${number}`, to: `+62812000${1_000 + number}` }),
    ),
  )
  expect(outcomes.filter(({ kind }) => kind === 'not_sent')).toHaveLength(100)
  expect(await simulator.control.counts()).toMatchObject({ frames: outcomes.length - 100 })
})

test('while nothing answers, a call is not sent and the session waits', async () => {
  const server = await startServer()
  await server.close()
  open.length = 0
  const simulator = connect(server.url)
  const ear = createEar()
  const session = await simulator.channel.open(request, ear.listener)
  expect(await session.send(message)).toMatchObject({ kind: 'not_sent' })
  await startServer(server.port)
  await ear.hear(isOnline)
})

test('a second client takes a sender over; what the first did not confirm comes to the second', async () => {
  const server = await startServer()
  const first = connect(server.url)
  const second = connect(server.url)
  const ear = createEar()
  const session = await first.channel.open(request, () => Promise.reject(new Error('frozen')))
  await second.control.incoming('snd_1', '+6281200000001', 'halo?')
  await second.channel.open(request, ear.listener)
  await ear.hear((event) => event.type === 'message' && event.text === 'halo?')
  expect(await session.send(message)).toMatchObject({ kind: 'not_sent' })
  expect(await second.control.counts()).toMatchObject({ replacedSessions: 1, staleSends: 1, frames: 0 })
})

test('people can look at it and rules can be posted by hand', async () => {
  const { url } = await startServer()
  const simulator = connect(url)
  const ear = createEar()
  const session = await simulator.channel.open(request, ear.listener)
  await ear.hear(isOnline)
  const rule = { senderId: 'snd_1', count: 1, end: { kind: 'refused', reason: 'spam_limited' } }
  await fetch(`${url}/rules`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rule),
  })
  expect(await session.send(message)).toMatchObject({ kind: 'refused', reason: 'spam_limited' })
  expect(await (await fetch(url)).text()).toContain('Frames received')
  const frames = await (await fetch(`${url}/frames?messageId=msg_1`)).json()
  expect(frames).toMatchObject([{ messageId: 'msg_1', shown: false }])
  expect((await fetch(`${url}/nowhere`)).status).toBe(404)
})
