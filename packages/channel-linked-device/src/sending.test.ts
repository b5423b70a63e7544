import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, openRequest, textTo } from '@siar/channel/testing'
import type { CredentialStore } from '@siar/channel'
import { refusalOf } from './nack.ts'
import { absentee, connectOnline, hearLater, reader, startPatienceMs, startRig } from './testing/harness.ts'
import type { Rig } from './testing/harness.ts'

const stranger = '+6281200000009'
let rig: Rig

beforeAll(async () => {
  rig = await startRig()
  await rig.network.control.setPerson(stranger, {
    onWhatsApp: true,
    habit: 'none',
    reading: 'never',
    deliveryMs: 1,
  })
})

afterAll(() => rig.close())

test('what the server calls an error is a reason with its action', () => {
  expect(refusalOf('463')).toEqual({ reason: 'new_chats_locked', action: 'stop_new_chats' })
  expect(refusalOf('479')).toEqual({ reason: 'bad_request', action: 'our_fault' })
  expect(refusalOf('429')).toEqual({ reason: 'sender_too_fast', action: 'slow_sender' })
  expect(refusalOf('404')).toEqual({ reason: 'not_on_whatsapp', action: 'drop_recipient' })
  expect(refusalOf('503')).toEqual({ reason: 'service_busy', action: 'retry_later' })
  expect(refusalOf('777')).toEqual({ reason: 'other', action: 'drop_recipient' })
})

for (const reason of [
  'new_chats_locked',
  'bad_request',
  'sender_too_fast',
  'service_failed',
  'other',
] as const) {
  test(`a refusal on the wire comes back as ${reason}`, async () => {
    const request = await rig.linked()
    const connection = await connectOnline(rig, request)
    await rig.network.control.addRule({
      senderId: request.senderId,
      count: 1,
      end: { kind: 'refused', reason },
    })
    expect(await connection.session.send(textTo(reader))).toMatchObject({ kind: 'refused', reason })
  })
}

test('463 stops new chats and tells until when; people who wrote are still answered; the end is told too', async () => {
  const request = await rig.linked()
  const connection = await connectOnline(rig, request)
  await rig.network.control.incoming(request.senderId, reader, 'halo')
  const until = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 3_600_000)
  rig.server.control.lockNewChats(request.senderId, until)
  await rig.network.control.restrict(request.senderId)
  expect(await connection.session.send(textTo(stranger))).toMatchObject({
    kind: 'refused',
    reason: 'new_chats_locked',
    action: 'stop_new_chats',
  })
  expect(await connection.hear('new_chats_lock')).toMatchObject({ until })
  await hearLater(connection, 'restricted', 0)
  expect(await connection.session.send(textTo(reader))).toMatchObject({ kind: 'accepted' })
  const after = connection.heard.length
  await rig.network.control.pardon(request.senderId)
  await connection.hear('new_chats_lock', (lock) => lock.until === null)
  await hearLater(connection, 'online', after)
})

test('nothing is sent to a number that is not on WhatsApp, and it is asked about once', async () => {
  const request = await rig.linked()
  const connection = await connectOnline(rig, request)
  const message = textTo(absentee)
  expect(await connection.session.send(message)).toMatchObject({ kind: 'refused', reason: 'not_on_whatsapp' })
  expect(await connection.session.send(message)).toMatchObject({ kind: 'refused', reason: 'not_on_whatsapp' })
  expect(await rig.network.control.frames({ messageId: message.messageId })).toEqual([])
  expect(await connection.session.directory?.exists([absentee, reader])).toMatchObject([
    { phone: absentee, exists: false, aliases: [] },
    { phone: reader, exists: true, aliases: [expect.stringMatching(/^\d{15}@lid$/)] },
  ])
})

test('the frame carries our id, and the person reads our text, also as an answer', async () => {
  const connection = await connectOnline(rig, await rig.linked())
  const message = { ...textTo(reader, 'Promo ✨\nhari ini'), inReplyTo: '3AFF' }
  const outcome = await connection.session.send(message)
  expect(outcome).toMatchObject({ channelMessageId: message.messageId.slice(4).toUpperCase() })
  expect(rig.server.control.read(message.messageId)).toMatchObject([
    { text: 'Promo ✨\nhari ini', inReplyTo: '3AFF' },
  ])
})

