import type { RefusalReason } from '@siar/domain'

/** How the server says no to a message, by `error` of its acknowledgement. */
const codes: Readonly<Partial<Record<RefusalReason, string>>> = {
  new_chats_locked: '463',
  bad_request: '479',
  not_supported: '488',
  sender_too_fast: '429',
  person_too_fast: '429',
  spam_limited: '429',
  not_on_whatsapp: '404',
  undeliverable: '403',
  blocked_by_person: '403',
  service_failed: '500',
  service_busy: '503',
}

export function nackCodeOf(reason: string): string {
  return codes[reason as RefusalReason] ?? '406'
}
