/** Engines of WAHA that differ in what they answer and tell. */
export type WahaEngine = 'NOWEB' | 'WEBJS' | 'GOWS'

export interface WahaBehaviour {
  readonly engine: WahaEngine
  /** How people are named in what comes: by their numbers, or by hidden ids. */
  readonly addressing: 'phone' | 'lid'
  /** Older versions try a webhook once, whatever its retries say. */
  readonly sendsWebhooksOnce: boolean
  /** Older versions send neither the id nor the time of an event, nor the source of a message. */
  readonly isPlain: boolean
  /** How long a second of a webhook's retry pauses takes, ms. */
  readonly retrySecondMs: number
  /** How long a call waits for its session to work before it is refused, ms. */
  readonly statusWaitMs: number
  readonly version: string
}

export const defaultBehaviour: WahaBehaviour = {
  engine: 'GOWS',
  addressing: 'phone',
  sendsWebhooksOnce: false,
  isPlain: false,
  retrySecondMs: 1_000,
  statusWaitMs: 5_000,
  version: '2026.7.1',
}
