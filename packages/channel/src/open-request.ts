/** The way a session leaves this machine. An adapter uses it for every connection and file, or does not connect at all. */
export type Egress =
  | { readonly kind: 'direct' }
  | {
      readonly kind: 'proxy'
      /** `http://user:password@host:port`, `https://…` or `socks5://…`; never logged. */
      readonly url: string
    }

/**
 * The keys and state of one sender's connection, encrypted at rest and written under the lease of its owner.
 *
 * Keys are at most 200 characters of `[A-Za-z0-9._:@-]`. Writes and reads may run at once; each `write` is atomic, later
 * ones win. `write` rejects once another process may own the sender: the adapter then ends its session.
 */
export interface CredentialStore {
  /** @returns the values that exist, by key. */
  read(keys: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>
  /** All entries or none; null removes a key. */
  write(entries: ReadonlyMap<string, Uint8Array | null>): Promise<void>
  /** Forgets everything; only after a real log-out. */
  clear(): Promise<void>
}

/** How a sender without credentials is linked. */
export type PairingWish = { readonly by: 'qr' } | { readonly by: 'code'; readonly phone: string }

export interface OpenRequest {
  readonly senderId: string
  /** The sender's own number when it is known (E.164); pairing may reveal it later. */
  readonly phone: string | null
  /** Settings of the sender; an adapter reads its own part and has a schema for it. */
  readonly settings: Readonly<Record<string, unknown>>
  /** What a person entered and nobody may read back (tokens, keys), decrypted; never logged. */
  readonly secrets: Readonly<Record<string, string>>
  readonly egress: Egress
  readonly credentials: CredentialStore
  readonly pairing: PairingWish
  /**
   * Asked right before a message or a connection leaves this machine, however long it waited for its turn: false once
   * another process may hold the session. What has not left by then ends as `not_sent`.
   */
  readonly mayAct?: () => boolean
}
