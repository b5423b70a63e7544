import { expect, test } from 'vitest'
import { applyReceipt } from '@siar/domain'
import type { RecipientStatus } from '@siar/domain'
import type { ReceiptKind } from '../event.ts'
import { connect, connectLinked, hearReceipt, sendAccepted, textTo } from './connection.ts'
import type { ChannelHarness } from './harness.ts'

type Harness = () => ChannelHarness

function testReceipts(harness: Harness): void {
  test('receipts that come twice and in the wrong order still end at read', async () => {
    const connection = await connectLinked(harness())
    await harness().disturbReceipts(connection.session.senderId)
    const message = textTo(harness().reader())
    const channelMessageId = await sendAccepted(connection, message)
    await hearReceipt(connection, 'read', message, channelMessageId)
    const kindsHeard = (): ReceiptKind[] =>
      connection.heard.flatMap((event) =>
        event.type === 'receipt' && event.channelMessageId === channelMessageId ? [event.kind] : [],
      )
    const keepsEachOnce = connection.session.capabilities.webhooks
    await connection.hear('receipt', () => {
      const kinds = kindsHeard()
      const isWhole = new Set(kinds).size === 3
      return isWhole && (keepsEachOnce || kinds.length > 3)
    })
    expect(kindsHeard().reduce<RecipientStatus>(applyReceipt, 'dispatching')).toBe('read')
  })

  test('events are handed over again until the listener takes them', async () => {
    const connection = await connectLinked(harness())
    connection.rejectNext(2)
    const id = await harness().incoming(connection.session.senderId, harness().reader(), {
      text: 'apakah ada?',
    })
    await connection.hear('message', ({ channelMessageId }) => channelMessageId === id)
  })

  test('an incoming text arrives with its sender, its text and its id', async () => {
    const connection = await connectLinked(harness())
    const from = harness().reader()
    const id = await harness().incoming(connection.session.senderId, from, { text: 'BERHENTI' })
    const message = await connection.hear('message', ({ channelMessageId }) => channelMessageId === id)
    expect(message).toMatchObject({ from, text: 'BERHENTI', at: expect.any(Date) as Date })
  })

  test('an incoming file arrives with its kind and can be fetched whole, or not at all', async () => {
    const connection = await connectLinked(harness())
    const data = new TextEncoder().encode('%PDF-1.4 kuitansi')
    const media = { kind: 'document', mimeType: 'application/pdf', fileName: 'kuitansi.pdf', data }
    const { senderId } = connection.session
    const id = await harness().incoming(senderId, harness().reader(), { text: 'ini buktinya', media })
    const message = await connection.hear('message', ({ channelMessageId }) => channelMessageId === id)
    expect(message).toMatchObject({
      text: 'ini buktinya',
      media: { kind: 'document', mimeType: 'application/pdf' },
    })
    const ref = message.media?.ref ?? ''
    const file = await connection.session.download(ref, 1_000_000)
    expect(file).toMatchObject({ mimeType: 'application/pdf' })
    expect(Buffer.from(file?.data ?? [])).toEqual(Buffer.from(data))
    expect(await connection.session.download(ref, 4)).toBeNull()
  })

  test('a pressed button arrives with its id and its title where the channel has buttons', async () => {
    const connection = await connectLinked(harness())
    if (connection.session.capabilities.buttonsMax === 0) return
    const button = { id: 'btn_yes', title: 'Ya, saya mau' }
    const { senderId } = connection.session
    const id = await harness().incoming(senderId, harness().reader(), { text: button.title, button })
    const message = await connection.hear('message', ({ channelMessageId }) => channelMessageId === id)
    expect(message).toMatchObject({ text: button.title, button })
  })

  test('what comes while no session is open waits for the next one', async () => {
    const request = harness().linkedSender()
    const first = await connect(harness(), request)
    await first.hear('state', ({ state }) => state === 'online')
    await first.session.close()
    const id = await harness().incoming(request.senderId, harness().reader(), { text: 'halo?' })
    const second = await connect(harness(), request)
    await second.hear('message', ({ channelMessageId }) => channelMessageId === id)
  })
}

function testStates(harness: Harness): void {
  test('a broken connection comes back by itself and sends again', async () => {
    const connection = await connectLinked(harness())
    const heardBefore = connection.heard.length
    const isLaterThan = (index: number, event: object): boolean =>
      connection.heard.indexOf(event as never) >= index
    await harness().breakConnection(connection.session.senderId)
    const broken = await connection.hear(
      'state',
      (event) => event.state === 'reconnecting' && isLaterThan(heardBefore, event),
    )
    const brokenAt = connection.heard.indexOf(broken)
    await connection.hear('state', (event) => event.state === 'online' && isLaterThan(brokenAt, event))
    await sendAccepted(connection, textTo(harness().reader()))
  })

  test('a log-out on the phone is told and ends sending', async () => {
    const connection = await connectLinked(harness())
    await harness().logOutByPhone(connection.session.senderId)
    await connection.hear('state', ({ state }) => state === 'logged_out')
    const outcome = await connection.session.send(textTo(harness().reader()))
    expect(outcome.kind).not.toBe('accepted')
  })

  test('a ban is told and ends sending', async () => {
    const connection = await connectLinked(harness())
    await harness().ban(connection.session.senderId)
    await connection.hear('state', ({ state }) => state === 'banned')
    const outcome = await connection.session.send(textTo(harness().reader()))
    expect(outcome.kind).not.toBe('accepted')
  })

  test('a closed session sends nothing, and closing twice is fine', async () => {
    const connection = await connectLinked(harness())
    await connection.session.close()
    await connection.session.close()
    const message = textTo(harness().reader())
    expect((await connection.session.send(message)).kind).not.toBe('accepted')
    expect(await harness().shownTimes(message.messageId)).toBe(0)
  })
}

function testPairing(harness: Harness): void {
  test('a new sender shows a code, pairs by it, and learns its own number', async () => {
    const request = harness().newSender()
    if (request === null) return
    const connection = await connect(harness(), request)
    const code = await connection.hear('pairing')
    expect(code.expiresAt.getTime()).toBeGreaterThan(0)
    expect(await harness().scan(request.senderId, `${code.data}x`)).toBe(false)
    expect(await harness().scan(request.senderId, code.data)).toBe(true)
    const online = await connection.hear('state', ({ state }) => state === 'online')
    expect(online.phone).toMatch(/^\+\d{8,15}$/)
  })

  test('after logging out here a sender has to pair again', async () => {
    const request = harness().newSender()
    if (request === null) return
    const first = await connect(harness(), harness().linkedSender())
    await first.hear('state', ({ state }) => state === 'online')
    await first.session.logOut()
    const again = await connect(harness(), { ...request, senderId: first.session.senderId })
    await again.hear('pairing')
  })
}

export function testEvents(harness: Harness): void {
  testReceipts(harness)
  testStates(harness)
  testPairing(harness)
}
