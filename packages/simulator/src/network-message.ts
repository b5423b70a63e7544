import type { OutboundMessage, ReceiptPricing } from '@siar/channel'
import type { RefusalAction } from '@siar/domain'

/** A message as a stand-in server hands it to the network, with what its vendor would add. */
export interface NetworkMessage extends OutboundMessage {
  /** The id the vendor gave it; the network makes one otherwise. */
  readonly channelMessageId?: string
  /** Comes with the receipts that tell what a message is charged as. */
  readonly pricing?: ReceiptPricing
  /** Taken at first, refused later: the refusal comes as a receipt, and nobody sees the message. */
  readonly refusal?: { readonly reason: string; readonly action: RefusalAction }
}

/** The channel's id of a message of an official account that an earlier network has shown. It names the person. */
export function officialIdOf(to: string, messageId: string): string {
  return `wamid.${Buffer.from(`${to}/${messageId}`).toString('base64url')}`
}

/** The person an official id names, or null for an id of another make. */
export function personOfOfficialId(channelMessageId: string): string | null {
  if (!channelMessageId.startsWith('wamid.')) return null
  const text = Buffer.from(channelMessageId.slice(6), 'base64url').toString()
  const end = text.indexOf('/')
  return end > 0 ? text.slice(0, end) : null
}