test('a person known by a hidden id alone can be written to', async () => {
  const connection = await connectOnline(rig, await rig.linked())
  const [known] = (await connection.session.directory?.exists([reader])) ?? []
  const lid = known?.aliases[0] ?? ''
  const message = { ...textTo(reader), to: lid }
  expect(await connection.session.send(message)).toMatchObject({ kind: 'accepted' })
  expect(rig.server.control.read(message.messageId)).toMatchObject([{ to: reader, address: lid }])
})

test('a file is uploaded once for all who get it, and opens on the phone with its caption', async () => {
  const connection = await connectOnline(rig, await rig.linked())
  const data = new TextEncoder().encode('isi berkas')
  let reads = 0
  const media = {
    kind: 'document',
    mimeType: 'application/pdf',
    fileName: 'daftar.pdf',
    sizeBytes: data.byteLength,
    fingerprint: 'daftar',
    read: async () => {
      reads += 1
      return data
    },
  } as const
  const before = rig.server.media.requests()
  const messages = [textTo(reader, 'satu'), textTo(reader, 'dua')].map((message) => ({ ...message, media }))
  for (const message of messages) {
    expect(await connection.session.send(message)).toMatchObject({ kind: 'accepted' })
    expect(rig.server.control.read(message.messageId)).toMatchObject([
      { text: message.text, media: { kind: 'document', mimeType: 'application/pdf' } },
    ])
    expect(Buffer.from(rig.server.control.read(message.messageId)[0]?.media?.data ?? [])).toEqual(
      Buffer.from(data),
    )
  }
  expect({ reads, requests: rig.server.media.requests() - before }).toEqual({ reads: 1, requests: 1 })
})

test('a phone that cannot read a message gets it again, also after a restart', async () => {
  const request = await rig.linked()
  const first = await connectOnline(rig, request)
  await first.session.send(textTo(reader, 'pertama'))
  await rig.server.control.forgetSession(request.senderId, reader)
  const message = textTo(reader, 'kedua')
  expect(await first.session.send(message)).toMatchObject({ kind: 'accepted' })
  await expect
    .poll(() => rig.server.control.read(message.messageId), { timeout: 15_000 })
    .toMatchObject([{ text: 'kedua' }])
  expect(rig.server.control.oddities()).toEqual([])
})

test('a restart with the same credentials logs in without pairing and sends on', async () => {
  const request = await rig.linked()
  const first = await connectOnline(rig, request)
  await first.session.send(textTo(reader))
  await first.session.close()
  const second = await connectOnline(rig, request)
  expect(second.heard.some(({ type }) => type === 'pairing')).toBe(false)
  expect(await second.session.send(textTo(reader))).toMatchObject({ kind: 'accepted' })
})

/** A store that can be made to wait after it has written, or to fail, right when the keys of a message are written. */
function fragile(inner: CredentialStore) {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const store = {
    released,
    release,
    whenSending: 'works' as 'works' | 'waits' | 'fails',
    sending: 0,
    read: (keys: readonly string[]) => inner.read(keys),
    clear: () => inner.clear(),
    write: async (entries: ReadonlyMap<string, Uint8Array | null>) => {
      const isMessage = [...entries.keys()].some((key) => key.startsWith('siar-sent:'))
      if (isMessage) store.sending += 1
      if (isMessage && store.whenSending === 'fails') throw new Error('the database is down')
      await inner.write(entries)
      if (isMessage && store.whenSending === 'waits') await store.released
    },
  }
  return store
}

