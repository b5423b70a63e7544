import type { Receipt, ReceiptKind } from '@siar/channel'
import { refusalReasons } from '@siar/domain'
import { messageIdOf } from './message-id.ts'

/** Source: `ACK` of wa-js 4.6.0: negative ends are failures, 0 is written, 4 is played, 5 is another device of ours. */
function kindOf(ack: number): ReceiptKind | null {
  if (ack < 0) return 'refused'
  if (ack === 1) return 'accepted'
  if (ack === 2) return 'delivered'
  return ack === 3 || ack === 4 ? 'read' : null
}

/** Why a message failed that the server had taken: the page says no more than its number. */
function refusalOf(ack: number): NonNullable<Receipt['refusal']> {
  const isMedia = ack <= -3 && ack >= -5
  const reason = isMedia ? 'media_failed' : 'undeliverable'
  return { reason, action: refusalReasons[reason].action }
}

/** Receipts of our messages in one report of the page; messages that others wrote are left out. */
export function receiptsOf(ack: number, wireIds: readonly string[], at: Date): Receipt[] {
  const kind = kindOf(ack)
  if (kind === null) return []
  return wireIds.flatMap((channelMessageId) => {
    const messageId = messageIdOf(channelMessageId)
    if (messageId === null) return []
    const receipt: Receipt = { type: 'receipt', channelMessageId, messageId, kind, at }
    return [kind === 'refused' ? { ...receipt, refusal: refusalOf(ack) } : receipt]
  })
}
