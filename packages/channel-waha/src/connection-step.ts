import type { InboundEvent, OpenRequest, Outbox, SessionState } from '@siar/channel'
import type { WantedConfig } from './session-config.ts'
import type { WahaApi } from './waha-api.ts'

/** How often things are asked that no webhook told of. */
export interface ConnectionTimes {
  /** While all is well. */
  readonly calmMs: number
  /** While something is about to change. */
  readonly busyMs: number
  /** Pauses after failures, the last one for all further ones. */
  readonly retryMs: readonly number[]
}

export const defaultTimes: ConnectionTimes = {
  calmMs: 15_000,
  busyMs: 1_500,
  retryMs: [2_000, 10_000, 60_000, 300_000],
}

/** What one look at the session led to. */
export type Step =
  | {
      readonly state: SessionState['state']
      readonly reason: string | null
      readonly again: 'calm' | 'busy' | 'retry'
    }
  /** Nothing to tell yet. */
  | { readonly again: 'busy' | 'retry' }
  /** The session is over. What is not sure counts when the next look finds the same. */
  | {
      readonly over: 'logged_out' | 'banned' | 'offline'
      readonly reason: string
      readonly isSure: boolean
    }

export interface ConnectionContext {
  readonly api: WahaApi
  readonly request: OpenRequest
  readonly outbox: Outbox<InboundEvent>
  /** Null for an egress WAHA cannot use: the session must not run. */
  readonly wanted: WantedConfig | null
  readonly times: ConnectionTimes
  readonly now: () => Date
}

export function retryDelayMs({ retryMs, calmMs }: ConnectionTimes, failures: number): number {
  return retryMs[Math.min(failures, retryMs.length) - 1] ?? calmMs
}
