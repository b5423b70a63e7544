/** What WhatsApp Web itself puts in front of ids it makes. */
const webMark = '3EB0'

/** The id a message of ours has on the wire: reversible, so that receipts are known after a restart too. */
export function wireIdOf(messageId: string): string {
  const [, hex] = /^msg_([0-9a-f]{32})$/.exec(messageId) ?? []
  if (hex === undefined) throw new RangeError('not an id of a message')
  return `${webMark}${hex.toUpperCase()}`
}

/** Siar's id behind an id on the wire; null for messages that others wrote. */
export function messageIdOf(wireId: string): string | null {
  const [, hex] = /^3EB0([0-9A-F]{32})$/.exec(wireId) ?? []
  return hex === undefined ? null : `msg_${hex.toLowerCase()}`
}
