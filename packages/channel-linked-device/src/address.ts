import { jidDecode } from 'baileys'

/**
 * The wire's address of a person.
 *
 * @param to E.164 with "+", or a LID (`123…@lid`). @returns null for anything else.
 */
export function jidOf(to: string): string | null {
  if (/^\+\d{5,15}$/.test(to)) return `${to.slice(1)}@s.whatsapp.net`
  return /^\d{5,20}@lid$/.test(to) ? to : null
}

/** E.164 with "+" for a number's address; null for a LID, a group or anything else. */
export function phoneOf(jid: string | null | undefined): string | null {
  const decoded = jidDecode(jid ?? undefined)
  return decoded?.server === 's.whatsapp.net' && /^\d{5,15}$/.test(decoded.user) ? `+${decoded.user}` : null
}

/** `123…@lid` without a device; null for anything else. */
export function lidOf(jid: string | null | undefined): string | null {
  const decoded = jidDecode(jid ?? undefined)
  return decoded?.server === 'lid' ? `${decoded.user}@lid` : null
}
