import type { RefusalReason } from '@siar/domain'
import { GraphFault, faults } from './graph-fault.ts'

const codes: Readonly<Partial<Record<RefusalReason, number>>> = {
  not_on_whatsapp: 131026,
  undeliverable: 131026,
  blocked_by_person: 131026,
  opted_out: 131050,
  healthy_ecosystem: 131049,
  person_too_fast: 131056,
  window_closed: 131047,
  media_failed: 131053,
  sender_too_fast: 130429,
  new_chats_locked: 131048,
  spam_limited: 131048,
  template_rejected: 132015,
  sender_signed_out: 190,
  sender_banned: 131031,
  account_stopped: 131031,
  payment_needed: 131042,
  sender_not_ready: 133010,
  permission_missing: 10,
  held_for_study: 130472,
  service_busy: 131057,
  service_failed: 131000,
  not_supported: 131051,
  bad_request: 100,
}

/** The code Meta would name for a reason of the network; a reason that is a code already stays it. */
export function codeOfReason(reason: string): number {
  if (/^\d{1,7}$/.test(reason)) return Number(reason)
  return codes[reason as RefusalReason] ?? 131000
}

/** Meta's answer to a call that the network refuses. */
export function faultOfReason(reason: string): GraphFault {
  const code = codeOfReason(reason)
  if (code === 190) return faults.badToken()
  if (code === 131031) return faults.locked()
  const status = code === 130429 ? 429 : code === 131000 || code === 131057 ? 500 : 400
  return new GraphFault(status, code, 'The message was refused', { details: `Refused with ${code}` })
}
