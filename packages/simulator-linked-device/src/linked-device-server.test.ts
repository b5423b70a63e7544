import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMemoryRecord, createSimulatedNetwork, realSchedule } from '@siar/simulator'
import type { SimulatedNetwork } from '@siar/simulator'
import { startLinkedDeviceServer } from './linked-device-server.ts'
import type { LinkedDeviceServer } from './linked-device-server.ts'
import { connectBaileys } from './testing/baileys-client.ts'

const reader = '+6281200000001'
const stanzaId = 'A'.repeat(32)
const messageId = `msg_${'a'.repeat(32)}`
let network: SimulatedNetwork
let server: LinkedDeviceServer

beforeAll(async () => {
  network = createSimulatedNetwork({
    seed: 'stand-in',
    now: () => new Date(),
    schedule: realSchedule,
    record: createMemoryRecord(),
  })
  await network.control.setPerson(reader, {
    onWhatsApp: true,
    habit: 'none',
    reading: 'soon',
    deliveryMs: 20,
    readMs: 20,
  })
  const settings = { latencyMsMin: 0, latencyMsMax: 2, timeScale: 20 }
  server = await startLinkedDeviceServer({ network, port: 0, settings })
})

afterAll(async () => {
  await server.close()
  await network.close()
})

test('an ordinary client pairs by QR, is sent away with 515, and comes back logged in', async () => {
  const client = connectBaileys(server)
  client.open()
  const { qr } = await client.until(() => client.update((update) => update.qr !== undefined))
  expect(await server.control.scan('https://wa.me/settings/linked_devices#x', '+628950000001')).toBe(
    'expired',
  )
  expect(await server.control.scan(qr ?? '', '+628950000001', 'snd_pairs')).toBe('paired')
  const closed = await client.until(() => client.update(({ connection }) => connection === 'close'))
  expect(closed.lastDisconnect?.error).toMatchObject({ output: { statusCode: 515 } })
  const socket = client.open()
  await client.until(() => client.update(({ connection }) => connection === 'open'))
  expect(client.creds.me).toMatchObject({ id: '628950000001:1@s.whatsapp.net' })
  await socket.end(undefined)
})

test('a text is read as the person would, recorded under its id, acknowledged, delivered and read', async () => {
  const { creds, preKeys } = server.control.link('snd_sends')
  const client = connectBaileys(server, creds, preKeys)
  const socket = client.open()
  await client.until(() => client.update(({ connection }) => connection === 'open'))
  const statuses: unknown[] = []
  socket.ev.on('messages.update', (updates) => statuses.push(...updates.map(({ update }) => update.status)))
  await socket.sendMessage('6281200000001@s.whatsapp.net', { text: 'Halo Sari' }, { messageId: stanzaId })
  expect(await client.until(() => client.acks.find(({ id }) => id === stanzaId))).not.toHaveProperty('error')
  await expect.poll(() => statuses).toEqual([3, 4])
  expect(server.control.read(messageId)).toMatchObject([
    { senderId: 'snd_sends', to: reader, text: 'Halo Sari' },
  ])
  expect(await network.control.frames({ messageId })).toMatchObject([{ shown: true, to: reader }])
  await network.control.incoming('snd_sends', reader, 'Terima kasih')
  const answer = await client.until(() => client.messages.find(({ key }) => key.fromMe !== true))
  expect(answer.message).toMatchObject({ conversation: 'Terima kasih' })
  expect(answer.key).toMatchObject({ remoteJidAlt: '6281200000001@s.whatsapp.net' })
  expect(server.control.oddities()).toEqual([])
  await socket.end(undefined)
})
