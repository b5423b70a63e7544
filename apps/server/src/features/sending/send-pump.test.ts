import type { OutboundMessage, SendOutcome, Session } from '@siar/channel'
import { expect, test } from 'vitest'
import { silentLogger } from '@siar/database'
import { Deadlines } from './deadlines.ts'
import { SendPump } from './send-pump.ts'
import type { Outgoing } from './taker.ts'

const media = { kind: 'image', mimeType: 'image/jpeg', fileName: 'promo.jpg', sizeBytes: 3 }

function outgoingWith(readMedia: () => Promise<Uint8Array>): Outgoing {
  const flight = { attemptId: 'msg_1', senderId: 'snd_1', text: 'Halo' }
  return { flight, to: '+6281200000001', run: { content: { media }, readMedia } } as unknown as Outgoing
}

function sendThrough(send: (message: OutboundMessage) => Promise<SendOutcome>, outgoing: Outgoing) {
  return new Promise<SendOutcome>((resolve) => {
    const options = {
      concurrencyMax: () => 1,
      deadlines: new Deadlines(1_000),
      logger: silentLogger as never,
    }
    const pump = new SendPump({ ...options, onOutcome: (_, outcome) => resolve(outcome) })
    pump.add([outgoing], { send } as unknown as Session)
  })
}

test('a message whose file cannot be read has not gone, and is tried again later', async () => {
  const gone = outgoingWith(() => Promise.reject(new Error('ENOENT')))
  const outcome = await sendThrough(async (message) => {
    await message.media?.read()
    return { kind: 'accepted', channelMessageId: 'X' }
  }, gone)
  expect(outcome).toMatchObject({ kind: 'refused', reason: 'media_failed', action: 'upload_again' })
})

test('a channel that breaks after the file was read leaves the message unknown', async () => {
  const there = outgoingWith(async () => new Uint8Array([1, 2, 3]))
  const outcome = await sendThrough(async (message) => {
    await message.media?.read()
    throw new Error('socket hang up')
  }, there)
  expect(outcome.kind).toBe('unknown')
})
