/** What a sender's WhatsApp knows about one number. */
export interface Existence {
  /** E.164 with "+", as asked. */
  readonly phone: string
  readonly exists: boolean
  /** Every other address of that person the channel revealed (LID, WhatsApp user id). */
  readonly aliases: readonly string[]
}

export interface Group {
  /** The channel's id. */
  readonly id: string
  readonly name: string
  /** As WhatsApp counts them, with the sender itself. */
  readonly memberCount: number
}

/** A person in a group or an address book; `phone` is null where the channel hides it. */
export interface KnownPerson {
  readonly phone: string | null
  readonly aliases: readonly string[]
  readonly name: string | null
}

/**
 * What a live session can look up. A call the capabilities do not claim answers an empty list.
 *
 * Rejects with `ChannelUnavailable` while the connection is down; safe to ask again.
 */
export interface Directory {
  /** @param phones E.164, at most 50; the caller paces and caches. @returns one answer for each, in the same order. */
  exists(phones: readonly string[], signal?: AbortSignal): Promise<readonly Existence[]>
  groups(signal?: AbortSignal): Promise<readonly Group[]>
  /** Everybody in a group but the sender itself. */
  groupMembers(groupId: string, signal?: AbortSignal): Promise<readonly KnownPerson[]>
  /** Whom the owner has saved, without the sender itself. */
  addressBook(signal?: AbortSignal): Promise<readonly KnownPerson[]>
}

/** A question that could not be put now; nothing was changed. `reason` is a stable code, never a text with numbers. */
export class ChannelUnavailable extends Error {
  readonly reason: string
  constructor(reason: string, options?: ErrorOptions) {
    super(`The channel cannot answer now: ${reason}`, options)
    this.name = 'ChannelUnavailable'
    this.reason = reason
  }
}
