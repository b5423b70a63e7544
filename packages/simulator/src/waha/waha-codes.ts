import type { WahaEngine } from './waha-options.ts'

/** What WhatsApp's server answers for each reason of ours. Source: engines.md §2–3. */
const codeOfReason: Readonly<Record<string, number>> = {
  new_chats_locked: 463,
  sender_too_fast: 429,
  not_on_whatsapp: 404,
  undeliverable: 479,
  spam_limited: 403,
  service_busy: 503,
  sender_signed_out: 401,
  blocked_by_person: 406,
}

export function serverCodeOf(reason: string): number {
  return codeOfReason[reason] ?? 405
}

/**
 * The words an engine throws at once for a refusal, or null where it learns of it only later: NOWEB writes and goes on.
 */
export function wordsOfRefusal(engine: WahaEngine, reason: string, chatId: string): string | null {
  if (reason === 'sender_too_fast') return engine === 'GOWS' ? 'server returned error 429' : 'rate-overlimit'
  if (engine === 'NOWEB') return null
  if (reason === 'not_on_whatsapp') {
    const number = chatId.split('@')[0] ?? ''
    return engine === 'WEBJS' ? 'No LID for user' : `no LID found for ${number}@s.whatsapp.net from server`
  }
  return `server returned error ${serverCodeOf(reason)}`
}

export const ackNames: Readonly<Record<number, string>> = {
  [-1]: 'ERROR',
  0: 'PENDING',
  1: 'SERVER',
  2: 'DEVICE',
  3: 'READ',
  4: 'PLAYED',
}
