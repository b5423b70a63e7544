import type { OutboundMessage, SendOutcome } from '@siar/channel'
import { refusalReasons } from '@siar/domain'
import type { RefusalReason } from '@siar/domain'
import { addressOf, bareIdOf } from './chat-id.ts'
import type { Connection } from './connection.ts'
import { CallFailed } from './http-caller.ts'
import type { OpenAttempts, RunningAttempt } from './open-attempts.ts'
import { composeMessage } from './outgoing.ts'
import type { WahaMessage } from './outgoing.ts'
import type { People } from './people.ts'
import type { RecentMap } from './recent-map.ts'
import { readRefusal } from './refusals.ts'
import { AnswerRefused, parseBody } from './waha-api.ts'
import type { WahaApi } from './waha-api.ts'
import type { HttpAnswer } from './http-caller.ts'
import { idOfSent } from './waha-shapes.ts'

export interface SenderContext {
  readonly api: WahaApi
  readonly connection: Connection
  readonly people: People
  readonly attempts: OpenAttempts
  readonly wholeIds: RecentMap<string>
  readonly sendTimeoutMs: number
  readonly mayAct: () => boolean
}

const retryAfterMs = 5_000

function refused(reason: RefusalReason): SendOutcome {
  return { kind: 'refused', reason, action: refusalReasons[reason].action }
}

function notSent(reason: string): SendOutcome {
  return { kind: 'not_sent', reason, retryAfterMs }
}

/** Hands messages to WAHA, one call each. */
export class Sender {
  private readonly context: SenderContext

  constructor(context: SenderContext) {
    this.context = context
  }

  async send(message: OutboundMessage, signal?: AbortSignal): Promise<SendOutcome> {
    const { connection, people, mayAct } = this.context
    const ending = connection.ending()
    if (ending !== null) return refused(ending === 'banned' ? 'sender_banned' : 'sender_signed_out')
    if (!connection.isOnline() || !mayAct() || signal?.aborted === true) return notSent('not_connected')
    try {
      const destination = await people.destinationOf(message.to, signal)
      if (destination === null) return refused('not_on_whatsapp')
      const quotedId = this.context.wholeIds.find(message.inReplyTo ?? '')
      const composed = await composeMessage(message, destination.chatId, quotedId)
      return await this.attempt(message, composed, destination.chatId, signal)
    } catch (error) {
      return this.endOfLookUp(error)
    }
  }

  /** The message itself has not left: only whether the person exists was asked. */
  private endOfLookUp(error: unknown): SendOutcome {
    if (error instanceof CallFailed) {
      if (error.reason !== 'gave_up_waiting') this.context.connection.wake()
      return notSent(error.reason)
    }
    if (!(error instanceof AnswerRefused)) throw error
    this.context.connection.wake()
    if (error.status === 401 || error.status === 403) return refused('sender_signed_out')
    return refused(error.status === 429 ? 'service_busy' : 'not_connected')
  }

  private async attempt(
    message: OutboundMessage,
    composed: WahaMessage,
    chatId: string,
    signal: AbortSignal | undefined,
  ): Promise<SendOutcome> {
    const { attempts, api, sendTimeoutMs, connection } = this.context
    const to = message.to.startsWith('+') ? message.to : (addressOf(chatId) ?? chatId)
    const likeness = {
      to,
      text: 'caption' in composed.body || !message.media ? message.text : '',
      hasMedia: message.media !== undefined,
    }
    const attempt = await attempts.begin(message.messageId, likeness).catch(() => null)
    if (attempt === null) {
      connection.close()
      return notSent('not_connected')
    }
    try {
      const answer = await api.send(composed.path, composed.body, sendTimeoutMs, signal)
      return this.outcomeOf(answer, attempt)
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error
      if (error.nothingLeft) attempt.dropped()
      else attempt.lost()
      if (error.reason !== 'gave_up_waiting') connection.wake()
      return error.nothingLeft ? notSent(error.reason) : { kind: 'unknown', reason: error.reason }
    }
  }

  private outcomeOf(answer: HttpAnswer, attempt: RunningAttempt): SendOutcome {
    const body = parseBody(answer)
    if (answer.status >= 200 && answer.status < 300) {
      const id = idOfSent(body)
      if (id === null) {
        attempt.lost()
        return { kind: 'unknown', reason: 'answer_without_id' }
      }
      attempt.accepted(bareIdOf(id))
      return { kind: 'accepted', channelMessageId: bareIdOf(id) }
    }
    const refusal = readRefusal(answer.status, body)
    if (refusal.kind === 'uncertain') {
      attempt.lost()
      return { kind: 'unknown', reason: 'service_failed' }
    }
    attempt.dropped()
    this.lookAfter(refusal.reason)
    return refused(refusal.reason)
  }

  private lookAfter(reason: RefusalReason): void {
    const { connection } = this.context
    if (reason === 'service_busy') connection.unstick()
    else if (reason === 'not_connected' || reason === 'sender_signed_out') connection.wake()
  }
}
