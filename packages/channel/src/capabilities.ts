/** Kinds of file a message may carry. */
export const mediaKinds = ['image', 'document', 'video', 'audio'] as const

export type MediaKind = (typeof mediaKinds)[number]

/** What a channel can do, as data; callers ask before they call, so nothing fails with "not implemented". */
export interface ChannelCapabilities {
  readonly text: true
  readonly media: readonly MediaKind[]
  /** The largest file of each kind in `media`, bytes. */
  readonly mediaBytesMax: Readonly<Partial<Record<MediaKind, number>>>
  /** Answer buttons a free-form message may carry; 0 where the channel shows none. */
  readonly buttonsMax: number
  /** A free-form message may carry one button that opens a page (`OutboundMessage.link`). */
  readonly linkButton: boolean
  /** Rows of a list to choose from that a free-form message may carry (`OutboundMessage.list`); 0 where there is none. */
  readonly listRowsMax: number
  /** `required_outside_window`: a person who has not written for 24 hours can only be sent an approved template. */
  readonly templates: 'none' | 'required_outside_window'
  /** Receipts carry the id that Siar made, so an ambiguous send can be settled. */
  readonly echoesOurId: boolean
  /** A second send with the same id is shown to the person once; only then may a lost attempt be sent again. */
  readonly dedupesOurId: boolean
  /** `answers_only`: shown only to a person who wrote before. */
  readonly typing: boolean | 'answers_only'
  readonly pairing: readonly ('qr' | 'code')[]
  /** Official or simulated channels accept many messages at once; the others are sent one by one. */
  readonly sends: 'batched' | 'one_by_one'
  /** Sends in flight at once for `batched` channels, 1–1,000. */
  readonly concurrencyMax: number
  /** `Session.directory.exists` answers. */
  readonly checksExistence: boolean
  /** `Session.directory` lists groups with their members. */
  readonly groups: boolean
  /** `Session.directory` lists the sender's own address book. */
  readonly addressBook: boolean
  /** Events arrive as webhooks (`Channel.webhook`) instead of over a connection of the session's own. */
  readonly webhooks: boolean
}
