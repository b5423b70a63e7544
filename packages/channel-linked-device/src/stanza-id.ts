/**
 * WhatsApp's id of a message is Siar's own in capitals, so that both lead to each other without a table: `msg_0198…` and
 * `0198…`, 32 hexadecimal digits as Android's ids. Receipts carry it back.
 */
export function stanzaIdOf(messageId: string): string {
  return messageId.slice(messageId.indexOf('_') + 1).toUpperCase()
}

/** @returns Siar's id, or null for a message that Siar did not make. */
export function messageIdOf(stanzaId: string): string | null {
  return /^[0-9A-F]{32}$/.test(stanzaId) ? `msg_${stanzaId.toLowerCase()}` : null
}