test('the frame of a message waits until its keys are kept: a crash in between shows nothing and spoils nothing', async () => {
  const request = await rig.linked()
  const store = fragile(request.credentials)
  const connection = await connectOnline(rig, { ...request, credentials: store }, startPatienceMs)
  await connection.session.send(textTo(reader))
  store.whenSending = 'waits'
  const message = textTo(reader, 'di antara')
  const sending = connection.session.send(message)
  await expect.poll(() => store.sending, { timeout: 15_000 }).toBe(2)
  expect(await rig.network.control.frames({ messageId: message.messageId })).toEqual([])
  await rig.breakThreadOf(request.senderId)
  expect(await sending).toMatchObject({ kind: 'unknown' })
  store.whenSending = 'works'
  store.release()
  const after = connection.heard.length
  await hearLater(connection, 'online', after - 1)
  await expect
    .poll(async () => (await connection.session.send(message)).kind, { timeout: 15_000 })
    .toBe('accepted')
  expect(rig.server.control.read(message.messageId)).toMatchObject([{ text: 'di antara' }])
  expect(rig.server.control.oddities()).toEqual([])
}, 60_000)

test('keys that cannot be kept stop the message, and the session begins again from what is kept', async () => {
  const request = await rig.linked()
  const store = fragile(request.credentials)
  const connection = await connectOnline(rig, { ...request, credentials: store })
  await connection.session.send(textTo(reader))
  store.whenSending = 'fails'
  const message = textTo(reader)
  expect(await connection.session.send(message)).toMatchObject({ kind: 'not_sent' })
  expect(await rig.network.control.frames({ messageId: message.messageId })).toEqual([])
  store.whenSending = 'works'
  await expect
    .poll(async () => (await connection.session.send(message)).kind, { timeout: 15_000 })
    .toBe('accepted')
  expect(rig.server.control.oddities()).toEqual([])
})

test('a connection that goes in the middle of a send is unknown, and a receipt settles it', async () => {
  const request = await rig.linked()
  const connection = await connectOnline(rig, request)
  await rig.network.control.addRule({
    senderId: request.senderId,
    count: 1,
    end: { kind: 'unknown', shown: true },
  })
  const message = textTo(reader)
  expect(await connection.session.send(message)).toEqual({ kind: 'unknown', reason: 'connection_lost' })
  await connection.hear(
    'receipt',
    ({ kind, messageId }) => kind === 'accepted' && messageId === message.messageId,
  )
})

test('an acknowledgement that never comes is unknown after its time', async () => {
  const impatient = await startRig({ ackTimeoutMs: 250 })
  const request = await impatient.linked()
  const connection = await connectOnline(impatient, request)
  await impatient.network.control.addRule({
    senderId: request.senderId,
    count: 1,
    end: { kind: 'hangs', shown: true },
  })
  expect(await connection.session.send(textTo(reader))).toEqual({
    kind: 'unknown',
    reason: 'no_acknowledgement',
  })
  await impatient.close()
}, 60_000)

test('a number of another form is refused here', async () => {
  const connection = await connectOnline(rig, await rig.linked())
  for (const to of ['0812', 'siapa@g.us', '']) {
    expect(await connection.session.send({ ...textTo(reader), to })).toMatchObject({ kind: 'refused' })
  }
})

test('typing is shown to the person and ends by itself; reading is shown too', async () => {
  const request = await rig.linked()
  const connection = await connectOnline(rig, request)
  await connection.session.showTyping(reader, 20)
  await expect
    .poll(() => rig.server.control.chatStates(request.senderId).map((state) => state.split(' ')[0]))
    .toEqual(['composing', 'paused'])
  const id = await rig.network.control.incoming(request.senderId, reader, 'halo')
  await connection.hear('message')
  await connection.session.markRead(reader, id)
  await expect.poll(() => rig.server.control.readIds()).toContain(id)
})

test('groups and their members are listed, hidden numbers as hidden ids', async () => {
  const connection = await connectOnline(rig, await rig.linked())
  const groups = (await connection.session.directory?.groups()) ?? []
  expect(groups).toHaveLength(3)
  const members = (await connection.session.directory?.groupMembers(groups[0]?.id ?? '')) ?? []
  expect(members).toHaveLength(6)
  expect(members.filter(({ phone }) => phone === null)).toHaveLength(1)
  for (const { aliases } of members) expect(aliases).toEqual([expect.stringMatching(/@lid$/)])
})

test('a look-up without a connection says so', async () => {
  const connection = await connect(rig, openRequest('snd_nobody'))
  await expect(connection.session.directory?.groups()).rejects.toMatchObject({ name: 'ChannelUnavailable' })
  await connection.session.close()
})
