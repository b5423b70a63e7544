import type { Harm } from './guardian.ts'
import type { RefusalReason } from './refusal.ts'

/**
 * Which harm a refusal is, if any.
 *
 * `refused`: the person or WhatsApp turned this message or number away. `wrong_number` counts apart: it says that the
 * list is bad, not the message, it is far more frequent, and writing to many such numbers is what gets linked numbers
 * restricted (channels.md §2). `opted_out` is an opt-out like one by keyword. The rest is no sign of harm: what is held
 * back for a while (`healthy_ecosystem`, `person_too_fast`), what is our own doing (`window_closed`, `media_failed`,
 * `not_supported`, `bad_request`), what the connection did, and what halts at its first hit anyway.
 */
export const harmOfRefusal: Readonly<Record<RefusalReason, Harm | null>> = {
  blocked_by_person: 'refused',
  undeliverable: 'refused',
  other: 'refused',
  not_on_whatsapp: 'wrong_number',
  opted_out: 'opt_out',
  healthy_ecosystem: null,
  person_too_fast: null,
  window_closed: null,
  sender_not_ready: null,
  permission_missing: null,
  payment_needed: null,
  held_for_study: null,
  media_failed: null,
  sender_too_fast: null,
  new_chats_locked: null,
  spam_limited: null,
  template_rejected: null,
  sender_signed_out: null,
  sender_banned: null,
  account_stopped: null,
  not_connected: null,
  service_busy: null,
  service_failed: null,
  not_supported: null,
  bad_request: null,
}

/** The same for a stored reason, which may be one that Siar has no name for: then it was turned away. */
export function findHarmOfReason(reason: string | null): Harm | null {
  if (reason === null) return null
  return Object.hasOwn(harmOfRefusal, reason) ? harmOfRefusal[reason as RefusalReason] : 'refused'
}
