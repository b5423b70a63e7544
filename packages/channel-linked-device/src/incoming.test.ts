import { afterAll, beforeAll, expect, test } from 'vitest'
import type { IncomingMessage } from '@siar/channel'
import { connect } from '@siar/channel/testing'
import type { KitConnection } from '@siar/channel/testing'
import { hiddenIdOf } from '@siar/simulator'
import { connectOnline, hearLater, reader, startRig } from './testing/harness.ts'
import type { Rig } from './testing/harness.ts'

const hidden = '+6281200000077'
let rig: Rig
let connection: KitConnection
let senderId: string

beforeAll(async () => {
  rig = await startRig()
  const request = await rig.linked()
  senderId = request.senderId
  connection = await connectOnline(rig, request)
})

afterAll(() => rig.close())

async function hears(id: string): Promise<IncomingMessage> {
  return connection.hear('message', ({ channelMessageId }) => channelMessageId === id)
}

test('a person comes with number, hidden id and name, and both addresses are told to be one', async () => {
  const id = await rig.network.control.incoming(senderId, reader, 'halo', { fromName: 'Sari' })
  expect(await hears(id)).toMatchObject({ from: reader, aliases: [hiddenIdOf(reader)], fromName: 'Sari' })
  expect(await connection.hear('same_person')).toMatchObject({ addresses: [reader, hiddenIdOf(reader)] })
})

test('a person who hides the number comes under the hidden id', async () => {
  rig.server.control.hideNumber(hidden)
  const id = await rig.network.control.incoming(senderId, hidden, 'halo')
  expect(await hears(id)).toMatchObject({ from: hiddenIdOf(hidden), aliases: [] })
})

for (const form of ['buttons', 'list', 'template', 'native_flow'] as const) {
  test(`a choice that comes as ${form} has its id and its title`, async () => {
    rig.server.control.setButtonForm(form)
    const button = { id: `pilih_${form}`, title: 'Ya, mau' }
    const id = await rig.network.control.incoming(senderId, reader, button.title, { button })
    expect(await hears(id)).toMatchObject({ text: 'Ya, mau', button })
  })
}

test('an advertisement and a quoted message come along', async () => {
  const referral = { kind: 'ad', sourceId: '1202', clickId: 'ARA1' } as const
  const id = await rig.network.control.incoming(senderId, reader, 'dari iklan', {
    referral,
    inReplyTo: 'SIM-x',
  })
  expect(await hears(id)).toMatchObject({ referral, inReplyTo: 'SIM-x' })
})

test('a file that is gone from the host answers null, a wrong reference too', async () => {
  const media = { kind: 'image', mimeType: 'image/png', fileName: null, dataBase64: 'AAAA' }
  const id = await rig.network.control.incoming(senderId, reader, 'foto', { media })
  const { media: heard, text } = await hears(id)
  expect({ text, kind: heard?.kind }).toEqual({ text: 'foto', kind: 'image' })
  const { directPath } = JSON.parse(Buffer.from(heard?.ref ?? '', 'base64url').toString()) as {
    directPath: string
  }
  expect(await connection.session.download(heard?.ref ?? '', 100)).toMatchObject({ mimeType: 'image/png' })
  rig.server.media.forget(directPath)
  expect(await connection.session.download(heard?.ref ?? '', 100)).toBeNull()
  expect(await connection.session.download('bukan referensi', 100)).toBeNull()
})

test('what the owner writes on the phone is a person taking over, never a message', async () => {
  const id = await rig.network.control.writeOnPhone(senderId, reader, 'saya balas sendiri')
  expect(
    await connection.hear('own_message', ({ channelMessageId }) => channelMessageId === id),
  ).toMatchObject({
    to: reader,
    text: 'saya balas sendiri',
  })
  expect(connection.heard.some((event) => event.type === 'message' && event.channelMessageId === id)).toBe(
    false,
  )
})

test('what members write in a group is not for us', async () => {
  const id = await rig.server.control.writeToGroup(senderId, '120363000000000001@g.us', reader, 'untuk grup')
  const next = await rig.network.control.incoming(senderId, reader, 'untuk toko')
  await hears(next)
  expect(connection.heard.some((event) => event.type === 'message' && event.channelMessageId === id)).toBe(
    false,
  )
  expect(rig.server.control.oddities()).toEqual([])
})

test('what waited while we were away is a message too, with the time it was written', async () => {
  const request = await rig.linked()
  const first = await connectOnline(rig, request)
  await first.session.close()
  const id = await rig.network.control.incoming(request.senderId, reader, 'BERHENTI')
  const at = Date.now()
  await new Promise((resolve) => setTimeout(resolve, 5))
  const second = await connect(rig, request)
  const message = await second.hear('message', ({ channelMessageId }) => channelMessageId === id)
  expect(message.text).toBe('BERHENTI')
  expect(Math.abs(message.at.getTime() - at)).toBeLessThan(2_000)
  await hearLater(second, 'online', 0)
})
