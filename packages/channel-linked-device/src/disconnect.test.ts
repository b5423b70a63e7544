import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, textTo } from '@siar/channel/testing'
import { judgeDisconnect } from './disconnect.ts'
import { connectOnline, hearLater, reader, startPatienceMs, startRig } from './testing/harness.ts'
import type { Rig } from './testing/harness.ts'

let rig: Rig

beforeAll(async () => {
  rig = await startRig()
})

afterAll(() => rig.close())

test('every code of the library has one answer, and only an ended link forgets credentials', () => {
  const forgets = [401, 402, 403, 405, 406, 408, 409, 411, 419, 428, 440, 500, 503, 515, 999, null].filter(
    (code) => {
      const judged = judgeDisconnect(code, false)
      return judged.then === 'stop' && judged.forgetsCredentials
    },
  )
  expect(forgets).toEqual([401, 406, 419])
  expect(judgeDisconnect(515, true)).toEqual({ then: 'again_now' })
  expect(judgeDisconnect(999, false).then).toBe('again_later')
  expect(judgeDisconnect(408, true, 'QR refs attempts ended')).toMatchObject({
    then: 'stop',
    state: 'offline',
  })
  expect(judgeDisconnect(408, true, 'Connection was lost').then).toBe('again_later')
})

for (const [code, state] of [
  [401, 'logged_out'],
  [402, 'banned'],
  [403, 'banned'],
  [405, 'offline'],
  [406, 'logged_out'],
  [409, 'offline'],
  [411, 'offline'],
  [419, 'logged_out'],
] as const) {
  test(`a log-in that fails with ${code} ends as ${state} and is not tried again`, async () => {
    const request = await rig.linked()
    rig.server.control.answerLogin(request.senderId, { failure: code })
    const before = rig.server.control.logins()
    const connection = await connect(rig, request)
    expect(await hearLater(connection, state, 0)).toMatchObject({ reason: expect.any(String) })
    expect(await connection.session.send(textTo(reader))).toMatchObject({ kind: 'not_sent' })
    expect(rig.server.control.logins()).toBe(before + 1)
    const isForgotten = state === 'logged_out'
    await expect.poll(async () => (await request.credentials.read(['creds'])).size === 0).toBe(isForgotten)
  })
}

for (const code of [408, 428, 500, 503, 599]) {
  test(`a log-in that fails with ${code} is tried again with the same credentials`, async () => {
    const request = await rig.linked()
    rig.server.control.answerLogin(request.senderId, { failure: code })
    const connection = await connect(rig, request)
    await hearLater(connection, 'reconnecting', 0)
    rig.server.control.answerLogin(request.senderId, null)
    await hearLater(connection, 'online', 0)
  })
}

for (const code of [500, 503]) {
  test(`a stream that ends with ${code} comes back by itself`, async () => {
    const request = await rig.linked()
    const connection = await connectOnline(rig, request)
    const after = connection.heard.length
    rig.server.control.endStream(request.senderId, code)
    await hearLater(connection, 'reconnecting', after)
    await hearLater(connection, 'online', after)
  })
}

test('a restart that the server asks for is no break: nobody hears of it', async () => {
  const request = await rig.linked()
  const connection = await connectOnline(rig, request)
  const after = connection.heard.length
  rig.server.control.endStream(request.senderId, 515)
  await hearLater(connection, 'online', after)
  expect(connection.heard.slice(after).map((event) => event.type)).toEqual(['state'])
})

test('the same link opened elsewhere ends this one, which does not fight for it', async () => {
  const request = await rig.linked()
  const first = await connectOnline(rig, request)
  const second = await connectOnline(rig, request)
  expect(await hearLater(first, 'offline', 0)).toMatchObject({
    reason: expect.stringContaining('somewhere else'),
  })
  const logins = rig.server.control.logins()
  expect(await second.session.send(textTo(reader))).toMatchObject({ kind: 'accepted' })
  expect(await first.session.send(textTo(reader))).toMatchObject({ kind: 'not_sent' })
  expect(rig.server.control.logins()).toBe(logins)
})

test('a line that goes without a word is noticed', async () => {
  const request = await rig.linked()
  const connection = await connectOnline(rig, request)
  const after = connection.heard.length
  await rig.server.control.drop(request.senderId)
  await hearLater(connection, 'reconnecting', after)
  await hearLater(connection, 'online', after)
})

test('a server that takes the connection and says nothing is given up and tried again', async () => {
  const quick = await startRig({ loginTimeoutMs: 1_000 })
  const request = await quick.linked()
  quick.server.control.answerLogin(request.senderId, 'silence')
  const connection = await connect(quick, request, startPatienceMs)
  await hearLater(connection, 'reconnecting', 0)
  quick.server.control.answerLogin(request.senderId, null)
  await hearLater(connection, 'online', 0)
  await quick.close()
}, 90_000)
