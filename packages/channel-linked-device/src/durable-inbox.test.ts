import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InboundEvent, OpenRequest, Session } from '@siar/channel'
import { connect, textTo } from '@siar/channel/testing'
import { connectOnline, reader, startRig } from './testing/harness.ts'
import type { Rig } from './testing/harness.ts'

let rig: Rig

beforeAll(async () => {
  rig = await startRig()
})

afterAll(() => rig.close())

type Kind = InboundEvent['type']

/** A session whose database never answers for one kind of event, as when the process dies before it does. */
async function openForgetful(request: OpenRequest, kind: Kind) {
  const { promise: met, resolve: meet } = Promise.withResolvers<InboundEvent>()
  const { promise: online, resolve: comeOnline } = Promise.withResolvers<void>()
  const session: Session = await rig.channel.open(request, async (events) => {
    if (events.some((event) => event.type === 'state' && event.state === 'online')) comeOnline()
    const unlucky = events.find(({ type }) => type === kind)
    if (!unlucky) return
    meet(unlucky)
    await new Promise(() => undefined)
  })
  await online
  return { session, met }
}

test('a message that was not stored when its process died is told to the next one', async () => {
  const request = await rig.linked()
  const { session, met } = await openForgetful(request, 'message')
  const id = await rig.network.control.incoming(request.senderId, reader, 'BERHENTI')
  expect(await met).toMatchObject({ channelMessageId: id })
  await session.close()
  const next = await connect(rig, request)
  const message = await next.hear('message', ({ channelMessageId }) => channelMessageId === id)
  expect(message).toMatchObject({ from: reader, text: 'BERHENTI' })
})

test('of many that came while nobody was there, none is lost when the process dies over the first', async () => {
  const request = await rig.linked()
  const first = await connectOnline(rig, request)
  await first.session.close()
  const ids: string[] = []
  for (const text of ['satu', 'dua', 'tiga', 'empat', 'lima'])
    ids.push(await rig.network.control.incoming(request.senderId, reader, text))
  const { session, met } = await openForgetful(request, 'message')
  await met
  await session.close()
  const next = await connect(rig, request)
  for (const id of ids) await next.hear('message', ({ channelMessageId }) => channelMessageId === id)
})

test('a receipt that was not stored when its process died is told to the next one', async () => {
  const request = await rig.linked()
  const { session, met } = await openForgetful(request, 'receipt')
  const message = textTo(reader)
  await session.send(message)
  expect(await met).toMatchObject({ messageId: message.messageId })
  await session.close()
  const next = await connect(rig, request)
  await next.hear('receipt', ({ messageId, kind }) => messageId === message.messageId && kind === 'read')
})

test('what was stored is not told again', async () => {
  const request = await rig.linked()
  const first = await connectOnline(rig, request)
  const before = await rig.network.control.incoming(request.senderId, reader, 'pertama')
  await first.hear('message', ({ channelMessageId }) => channelMessageId === before)
  await first.session.send(textTo(reader))
  await first.session.close()
  const after = await rig.network.control.incoming(request.senderId, reader, 'kedua')
  const second = await connect(rig, request)
  await second.hear('message', ({ channelMessageId }) => channelMessageId === after)
  expect(second.heard.some((event) => event.type === 'message' && event.channelMessageId === before)).toBe(
    false,
  )
})

test('a database that comes back lets answers and messages go on over the same line', async () => {
  const request = await rig.linked()
  const connection = await connectOnline(rig, request)
  const logins = rig.server.control.logins()
  connection.rejectNext(3)
  const id = await rig.network.control.incoming(request.senderId, reader, 'apa kabar')
  expect((await connection.session.send(textTo(reader))).kind).toBe('accepted')
  await connection.hear('message', ({ channelMessageId }) => channelMessageId === id)
  expect(rig.server.control.logins()).toBe(logins)
})
