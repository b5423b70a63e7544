import type { Channel } from '@siar/channel'
import { testDatabase, waitUntil } from '@siar/test-kit'
import { expect, test } from 'vitest'
import { buildActor } from '../../testing/test-core.ts'
import { createSessionWorld } from './session-world.fixtures.ts'
import type { TestProcess } from './session-world.fixtures.ts'

const world = await createSessionWorld(await testDatabase({ poolMax: 12 }))
const { core, service, simulator, workspaceId } = world
const actor = buildActor(core)

function untilOnline(process: TestProcess, senderId: string): Promise<unknown> {
  return waitUntil(() => process.manager.findOwned(senderId)?.status === 'online', { what: 'online' })
}

async function withProcess(run: (process: TestProcess) => Promise<void>): Promise<void> {
  const process = world.buildProcess()
  await process.manager.start()
  try {
    await run(process)
  } finally {
    await process.manager.stop()
  }
}

test('alone, a process owns every shard when start resolves and brings wanted senders online', async () => {
  const senderId = await world.addSender()
  await withProcess(async (process) => {
    expect(process.manager.stats().shards).toBe(256)
    await untilOnline(process, senderId)
    await world.untilStatus(senderId, 'online')
  })
})

test('a new sender shows a code to another process, and a scan there brings it online with its number', async () => {
  await withProcess(async (process) => {
    const created = await service.create(workspaceId, actor, {
      name: 'Baru',
      channel: 'simulator',
      numberSince: null,
    })
    const id = created.id as Parameters<typeof service.get>[1]
    const { qr } = await waitUntil(async () => {
      const pairing = await service.pairing(workspaceId, id)
      return pairing.qr === null ? null : pairing
    })
    await expect(service.scan(workspaceId, actor, id, 'other')).rejects.toMatchObject({
      code: 'sender_wrong_state',
    })
    await service.scan(workspaceId, actor, id, qr?.data ?? '')
    await untilOnline(process, id)
    await world.untilStatus(id, 'online')
    const sender = await service.get(workspaceId, id)
    expect(sender.phone).toMatch(/^\+62895\d{8}$/)
    expect(sender.pairedAt).not.toBeNull()
    expect((await service.pairing(workspaceId, id)).qr).toBeNull()
  })
})

test('connect starts a session by the bus, stop ends it, log-out asks for a new pairing', async () => {
  const id = await world.addSender()
  await withProcess(async (process) => {
    await world.untilStatus(id, 'online')
    expect((await service.stop(workspaceId, actor, id)).status).toBe('stopped')
    await waitUntil(() => process.manager.findOwned(id) === null)
    expect((await service.connect(workspaceId, actor, id)).status).toBe('reconnecting')
    await world.untilStatus(id, 'online')
    expect((await service.logOut(workspaceId, actor, id)).status).toBe('logged_out')
    await waitUntil(() => process.manager.findOwned(id) === null)
    await service.connect(workspaceId, actor, id)
    await waitUntil(async () => (await service.pairing(workspaceId, id)).qr !== null)
    expect(await world.statusOf(id)).toBe('pairing')
  })
})

test('a sender never has two sessions at once, however slowly the first one opens or closes', async () => {
  const id = await world.addSender()
  const counts = { alive: 0, opened: 0 }
  const closings: (() => void)[] = []
  const channel: Channel = {
    ...simulator.channel,
    open: async (request, listener) => {
      counts.alive += 1
      counts.opened += 1
      const session = await simulator.channel.open(request, listener)
      return {
        ...session,
        close: async () => {
          await new Promise<void>((resolve) => closings.push(resolve))
          await session.close()
          counts.alive -= 1
        },
      }
    },
  }
  const process = world.buildProcess({ channels: new Map([['simulator', channel]]) })
  await process.manager.start()
  await untilOnline(process, id)
  const openedFirst = counts.opened
  await service.stop(workspaceId, actor, id)
  await waitUntil(() => process.manager.findOwned(id) === null)
  await service.connect(workspaceId, actor, id)
  await waitUntil(() => process.manager.findOwned(id) !== null)
  const later = await world.addSender()
  await untilOnline(process, later)
  expect(counts.opened).toBe(openedFirst + 1)
  expect(process.manager.findOwned(id)?.status).not.toBe('online')
  closings.shift()?.()
  await untilOnline(process, id)
  expect(counts.opened).toBe(openedFirst + 2)
  const ended = process.manager.stop()
  await waitUntil(() => closings.length === counts.alive)
  for (const close of closings) close()
  await ended
  expect(counts.alive).toBe(0)
})

