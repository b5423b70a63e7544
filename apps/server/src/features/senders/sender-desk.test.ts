import type { Channel } from '@siar/channel'
import { ChannelUnavailable } from '@siar/channel'
import { testDatabase, waitUntil } from '@siar/test-kit'
import { expect, test, vi } from 'vitest'
import { buildWorkspace } from '../../testing/test-core.ts'
import type { LiveSender } from './live-sender.ts'
import { LeaseLost } from './owned-sender.ts'
import { createCallAnswerer, createSenderDesk } from './sender-desk.ts'
import { createSessionWorld } from './session-world.fixtures.ts'

const database = await testDatabase()
const world = await createSessionWorld(database)
const { core, simulator, workspaceId } = world
const desk = createSenderDesk(core)

/** The simulator's channel with a page that can be pictured, and look-ups that are down. */
const channel: Channel = {
  ...simulator.channel,
  open: async (request, listener) => {
    const session = await simulator.channel.open(request, listener)
    return {
      ...session,
      capabilities: { ...session.capabilities, groups: true },
      screenshot: async () => new Uint8Array([1, 2, 3]),
      directory: {
        exists: async () => [],
        addressBook: async () => [],
        groupMembers: async () => [],
        groups: () => Promise.reject(new ChannelUnavailable('not_connected')),
      },
    }
  },
}

const openCalls = async (): Promise<number> => {
  const { rows } = await database.pool.query('select 1 from sender_calls')
  return rows.length
}

test('a question reaches the session in whichever process it lives, and leaves nothing behind', async () => {
  const senderId = await world.addSender()
  const { manager } = world.buildProcess({ channels: new Map([['simulator', channel]]) })
  await manager.start()
  await world.untilStatus(senderId, 'online')
  const picture = await desk.ask(workspaceId, senderId, { kind: 'screenshot' })
  expect([...Buffer.from(picture, 'base64')]).toEqual([1, 2, 3])
  const many = await Promise.all(
    Array.from({ length: 20 }, () => desk.ask(workspaceId, senderId, { kind: 'screenshot' })),
  )
  expect(new Set(many)).toEqual(new Set([picture]))
  expect(await openCalls()).toBe(0)
  await world.stopProcesses()
})

test('what a channel has not, and what it cannot tell now, are two different answers', async () => {
  const senderId = await world.addSender()
  const { manager } = world.buildProcess({ channels: new Map([['simulator', channel]]) })
  await manager.start()
  await world.untilStatus(senderId, 'online')
  await expect(desk.ask(workspaceId, senderId, { kind: 'templates' })).rejects.toMatchObject({
    code: 'sender_cannot',
  })
  await expect(desk.ask(workspaceId, senderId, { kind: 'groups' })).rejects.toMatchObject({
    code: 'sender_unreachable',
    details: { reason: 'not_connected' },
  })
  expect(await openCalls()).toBe(0)
  await world.stopProcesses()
})

test('a sender of another workspace is not found, and is never asked', async () => {
  const senderId = await world.addSender()
  const stranger = await buildWorkspace(core)
  await expect(desk.ask(stranger, senderId, { kind: 'screenshot' })).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await openCalls()).toBe(0)
})

test('who stops waiting for a sender that nobody holds leaves no question behind', async () => {
  const senderId = await world.addSender()
  const gone = new AbortController()
  const asked = desk.ask(workspaceId, senderId, { kind: 'screenshot' }, gone.signal)
  await waitUntil(async () => (await openCalls()) === 1)
  gone.abort()
  await expect(asked).rejects.toMatchObject({ code: 'sender_unreachable' })
  expect(await openCalls()).toBe(0)
})

test('a process that lost the lease answers nothing, and the question stays for the new owner', async () => {
  const senderId = await world.addSender()
  const callId = core.newId('req')
  await database.pool.query(
    `insert into sender_calls (id, workspace_id, sender_id, call) values ($1, $2, $3, '{"kind":"screenshot"}')`,
    [callId, workspaceId, senderId],
  )
  const screenshot = vi.fn(async () => new Uint8Array([9]))
  const lease = { shard: 0, epoch: 1 }
  const live = { row: { id: senderId, workspaceId }, lease, session: { screenshot } } as unknown as LiveSender
  let isLost = true
  const answer = createCallAnswerer(core, async () => {
    if (isLost) throw new LeaseLost(lease)
  })
  const answerOf = async (): Promise<unknown> =>
    (
      await database.pool.query<{ answer: unknown }>('select answer from sender_calls where id = $1', [
        callId,
      ])
    ).rows[0]?.answer
  await answer(live)
  expect(screenshot).not.toHaveBeenCalled()
  isLost = false
  screenshot.mockImplementationOnce(async () => {
    isLost = true
    return new Uint8Array([9])
  })
  await answer(live)
  expect(await answerOf()).toBeNull()
  isLost = false
  await answer(live)
  expect(await answerOf()).toMatchObject({ kind: 'done' })
  await database.pool.query('delete from sender_calls where id = $1', [callId])
})
