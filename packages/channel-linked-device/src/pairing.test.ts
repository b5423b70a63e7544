import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, textTo } from '@siar/channel/testing'
import { connectOnline, hearLater, reader, startRig } from './testing/harness.ts'
import type { Rig } from './testing/harness.ts'

let rig: Rig

beforeAll(async () => {
  rig = await startRig()
})

afterAll(() => rig.close())

test('pairs by a code that is typed on the phone; a wrong one does nothing', async () => {
  const request = rig.fresh()
  const phone = rig.phoneOf(request.senderId)
  const connection = await connect(rig, { ...request, pairing: { by: 'code', phone } }, 15_000)
  const { kind, data } = await connection.hear('pairing')
  expect({ kind, data }).toMatchObject({ kind: 'code', data: expect.stringMatching(/^[0-9A-Z]{8}$/) })
  expect(await rig.server.control.typeCode(phone, 'WRONGCOD', request.senderId)).toBe(false)
  // A connection that was lost meanwhile comes back with a new code.
  const newest = () => connection.heard.findLast((event) => event.type === 'pairing')?.data ?? data
  await expect
    .poll(() => rig.server.control.typeCode(phone, newest(), request.senderId), { timeout: 15_000 })
    .toBe(true)
  expect(await hearLater(connection, 'online', 0)).toMatchObject({ phone })
  expect(await connection.session.send(textTo(reader))).toMatchObject({ kind: 'accepted' })
  await connection.session.close()
  await connectOnline(rig, request)
})

test('a code nobody scans ends the session in plain words', async () => {
  const hurried = await startRig({}, false, { qrCodes: 0 })
  const connection = await connect(hurried, hurried.fresh())
  expect(await hearLater(connection, 'offline', 0)).toMatchObject({
    reason: 'nobody linked the phone in time',
  })
  await hurried.close()
})

test('a pairing that broke half way begins anew', async () => {
  const request = rig.fresh()
  const first = await connect(rig, {
    ...request,
    pairing: { by: 'code', phone: rig.phoneOf(request.senderId) },
  })
  await first.hear('pairing')
  await first.session.close()
  const second = await connect(rig, request)
  const { data } = await second.hear('pairing')
  expect(await rig.server.control.scan(data, rig.phoneOf(request.senderId), request.senderId)).toBe('paired')
  await hearLater(second, 'online', 0)
})

test('logging out here unlinks the device for good', async () => {
  const request = await rig.linked()
  const connection = await connectOnline(rig, request)
  await connection.session.logOut()
  expect((await request.credentials.read(['creds'])).size).toBe(0)
  expect(await connection.session.send(textTo(reader))).toMatchObject({ kind: 'not_sent' })
})
