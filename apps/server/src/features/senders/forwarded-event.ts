import type { InboundEvent, NewChatsLock, NumberStanding, SessionNote } from '@siar/channel'

/** What a channel says about the number itself. */
export type SenderNews = NumberStanding | NewChatsLock | SessionNote

/** What a session tells about messages and people; what it tells about itself is handled by the manager. */
export type ForwardedEvent = Exclude<InboundEvent, SenderNews | { type: 'state' | 'pairing' }>

export function isNews(event: InboundEvent): event is SenderNews {
  return event.type === 'standing' || event.type === 'new_chats_lock' || event.type === 'note'
}

/** What the manager leaves to others. */
export function isForwarded(event: InboundEvent): event is ForwardedEvent {
  return event.type !== 'state' && event.type !== 'pairing' && !isNews(event)
}
