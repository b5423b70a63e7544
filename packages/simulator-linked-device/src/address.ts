import { jidDecode } from 'baileys'
import { hiddenIdOf, phoneOfHiddenId } from '@siar/simulator'

/** How the wire names one number: `6281…@s.whatsapp.net`, with `:3` for its third device. @param phone E.164 with "+". */
export function numberJid(phone: string, device = 0): string {
  return `${phone.slice(1)}${device === 0 ? '' : `:${device}`}@s.whatsapp.net`
}

/** How the wire names one number without showing it. */
export function lidJid(phone: string, device = 0): string {
  return device === 0 ? hiddenIdOf(phone) : hiddenIdOf(phone).replace('@', `:${device}@`)
}

/** The number behind an address of either kind, or null where it is none of a person. */
export function phoneOf(jid: string | undefined): string | null {
  const decoded = jidDecode(jid)
  if (!decoded || !/^\d{5,15}$/.test(decoded.user)) return null
  if (decoded.server === 'lid') return phoneOfHiddenId(`${decoded.user}@lid`)
  return decoded.server === 's.whatsapp.net' ? `+${decoded.user}` : null
}
