import type { CredentialStore, Egress } from '@siar/channel'
import type { BrowserContext } from 'playwright-core'

/** What a browser is wanted for. */
export interface BrowserRequest {
  readonly senderId: string
  readonly language: string
  readonly timeZone: string
  readonly egress: Egress
  readonly credentials: CredentialStore
  /** Asked right before something is started. */
  readonly mayAct: () => boolean
  /** Ends the wait for a place and the start. */
  readonly signal: AbortSignal
  /** All places are taken; the request waits for its turn. */
  readonly onWaiting: () => void
}

/**
 * What becomes of the profile: `keep` puts it into the archive, `leave` lets it lie for the next start (after a crash),
 * `drop` throws it away.
 */
export type ProfileEnd = 'keep' | 'leave' | 'drop'

/** A browser with one profile, ours alone. */
export interface OpenBrowser {
  readonly context: BrowserContext
  /** Calls once when the process or the connection to it is gone. */
  onLost(listener: () => void): void
  /** Puts a copy of the profile into the archive while the browser runs. @returns false when it changed too fast. */
  archive(): Promise<boolean>
  /** Ends the browser and everything that belongs to it. Idempotent. Never rejects. */
  close(end: ProfileEnd): Promise<void>
}

/** Plain numbers about the browsers of one process. */
export interface BrowserMetrics {
  readonly open: number
  readonly waiting: number
  readonly openMax: number
  readonly started: number
  readonly lost: number
  readonly failedStarts: number
  readonly archives: number
}

export interface BrowserSource {
  /** @throws BrowserUnavailable; nothing is left behind then. */
  open(request: BrowserRequest): Promise<OpenBrowser>
  metrics(): BrowserMetrics
}

/** No browser can be had now; `reason` is a stable code. */
export class BrowserUnavailable extends Error {
  readonly reason: string
  constructor(reason: string, options?: ErrorOptions) {
    super(`No browser: ${reason}`, options)
    this.name = 'BrowserUnavailable'
    this.reason = reason
  }
}

/**
 * Whether a browser went away by itself. Its pages are told of it a moment before the browser is, so the question waits
 * for the rest of what is being told now.
 */
export async function isGone(looksGone: () => boolean): Promise<boolean> {
  await new Promise((resolve) => setImmediate(resolve))
  return looksGone()
}
