import { afterAll, beforeAll, expect, test } from 'vitest'
import { textTo } from '@siar/channel/testing'
import { connectOnline, hearLater, reader, startPatienceMs, startRig } from './testing/harness.ts'
import type { Rig } from './testing/harness.ts'

let rig: Rig

beforeAll(async () => {
  rig = await startRig({ pool: { workersMax: 1 } })
})

afterAll(() => rig.close())

for (const [name, hurt] of [
  ['half a frame', (senderId: string) => rig.server.control.sendTruncated(senderId)],
  ['a frame that holds no stanza', (senderId: string) => rig.server.control.sendGarbage(senderId)],
] as const) {
  test(`${name} ends one connection, which comes back; others in the same thread notice nothing`, async () => {
    const [broken, other] = [await rig.linked(), await rig.linked()]
    const [connection, neighbour] = [await connectOnline(rig, broken), await connectOnline(rig, other)]
    const [after, afterOther] = [connection.heard.length, neighbour.heard.length]
    hurt(broken.senderId)
    await hearLater(connection, 'reconnecting', after)
    await hearLater(connection, 'online', after)
    expect(await connection.session.send(textTo(reader))).toMatchObject({ kind: 'accepted' })
    expect(await neighbour.session.send(textTo(reader))).toMatchObject({ kind: 'accepted' })
    expect(neighbour.heard.slice(afterOther).some(({ type }) => type === 'state')).toBe(false)
  })
}

test('a thread that breaks is started again, and its sessions come back', async () => {
  const requests = [await rig.linked(), await rig.linked()]
  const connections = await Promise.all(
    requests.map((request) => connectOnline(rig, request, startPatienceMs)),
  )
  const afters = connections.map(({ heard }) => heard.length)
  await rig.breakThreadOf(requests[0]?.senderId ?? '')
  for (const [index, connection] of connections.entries()) {
    await hearLater(connection, 'reconnecting', afters[index] ?? 0)
    await hearLater(connection, 'online', afters[index] ?? 0)
    expect(await connection.session.send(textTo(reader))).toMatchObject({ kind: 'accepted' })
  }
}, 60_000)

test('a call that was under way when its thread broke is unknown, not lost and not repeated', async () => {
  const request = await rig.linked()
  const connection = await connectOnline(rig, request, startPatienceMs)
  await rig.network.control.addRule({
    senderId: request.senderId,
    count: 1,
    end: { kind: 'hangs', shown: true },
  })
  const message = textTo(reader)
  const sending = connection.session.send(message)
  await expect
    .poll(() => rig.network.control.frames({ messageId: message.messageId }), { timeout: 15_000 })
    .toHaveLength(1)
  await rig.breakThreadOf(request.senderId)
  expect(await sending).toMatchObject({ kind: 'unknown' })
  await connection.hear(
    'receipt',
    ({ messageId, kind }) => messageId === message.messageId && kind === 'delivered',
  )
  expect(await rig.network.control.frames({ messageId: message.messageId })).toHaveLength(1)
}, 60_000)

test('a session that may not act any more sends nothing and does not connect', async () => {
  let mayAct = true
  const request = await rig.linked({ mayAct: () => mayAct })
  const connection = await connectOnline(rig, request)
  mayAct = false
  const message = textTo(reader)
  expect(await connection.session.send(message)).toMatchObject({ kind: 'not_sent', reason: 'not_the_owner' })
  expect(await rig.network.control.frames({ messageId: message.messageId })).toEqual([])
  const logins = rig.server.control.logins()
  await rig.server.control.drop(request.senderId)
  await hearLater(connection, 'reconnecting', 0)
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(rig.server.control.logins()).toBe(logins)
})
