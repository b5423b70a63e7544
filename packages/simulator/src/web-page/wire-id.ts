/** WhatsApp Web's mark in front of the ids it makes. */
const webMark = '3EB0'

/**
 * Siar's id of a message whose id on the wire is `3EB0` and the 32 hex digits of `msg_…`; any other id stays as it is.
 */
export function siarIdOf(wireId: string): string {
  const [, hex] = /^3EB0([0-9A-F]{32})$/.exec(wireId) ?? []
  return hex === undefined ? wireId : `msg_${hex.toLowerCase()}`
}

export function wireIdOf(messageId: string): string {
  return messageId.startsWith('msg_') ? `${webMark}${messageId.slice(4).toUpperCase()}` : messageId
}

/** `+62812…` or a WhatsApp id as a page writes it. */
export function widOf(address: string): string {
  return address.startsWith('+') ? `${address.slice(1)}@c.us` : address
}

export function addressOf(wid: string): string {
  return wid.endsWith('@c.us') ? `+${wid.slice(0, -'@c.us'.length)}` : wid
}

/** The page's key of a message in a chat, by the network's id of it. */
export function keyOf(side: 'in' | 'out', chat: string, networkId: string): string {
  return `${side === 'out'}_${widOf(chat)}_${networkId.replaceAll(/[^A-Za-z0-9-]/g, '-')}`
}
