const lengthMax = 500

/**
 * The id of a message as it is kept. A person's own program may choose it: PostgreSQL keeps no zero byte in a text, and an
 * index no text of any length.
 */
export function boundId(channelMessageId: string): string {
  return channelMessageId.replaceAll('\0', '').slice(0, lengthMax)
}