test('a look at rows that say nothing new wakes no lane', async () => {
  const [still, changed] = [await world.addSender(), await world.addSender()]
  await withProcess(async (process) => {
    await Promise.all([world.untilStatus(still, 'online'), world.untilStatus(changed, 'online')])
    const look = (id: string) => core.bus.publish({ kind: 'sender.changed', workspaceId, id })
    const told: string[] = []
    process.manager.onChange(({ kind, senderId }) => told.push(`${kind} ${senderId}`))
    await core.database.pool.query('update senders set use_for_campaigns = false where id = $1', [changed])
    await look(still)
    await look(changed)
    await waitUntil(() => told.includes(`updated ${changed}`))
    expect(told.filter((line) => line.endsWith(still))).toEqual([])
    expect(process.manager.findOwned(changed)?.useForCampaigns).toBe(false)
  })
})

test('a ban ends the session, tells the campaigns, and is not reconnected', async () => {
  const id = await world.addSender()
  await withProcess(async (process) => {
    await untilOnline(process, id)
    await simulator.control.ban(id, 'too many reports')
    await world.untilStatus(id, 'banned')
    await waitUntil(() => process.banned.includes(id))
    const sender = await service.get(workspaceId, id)
    expect(sender).toMatchObject({ wanted: false, statusReason: 'too many reports' })
    expect(sender.health.score).toBe(0)
    expect(process.manager.findOwned(id)).toBeNull()
    const { data } = await service.events(workspaceId, id)
    expect(data).toContainEqual(expect.objectContaining({ kind: 'banned', detail: 'too many reports' }))
  })
})

test('a log-out on the phone is permanent: nothing reconnects', async () => {
  const id = await world.addSender()
  await withProcess(async (process) => {
    await untilOnline(process, id)
    await simulator.control.logOut(id)
    await world.untilStatus(id, 'logged_out')
    expect(await service.get(workspaceId, id)).toMatchObject({ wanted: false, pairedAt: null })
    expect(process.manager.findOwned(id)).toBeNull()
  })
})

test('a lost connection is brought back after a pause', async () => {
  const id = await world.addSender()
  await withProcess(async (process) => {
    await untilOnline(process, id)
    await world.untilStatus(id, 'online')
    await simulator.control.goOffline(id)
    await world.untilStatus(id, 'reconnecting')
    expect(await process.manager.findOwned(id)?.session.send(textTo('+6281200000009'))).toMatchObject({
      kind: 'not_sent',
    })
    await simulator.control.comeBack(id)
    await untilOnline(process, id)
    await world.untilStatus(id, 'online')
  })
})

test('events reach the handler with the lease they came under, again after a rejection', async () => {
  const id = await world.addSender()
  let rejections = 2
  const taken: string[] = []
  const process = world.buildProcess({
    onEvents: async (sender, events) => {
      if (rejections-- > 0) throw new Error('the database is down')
      expect(sender).toMatchObject({ senderId: id, workspaceId, channel: 'simulator' })
      for (const event of events) if (event.type === 'message') taken.push(event.text)
    },
  })
  await process.manager.start()
  await untilOnline(process, id)
  await simulator.control.incoming(id, '+6281200000001', 'BERHENTI')
  await waitUntil(() => taken.includes('BERHENTI'))
  await process.manager.stop()
})

let messages = 0
function textTo(to: string): { messageId: string; to: string; text: string } {
  messages += 1
  return { messageId: `msg_${String(messages).padStart(32, '0')}`, to, text: 'Halo' }
}

test('a new sender whose session cannot begin says so once, and no longer when it can', async () => {
  const { channel } = simulator
  let isBroken = true
  const channels = new Map([
    [
      'simulator' as const,
      {
        ...channel,
        open: (...given: Parameters<Channel['open']>) =>
          isBroken ? Promise.reject(new Error('no thread')) : channel.open(...given),
      },
    ],
  ])
  const schedule = (run: () => void, delayMs: number) => {
    const timer = setTimeout(run, Math.min(delayMs, 50))
    return () => clearTimeout(timer)
  }
  const process = world.buildProcess({ channels, schedule })
  await process.manager.start()
  const { id } = await service.create(workspaceId, actor, {
    name: 'Macet',
    channel: 'simulator',
    numberSince: null,
  })
  const senderId = id as Parameters<typeof service.get>[1]
  const read = () => service.get(workspaceId, senderId)
  await waitUntil(async () => (await read()).statusReason === 'open_failed')
  expect((await read()).status).toBe('new')
  const { data } = await service.events(workspaceId, senderId)
  expect(data.filter(({ kind }) => kind === 'trouble')).toMatchObject([{ detail: 'open_failed' }])
  isBroken = false
  await world.untilStatus(senderId, 'pairing')
  expect((await read()).statusReason).toBeNull()
  await process.manager.stop()
})
