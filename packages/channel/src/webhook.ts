/** One thing a webhook told about one account. */
export interface WebhookItem {
  /** The channel's own name of the sender or account the item is for; see `ChannelWebhook.accountsOf`. */
  readonly account: string
  /** Equal for a repetition of the same item, so that it is kept once. At most 200 characters. */
  readonly key: string
  /** Plain JSON, handed to `Session.takeWebhooks` as it is. */
  readonly item: unknown
  /** It may be taken in any order, and twice as once, as receipts may: the server may keep many of them as one. */
  readonly anyOrder?: true
}

/** Names and values in lower case, as an HTTP server gives them; the first value where one came twice. */
export type WebhookHeaders = Readonly<Record<string, string | undefined>>

/**
 * How a channel that is told by HTTP reads what comes. Pure: the server keeps the items before it answers, and gives
 * them to the session of the account in the order they came.
 */
export interface ChannelWebhook {
  /**
   * The names under which items of a sender come: the sender's own, and that of an account it shares with others. An
   * item of a shared account is for each of its senders.
   */
  accountsOf(settings: Readonly<Record<string, unknown>>): readonly string[]
  /**
   * The server on which the names of `accountsOf` mean something, for channels where each sender has its own: items go
   * to senders of the same server only. Without it names are the same everywhere.
   */
  serverOf?(settings: Readonly<Record<string, unknown>>): string | null
  /** The text to answer a subscription handshake with, or null when it is none or its token is wrong. */
  handshake(query: Readonly<Record<string, string>>, secrets: Readonly<Record<string, string>>): string | null
  /** True when the signature over the raw bytes is the account's own. Takes the same time for every wrong one. */
  isAuthentic(
    rawBody: Uint8Array,
    headers: WebhookHeaders,
    secrets: Readonly<Record<string, string>>,
  ): boolean
  /** Cuts a body into items, one body may hold several accounts. @throws WebhookMalformed when it is not this channel's. */
  split(rawBody: Uint8Array): readonly WebhookItem[]
}

/** A body that this channel never sends. `message` never quotes it. */
export class WebhookMalformed extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'WebhookMalformed'
  }
}
