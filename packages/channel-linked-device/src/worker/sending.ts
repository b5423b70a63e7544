import type { WASocket, proto } from 'baileys'
import type { SendOutcome } from '@siar/channel'
import { refusalReasons } from '@siar/domain'
import type { RefusalReason } from '@siar/domain'
import { jidOf } from '../address.ts'
import { stanzaIdOf } from '../stanza-id.ts'
import type { Acknowledgements } from './acknowledgements.ts'
import { BoundedCache } from './bounded-cache.ts'
import type { ExistenceCheck } from './existence.ts'
import { NotLeft } from './frame-gate.ts'
import type { FrameGate, Leaving } from './frame-gate.ts'
import { uploadFile } from './media-host.ts'
import type { MediaHostOptions, Uploaded } from './media-host.ts'
import { composeMessage } from './outbound-message.ts'
import type { PlainMessage } from './outbound-message.ts'
import type { SentMessages } from './sent-messages.ts'

const notConnectedRetryMs = 2_000
const uploadedMax = 50
/** Files stay on WhatsApp's hosts for longer; a day is enough for a campaign. */
const uploadedMs = 20 * 3_600_000

/** What one connection of a session can send with. */
export interface Line {
  readonly socket: WASocket
  readonly gate: FrameGate
  readonly media: MediaHostOptions
}

export interface SendingParts {
  readonly acknowledgements: Acknowledgements
  readonly existence: ExistenceCheck
  readonly sent: SentMessages
  readonly mayAct: () => boolean
  readonly readMedia: (sendId: string) => Promise<Uint8Array>
  readonly ackTimeoutMs: number
}

function refused(reason: RefusalReason): SendOutcome {
  return { kind: 'refused', reason, action: refusalReasons[reason].action }
}

function notSent(reason: string, retryAfterMs = notConnectedRetryMs): SendOutcome {
  return { kind: 'not_sent', reason, retryAfterMs }
}

/** What it means that nothing left. */
function endOf(error: unknown): SendOutcome {
  if (error instanceof NotLeft) return notSent(error.reason)
  const status = (error as { output?: { statusCode?: number } }).output?.statusCode
  const message = error instanceof Error ? error.message : ''
  if (message.includes('All encryptions failed') || status === 404) return refused('undeliverable')
  if (status === 429) return refused('sender_too_fast')
  return notSent('not_connected')
}

/** Sends messages of one session, over whichever line it has. */
export class Sending {
  private readonly parts: SendingParts
  private readonly uploaded = new BoundedCache<Uploaded>(uploadedMax, uploadedMs)

  constructor(parts: SendingParts) {
    this.parts = parts
  }

  async send(
    line: Line | null,
    message: PlainMessage,
    sendId: string,
    signal: AbortSignal,
  ): Promise<SendOutcome> {
    const jid = jidOf(message.to)
    if (jid === null) return refused('bad_request')
    if (line === null) return notSent('not_connected')
    const hindrance = this.hindrance(signal)
    if (hindrance !== null) return notSent(hindrance)
    try {
      const { socket } = line
      if (message.to.startsWith('+') && !(await this.parts.existence.exists(socket, message.to))) {
        return refused('not_on_whatsapp')
      }
      const file = message.media ? await this.upload(line, message, sendId, signal) : null
      if (file === 'refused') return refused('media_failed')
      if (file === 'unreachable') return notSent('media_unreachable')
      return await this.relay(line, message, jid, composeMessage(message, jid, file), signal)
    } catch (error) {
      return endOf(error)
    }
  }

  private hindrance(signal: AbortSignal): string | null {
    if (signal.aborted) return 'gave_up_waiting'
    return this.parts.mayAct() ? null : 'not_the_owner'
  }

  /** Uploads a file once for all who get it. */
  private async upload(
    { media }: Line,
    message: PlainMessage,
    sendId: string,
    signal: AbortSignal,
  ): Promise<Uploaded | 'refused' | 'unreachable'> {
    const { kind, fingerprint } = message.media ?? { kind: 'document', fingerprint: '' }
    const key = `${kind}/${fingerprint}`
    const known = this.uploaded.get(key)
    if (known) return known
    const end = await uploadFile(media, await this.parts.readMedia(sendId), kind, signal)
    if (end.kind !== 'uploaded') return end.kind
    this.uploaded.set(key, end.file)
    return end.file
  }

  /** Seals, keeps the keys and the message, lets the frame go, and waits for the server's word. */
  private async relay(
    { socket, gate }: Line,
    message: PlainMessage,
    jid: string,
    content: proto.IMessage,
    signal: AbortSignal,
  ): Promise<SendOutcome> {
    const stanzaId = stanzaIdOf(message.messageId)
    const leaving: Leaving = { stanzaId, hasLeft: false, hindrance: () => this.hindrance(signal) }
    gate.expect(leaving)
    const word = this.parts.acknowledgements.wait(stanzaId, this.parts.ackTimeoutMs, signal)
    try {
      await socket.authState.keys.transaction(async () => {
        await this.parts.sent.keep(stanzaId, content)
        await socket.relayMessage(jid, content, { messageId: stanzaId })
      }, socket.authState.creds.me?.id ?? '')
      gate.release(stanzaId)
    } catch (error) {
      gate.drop(stanzaId)
      this.parts.acknowledgements.take(stanzaId, undefined)
      if (!leaving.hasLeft) return endOf(error)
    }
    const end = await word
    if (!leaving.hasLeft) {
      gate.drop(stanzaId)
      return notSent('connection_lost')
    }
    if (end.kind === 'accepted') return { kind: 'accepted', channelMessageId: stanzaId }
    if (end.kind === 'refused') return { kind: 'refused', ...end.refusal }
    return { kind: 'unknown', reason: end.reason }
  }
}
