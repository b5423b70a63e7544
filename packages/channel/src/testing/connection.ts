import { expect } from 'vitest'
import type { Session } from '../channel.ts'
import type { MediaKind } from '../capabilities.ts'
import type { OpenRequest } from '../open-request.ts'
import type { OutboundMessage } from '../outbound.ts'
import type { InboundEvent } from '../event.ts'
import type { ChannelHarness } from './harness.ts'

type EventOf<T extends InboundEvent['type']> = Extract<InboundEvent, { type: T }>

/** An open session that remembers what it heard. */
export interface KitConnection {
  readonly session: Session
  readonly heard: readonly InboundEvent[]
  /** Waits for an event of a type that fits; one heard earlier counts too. */
  hear<T extends InboundEvent['type']>(type: T, fits?: (event: EventOf<T>) => boolean): Promise<EventOf<T>>
  /** Rejects the next `count` batches, as a caller whose database is down. */
  rejectNext(count: number): void
}

const usualPatienceMs = 8_000

/** @param patienceMs How long an event may take; more where something slow has to start first. */
export async function connect(
  harness: Pick<ChannelHarness, 'channel' | 'patienceMs'>,
  request: OpenRequest,
  patienceMs = harness.patienceMs ?? usualPatienceMs,
): Promise<KitConnection> {
  const heard: InboundEvent[] = []
  let rejections = 0
  let wake: () => void = () => undefined
  const session = await harness.channel.open(request, async (events) => {
    if (rejections > 0) {
      rejections -= 1
      throw new Error('the caller cannot take events now')
    }
    heard.push(...events)
    wake()
  })
  const waitForMore = (leftMs: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, leftMs))
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  return {
    session,
    heard,
    hear: async (type, fits = () => true) => {
      const deadline = performance.now() + patienceMs
      for (;;) {
        const found = heard.find((event) => event.type === type && fits(event as never))
        if (found) return found as never
        if (performance.now() > deadline) {
          const story = heard.map((event) => event.type).join(', ')
          throw new Error(`heard no such ${type} event; heard: ${story || 'nothing'}`)
        }
        await waitForMore(deadline - performance.now())
      }
    },
    rejectNext: (count) => {
      rejections = count
    },
  }
}

export async function connectLinked(harness: ChannelHarness): Promise<KitConnection> {
  const connection = await connect(harness, harness.linkedSender())
  await connection.hear('state', ({ state }) => state === 'online')
  return connection
}

let messages = 0

export function textTo(to: string, text = 'Halo'): OutboundMessage {
  messages += 1
  return { messageId: `msg_${messages.toString(16).padStart(32, '0')}`, to, text }
}

const fileTypes: Readonly<Record<MediaKind, string>> = {
  image: 'image/jpeg',
  document: 'application/pdf',
  video: 'video/mp4',
  audio: 'audio/ogg',
}

/** A message with a file of a type every channel takes. Audio comes without text: WhatsApp shows none with it. */
export function fileTo(to: string, kind: MediaKind, read: () => Promise<Uint8Array>): OutboundMessage {
  const file = { kind, mimeType: fileTypes[kind], fileName: 'berkas', sizeBytes: 3, fingerprint: kind, read }
  return { ...textTo(to, kind === 'audio' ? '' : 'Halo'), media: file }
}

/** Hears a receipt for a message, by our id where the channel echoes it, else by the channel's. */
export function hearReceipt(
  connection: KitConnection,
  kind: EventOf<'receipt'>['kind'],
  message: OutboundMessage,
  channelMessageId: string | null,
): Promise<EventOf<'receipt'>> {
  return connection.hear(
    'receipt',
    (receipt) =>
      receipt.kind === kind &&
      (receipt.messageId === message.messageId || receipt.channelMessageId === channelMessageId),
  )
}

export async function sendAccepted(connection: KitConnection, message: OutboundMessage): Promise<string> {
  const outcome = await connection.session.send(message)
  expect(outcome).toMatchObject({ kind: 'accepted', channelMessageId: expect.any(String) as string })
  return outcome.kind === 'accepted' ? outcome.channelMessageId : ''
}
