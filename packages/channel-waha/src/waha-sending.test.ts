import { hiddenIdOf } from '@siar/simulator'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { listen, listenOnline, patiently } from './testing/ear.ts'
import { absentee, buildWahaWorld, reader } from './testing/waha-world.ts'
import type { WahaWorld } from './testing/waha-world.ts'

const stranger = '+6281200000077'
let sent = 0
const message = (text = 'Halo', to = reader) => ({ messageId: `msg_w${(sent += 1)}`, to, text })

describe('sending through GOWS, people by hidden ids', () => {
  let world: WahaWorld
  beforeAll(async () => {
    world = await buildWahaWorld({ engine: 'GOWS', addressing: 'lid' })
  })
  afterAll(() => world.close())
  const rule = (senderId: string, end: Parameters<WahaWorld['network']['control']['addRule']>[0]['end']) =>
    world.network.control.addRule({ senderId, count: 1, end })

  test('a lost answer is settled by what WAHA shows later, and so are the receipts after it', async () => {
    const ear = await listenOnline(world)
    await rule(ear.session.senderId, { kind: 'unknown', shown: true })
    const lost = message('Diskon {10|20} persen')
    expect(await ear.session.send(lost)).toEqual({ kind: 'unknown', reason: 'connection_lost' })
    for (const kind of ['accepted', 'delivered', 'read']) {
      await ear.hear({ type: 'receipt', kind, messageId: lost.messageId })
    }
    expect(ear.heard.some(({ type }) => type === 'own_message')).toBe(false)
  })

  test('another process settles what a killed one had sent', async () => {
    const first = await listenOnline(world)
    const { senderId } = first.session
    world.endpoint.detach(senderId)
    await rule(senderId, { kind: 'unknown', shown: true })
    const lost = message('Apakah pesanan saya sudah sampai?')
    expect(await first.session.send(lost)).toMatchObject({ kind: 'unknown' })
    await first.session.close()
    const second = await listen(world, world.reopen(senderId))
    await second.hear({ type: 'receipt', kind: 'accepted', messageId: lost.messageId })
  })

  test('of two lost messages that look alike none is settled, and a note says so', async () => {
    const ear = await listenOnline(world)
    const { senderId } = ear.session
    await rule(senderId, { kind: 'unknown', shown: false })
    await rule(senderId, { kind: 'unknown', shown: true })
    expect(await ear.session.send(message('Sama'))).toMatchObject({ kind: 'unknown' })
    expect(await ear.session.send(message('Sama'))).toMatchObject({ kind: 'unknown' })
    await ear.hear({ type: 'note', kind: 'ambiguous_echo' })
    await ear.hear({ type: 'receipt', kind: 'read' })
    const ids = ear.heard.flatMap((event) => (event.type === 'receipt' ? [event.messageId] : []))
    expect(ids.every((id) => id === null)).toBe(true)
  })

  test('what the owner writes on the phone is their own message and settles nothing', async () => {
    const ear = await listenOnline(world)
    const { senderId } = ear.session
    await rule(senderId, { kind: 'unknown', shown: false })
    await ear.session.send(message('Saya bantu ya'))
    await world.network.control.writeOnPhone(senderId, reader, 'Saya bantu ya')
    await ear.hear({ type: 'own_message', to: reader, text: 'Saya bantu ya' })
    expect(ear.heard.some((event) => event.type === 'receipt')).toBe(false)
  })

  test('what was accepted is never taken for something the owner wrote', async () => {
    const ear = await listenOnline(world)
    expect(await ear.session.send(message())).toMatchObject({ kind: 'accepted' })
    await ear.hear({ type: 'receipt', kind: 'read' })
    expect(ear.heard.some(({ type }) => type === 'own_message')).toBe(false)
  })

  test.each([
    ['new_chats_locked', 'stop_new_chats'],
    ['sender_too_fast', 'slow_sender'],
    ['spam_limited', 'stop_campaign_on_sender'],
    ['undeliverable', 'drop_recipient'],
    ['service_busy', 'retry_later'],
  ] as const)('WhatsApp refusing with %s is told with its action', async (reason, action) => {
    const ear = await listenOnline(world)
    await rule(ear.session.senderId, { kind: 'refused', reason })
    expect(await ear.session.send(message())).toEqual({ kind: 'refused', reason, action })
  })

  test('a number without WhatsApp is found out before anything is sent', async () => {
    const ear = await listenOnline(world)
    const to = message('Halo', absentee)
    expect(await ear.session.send(to)).toMatchObject({ reason: 'not_on_whatsapp' })
    expect(world.network.record.list({ senderId: ear.session.senderId })).toEqual([])
  })

  test('a person behind a hidden id is told by their number, and as one person', async () => {
    const ear = await listenOnline(world)
    await world.network.control.incoming(ear.session.senderId, stranger, 'Halo kak', { fromName: 'Sari' })
    const lid = hiddenIdOf(stranger)
    await ear.hear({ type: 'message', from: stranger, aliases: [lid], fromName: 'Sari', text: 'Halo kak' })
    await ear.hear({ type: 'same_person', addresses: [stranger, lid] })
  })

  test('a person whose number nobody tells is known by the hidden id and can be answered', async () => {
    const ear = await listenOnline(world)
    const hidden = '999999999999999@lid'
    const id = await world.network.control.incoming(ear.session.senderId, hidden, 'Siapa ini?')
    await vi.waitFor(() => expect(ear.heard.some(({ type }) => type === 'message')).toBe(true), patiently)
    const answer = { ...message('Kami toko Siar', hidden), inReplyTo: id }
    expect(await ear.session.send(answer)).toMatchObject({ kind: 'accepted' })
  })

  test('files come in, are fetched from WAHA alone, and never beyond the limit', async () => {
    const ear = await listenOnline(world)
    const dataBase64 = Buffer.from('gambar').toString('base64')
    const media = { kind: 'image', mimeType: 'image/jpeg', fileName: null, dataBase64 }
    await world.network.control.incoming(ear.session.senderId, reader, '', { media })
    await ear.hear({ type: 'message', media: expect.objectContaining({ kind: 'image' }) })
    const found = ear.heard.find((event) => event.type === 'message')
    const ref = found?.type === 'message' ? (found.media?.ref ?? '') : ''
    const file = await ear.session.download(ref, 100)
    expect(Buffer.from(file?.data ?? []).toString()).toBe('gambar')
    expect(await ear.session.download(ref, 3)).toBeNull()
    expect(await ear.session.download('/api/files/nobody/none.jpeg', 100)).toBeNull()
    for (const other of ['/api/sessions', 'http://example.com/api/files/x', '/api/files/../sessions', '']) {
      expect(await ear.session.download(other, 100)).toBeNull()
    }
  })

  test('reading and typing are shown to the person', async () => {
    const ear = await listenOnline(world)
    const before = await world.network.control.counts()
    const id = await world.network.control.incoming(ear.session.senderId, reader, 'Halo?')
    await ear.hear({ type: 'message', channelMessageId: id })
    await ear.session.markRead(reader, id)
    await ear.session.showTyping(reader, 5)
    const after = await world.network.control.counts()
    expect(after.markedRead).toBe(before.markedRead + 1)
    expect(after.typing).toBe(before.typing + 1)
  })

  test('once another process may hold the session, nothing leaves', async () => {
    let mayAct = true
    const ear = await listenOnline(world, { mayAct: () => mayAct })
    mayAct = false
    expect(await ear.session.send(message())).toMatchObject({ kind: 'not_sent' })
    expect(world.network.record.list({ senderId: ear.session.senderId })).toEqual([])
  })

  test('a store that refuses ends the session before anything leaves', async () => {
    const request = await world.linked()
    const credentials = { ...request.credentials, write: () => Promise.reject(new Error('lost the lease')) }
    const ear = await listen(world, { ...request, credentials })
    await ear.hear({ state: 'online' })
    expect(await ear.session.send(message())).toMatchObject({ kind: 'not_sent' })
    expect(world.network.record.list({ senderId: request.senderId })).toEqual([])
    expect(await ear.session.send(message())).toMatchObject({ kind: 'not_sent' })
  })
})

