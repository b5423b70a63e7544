import type { SendOutcome } from '@siar/channel'
import { refusalReasons } from '@siar/domain'
import type { RefusalAction, RefusalReason } from '@siar/domain'
import type { GraphError } from './graph-error.ts'

export interface Refusal {
  readonly reason: RefusalReason
  readonly action: RefusalAction
  readonly retryAfterMs?: number
}

const reasonsByCode: Readonly<Record<number, RefusalReason>> = {
  1: 'service_failed',
  2: 'service_failed',
  3: 'permission_missing',
  4: 'service_busy',
  10: 'permission_missing',
  33: 'sender_not_ready',
  100: 'bad_request',
  190: 'sender_signed_out',
  368: 'account_stopped',
  613: 'service_busy',
  80007: 'service_busy',
  130429: 'sender_too_fast',
  130472: 'held_for_study',
  130497: 'account_stopped',
  131000: 'service_failed',
  131005: 'permission_missing',
  131008: 'bad_request',
  131009: 'bad_request',
  131016: 'service_failed',
  131021: 'undeliverable',
  131026: 'undeliverable',
  131031: 'account_stopped',
  131037: 'sender_not_ready',
  131042: 'payment_needed',
  131045: 'sender_not_ready',
  131047: 'window_closed',
  131048: 'spam_limited',
  131049: 'healthy_ecosystem',
  131050: 'opted_out',
  131051: 'not_supported',
  131052: 'media_failed',
  131053: 'media_failed',
  131056: 'person_too_fast',
  131057: 'service_busy',
  131062: 'undeliverable',
  132000: 'template_rejected',
  132001: 'template_rejected',
  132005: 'template_rejected',
  132007: 'template_rejected',
  132012: 'template_rejected',
  132015: 'template_rejected',
  132016: 'template_rejected',
  132018: 'template_rejected',
  132068: 'template_rejected',
  132069: 'template_rejected',
  133010: 'sender_not_ready',
  135000: 'bad_request',
}

/** How long to wait where the answer does not say; ms. Source: channels.md §1. */
const waitsByCode: Readonly<Record<number, number>> = {
  4: 60_000,
  613: 60_000,
  80007: 60_000,
  130429: 1_000,
  131056: 4_000,
  131057: 60_000,
}

/** The object a call names does not exist or may not be seen: the ids of the sender are wrong, not the message. */
const unknownObject = 33

function reasonOf({
  code,
  subcode,
  httpStatus,
}: Pick<GraphError, 'code' | 'subcode' | 'httpStatus'>): RefusalReason {
  if (code === 100 && subcode === unknownObject) return 'permission_missing'
  const known = code === null ? undefined : reasonsByCode[code]
  if (known !== undefined) return known
  if (code !== null && code >= 200 && code <= 299) return 'permission_missing'
  if (httpStatus === 401) return 'sender_signed_out'
  if (httpStatus === 429) return 'sender_too_fast'
  return httpStatus >= 500 ? 'service_failed' : 'other'
}

/**
 * What a refusal of Meta means and what is done about it, by its code (and by `error_subcode` where one code means two
 * things). Pure. Source: channels.md §1 and Meta's list of error codes.
 */
export function refusalOf(error: Omit<GraphError, 'details' | 'sentence'>): Refusal {
  const reason = reasonOf(error)
  const waitMs = error.retryAfterMs ?? (error.code === null ? undefined : waitsByCode[error.code])
  return {
    reason,
    action: refusalReasons[reason].action,
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  }
}

/** The end of a send that Meta answered with an error. An answer that is none of Meta's tells nothing. */
export function refusedOutcome(error: GraphError): SendOutcome {
  const isForeign =
    error.code === null && error.httpStatus < 500 && error.httpStatus !== 401 && error.httpStatus !== 429
  if (isForeign) return { kind: 'unknown', reason: 'unexpected_answer' }
  return { kind: 'refused', ...refusalOf(error) }
}
