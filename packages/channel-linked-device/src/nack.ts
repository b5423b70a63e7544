import { refusalReasons } from '@siar/domain'
import type { RefusalAction, RefusalReason } from '@siar/domain'

/**
 * What the server means by the `error` of its acknowledgement.
 *
 * 463: new chats are locked (or the person's privacy token is missing); asking again makes it worse. 479: the stanza does
 * not fit the server's rules. Others as HTTP uses them. Source: `SERVER_ERROR_CODES` of Baileys, engines of others.
 */
const reasons: Readonly<Record<string, RefusalReason>> = {
  '400': 'bad_request',
  '401': 'undeliverable',
  '403': 'undeliverable',
  '404': 'not_on_whatsapp',
  '420': 'bad_request',
  '421': 'bad_request',
  '429': 'sender_too_fast',
  '463': 'new_chats_locked',
  '479': 'bad_request',
  '488': 'not_supported',
  '500': 'service_failed',
  '503': 'service_busy',
}

export interface Refusal {
  readonly reason: RefusalReason
  readonly action: RefusalAction
}

export function refusalOf(error: string): Refusal {
  const reason = reasons[error] ?? 'other'
  return { reason, action: refusalReasons[reason].action }
}