describe('sending through NOWEB', () => {
  let world: WahaWorld
  beforeAll(async () => {
    world = await buildWahaWorld({ engine: 'NOWEB' })
  })
  afterAll(() => world.close())

  test('a refusal WhatsApp tells later keeps its code', async () => {
    const ear = await listenOnline(world)
    const end = { kind: 'refused', reason: 'new_chats_locked' } as const
    await world.network.control.addRule({ senderId: ear.session.senderId, count: 1, end })
    expect(await ear.session.send(message())).toMatchObject({ kind: 'accepted' })
    const refusal = { reason: 'new_chats_locked', action: 'stop_new_chats' }
    await ear.hear({ type: 'receipt', kind: 'refused', refusal })
  })

  test('a message cut off by the signal is unknown and settled when it went out all the same', async () => {
    const ear = await listenOnline(world)
    const end = { kind: 'hangs', shown: true } as const
    await world.network.control.addRule({ senderId: ear.session.senderId, count: 1, end })
    const late = message('Terlambat')
    const outcome = await ear.session.send(late, AbortSignal.timeout(200))
    expect(outcome).toEqual({ kind: 'unknown', reason: 'gave_up_waiting' })
    await ear.hear({ type: 'receipt', kind: 'accepted', messageId: late.messageId })
  })

  test('webhooks that come late, twice or broken change nothing that was', async () => {
    const ear = await listenOnline(world)
    const accepted = await ear.session.send(message())
    const id = accepted.kind === 'accepted' ? accepted.channelMessageId : ''
    const ack = { kind: 'ack', id: `true_6281200000001@c.us_${id}`, ack: 2, code: null, atMs: 0 }
    await ear.session.takeWebhooks([ack, ack, { kind: 'ack' }, null, 7, { kind: 'other' }, 'text'])
    const delivered = ear.heard.filter((event) => event.type === 'receipt' && event.kind === 'delivered')
    expect(delivered.length).toBeGreaterThanOrEqual(2)
  })
})
