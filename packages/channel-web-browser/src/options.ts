/** How long the channel waits for what; all in milliseconds. */
export interface Patience {
  /** For a document and its scripts until wa-js is ready. */
  readonly readyMs: number
  /** For the server's ack of one message; after it the message is `unknown`. */
  readonly ackMs: number
  /** For the answer to a question. */
  readonly answerMs: number
  /** For a connection that broke to come back by itself, before the browser is started anew. */
  readonly offlineMs: number
  /** For a browser to end by itself. */
  readonly closeMs: number
  /** From coming online to the first archive of the profile, and between archives. */
  readonly firstArchiveMs: number
  readonly archiveMs: number
  /** Pauses before a browser is started again, the last one again and again; each is varied by up to a half. */
  readonly backoffMs: readonly number[]
}

export const defaultPatience: Patience = {
  readyMs: 120_000,
  ackMs: 60_000,
  answerMs: 30_000,
  offlineMs: 180_000,
  closeMs: 15_000,
  firstArchiveMs: 60_000,
  archiveMs: 3_600_000,
  backoffMs: [1_000, 3_000, 10_000, 30_000, 60_000, 300_000],
}
