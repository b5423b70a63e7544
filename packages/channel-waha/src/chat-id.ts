/** Ids as WAHA writes them: `62…@c.us` a number, `…@lid` a person whose number may be hidden, `…@g.us` a group. */

const personPattern = /^(\d{5,20})(?::\d+)?@(c\.us|s\.whatsapp\.net|lid)$/

/** Where messages to an address of ours go: E.164, or an id of WhatsApp's as it is. */
export function chatIdOf(address: string): string {
  return address.startsWith('+') ? `${address.slice(1)}@c.us` : address
}

/** Our address of a person, or null for groups, channels, statuses and what is none of these. */
export function addressOf(chatId: string): string | null {
  const [, number, server] = personPattern.exec(chatId) ?? []
  if (number === undefined) return null
  return server === 'lid' ? `${number}@lid` : `+${number}`
}

/**
 * The part of a message id that stays the same however its chat is named: `true_62…@c.us_3EB0…` and
 * `true_…@lid_3EB0…` are one message.
 */
export function bareIdOf(messageId: string): string {
  const parts = messageId.split('_')
  return parts.length >= 3 ? (parts[2] ?? messageId) : messageId
}

/** The id as WAHA wants it back for a message of a chat. */
export function fullIdOf(bareId: string, chatId: string, fromMe: boolean): string {
  return bareId.includes('_') ? bareId : `${fromMe}_${chatId}_${bareId}`
}
