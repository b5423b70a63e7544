import type { SendOutcome } from '@siar/channel'
import { refusalReasons } from '@siar/domain'
import type { RefusalReason } from '@siar/domain'
import type { SendAnswer } from '../page/send-action.ts'

export const retryAfterMs = 2_000

export const notSent = (reason: string): SendOutcome => ({ kind: 'not_sent', reason, retryAfterMs })

export const refused = (reason: RefusalReason): SendOutcome => ({
  kind: 'refused',
  reason,
  action: refusalReasons[reason].action,
})

/** Errors wa-js throws for a message that can never go, before it is queued. */
const ourFaults: ReadonlySet<string> = new Set([
  'file_too_large',
  'invalid_wid',
  'message_key_is_not_from_me',
])

/**
 * How a send ended, by what the page answered.
 *
 * A network error is not an end: WhatsApp Web keeps the message and sends it when it is connected again.
 * Source: `SendMsgResult` of wa-js 4.6.0 and its `sendRawMessage`, which throws only before it queues.
 */
export function outcomeOf(answer: SendAnswer, channelMessageId: string): SendOutcome {
  if (answer.kind === 'threw') {
    if (answer.queued) return { kind: 'unknown', reason: 'page_failed' }
    return ourFaults.has(answer.code) ? refused('bad_request') : notSent('page_refused')
  }
  if (answer.result === 'OK' || (answer.result === null && answer.ack >= 1)) {
    return { kind: 'accepted', channelMessageId }
  }
  if (answer.result === 'ERROR_UPLOAD') return refused('media_failed')
  if (answer.result === 'ERROR_UNKNOWN' && answer.ack < 0) return refused('other')
  return {
    kind: 'unknown',
    reason: answer.result === null ? 'no_ack' : answer.result.toLowerCase().slice(0, 40),
  }
}
