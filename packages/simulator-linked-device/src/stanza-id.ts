/**
 * A stanza's id is Siar's message id in another dress where a client follows its form (32 capital hexadecimal digits), so
 * that the record of frames names messages as Siar does. Any other id stands for itself.
 */
export function messageIdOf(stanzaId: string): string {
  return /^[0-9A-F]{32}$/.test(stanzaId) ? `msg_${stanzaId.toLowerCase()}` : stanzaId
}

export function stanzaIdOf(messageId: string): string {
  return /^msg_[0-9a-f]{32}$/.test(messageId) ? messageId.slice(4).toUpperCase() : messageId
}

/** The stanza's id for the id the network gave a message; incoming messages keep the network's own. */
export function stanzaIdOfNetwork(channelMessageId: string): string {
  return channelMessageId.startsWith('SIM-msg_') ? stanzaIdOf(channelMessageId.slice(4)) : channelMessageId
}
