import { expect, test } from 'vitest'
import { refusalActions } from '@siar/domain'
import { connectLinked, fileTo, hearReceipt, sendAccepted, textTo } from './connection.ts'
import type { ChannelHarness } from './harness.ts'

type Harness = () => ChannelHarness

function testAcceptance(harness: Harness): void {
  test('a text is accepted, shown once, delivered and read', async () => {
    const connection = await connectLinked(harness())
    const message = textTo(harness().reader())
    const channelMessageId = await sendAccepted(connection, message)
    await hearReceipt(connection, 'delivered', message, channelMessageId)
    await hearReceipt(connection, 'read', message, channelMessageId)
    expect(await harness().shownTimes(message.messageId)).toBe(1)
  })

  test('receipts carry our id exactly where the capability says so', async () => {
    const connection = await connectLinked(harness())
    const message = textTo(harness().reader())
    const channelMessageId = await sendAccepted(connection, message)
    const receipt = await hearReceipt(connection, 'delivered', message, channelMessageId)
    expect(receipt.channelMessageId).toBe(channelMessageId)
    expect(receipt.messageId).toBe(connection.session.capabilities.echoesOurId ? message.messageId : null)
  })

  test('every kind of media it claims is accepted, and its file is read at most once', async () => {
    const connection = await connectLinked(harness())
    for (const kind of connection.session.capabilities.media) {
      let reads = 0
      const read = async (): Promise<Uint8Array> => {
        reads += 1
        return new Uint8Array([1, 2, 3])
      }
      await sendAccepted(connection, fileTo(harness().reader(), kind, read))
      expect(reads).toBeLessThanOrEqual(1)
    }
  })

  test('typing is shown or ignored, never refused', async () => {
    const connection = await connectLinked(harness())
    await expect(connection.session.showTyping(harness().reader(), 10)).resolves.toBeUndefined()
  })
}

function testRefusals(harness: Harness): void {
  test('a refusal has a reason and an action of the closed set', async () => {
    const connection = await connectLinked(harness())
    const message = textTo(harness().absentee())
    const outcome = await connection.session.send(message)
    const refusal =
      outcome.kind === 'accepted'
        ? (await hearReceipt(connection, 'refused', message, outcome.channelMessageId)).refusal
        : outcome
    expect(refusal).toMatchObject({
      reason: expect.stringMatching(/^(not_on_whatsapp|undeliverable)$/) as string,
      action: 'drop_recipient',
    })
    await harness().endNextCall(connection.session.senderId, 'refused')
    const other = await connection.session.send(textTo(harness().reader()))
    expect(other.kind).toBe('refused')
    if (other.kind === 'refused') expect(refusalActions).toContain(other.action)
  })

  test('a late refusal comes as a receipt with its action', async () => {
    const connection = await connectLinked(harness())
    await harness().endNextCall(connection.session.senderId, 'refused_late')
    const message = textTo(harness().reader())
    const channelMessageId = await sendAccepted(connection, message)
    const receipt = await hearReceipt(connection, 'refused', message, channelMessageId)
    expect(refusalActions).toContain(receipt.refusal?.action)
  })

  test('what never left this machine is not_sent and is shown to nobody', async () => {
    const connection = await connectLinked(harness())
    await harness().endNextCall(connection.session.senderId, 'not_sent')
    const message = textTo(harness().reader())
    expect(await connection.session.send(message)).toMatchObject({ kind: 'not_sent' })
    expect(await harness().shownTimes(message.messageId)).toBe(0)
  })
}

function testUncertainty(harness: Harness): void {
  test('a lost answer is unknown, and where our id is echoed a receipt settles it', async () => {
    const connection = await connectLinked(harness())
    await harness().endNextCall(connection.session.senderId, 'unknown_shown')
    const message = textTo(harness().reader())
    expect(await connection.session.send(message)).toMatchObject({ kind: 'unknown' })
    if (!connection.session.capabilities.echoesOurId) return
    await hearReceipt(connection, 'delivered', message, null)
  })

  test('an answer that never comes ends with the signal as unknown', async () => {
    const connection = await connectLinked(harness())
    await sendAccepted(connection, textTo(harness().reader()))
    await harness().endNextCall(connection.session.senderId, 'hangs')
    const outcome = await connection.session.send(textTo(harness().reader()), AbortSignal.timeout(500))
    expect(outcome).toMatchObject({ kind: 'unknown' })
  })

  test('a signal that ended before the call sends nothing', async () => {
    const connection = await connectLinked(harness())
    const message = textTo(harness().reader())
    expect(await connection.session.send(message, AbortSignal.abort())).toMatchObject({ kind: 'not_sent' })
    expect(await harness().shownTimes(message.messageId)).toBe(0)
  })

  test('a second send with the same id is shown once exactly where ids are deduped', async () => {
    const connection = await connectLinked(harness())
    const message = textTo(harness().reader())
    const first = await sendAccepted(connection, message)
    const second = await sendAccepted(connection, message)
    const { dedupesOurId } = connection.session.capabilities
    expect(await harness().shownTimes(message.messageId)).toBe(dedupesOurId ? 1 : 2)
    if (dedupesOurId) expect(second).toBe(first)
  })
}

export function testSending(harness: Harness): void {
  testAcceptance(harness)
  testRefusals(harness)
  testUncertainty(harness)
}
