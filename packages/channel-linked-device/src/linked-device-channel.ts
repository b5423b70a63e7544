import type { Channel, Session } from '@siar/channel'
import type { BackoffLimits } from './backoff.ts'
import { capabilitiesOf } from './capabilities.ts'
import { createConnectLimiter } from './connect-limiter.ts'
import { RemoteSession } from './remote-session.ts'
import { parseLinkedDeviceSettings } from './settings.ts'
import { WorkerPool } from './worker-pool.ts'
import type { PoolLimits } from './worker-pool.ts'
import type { StandIn } from './worker/session-settings.ts'

export interface LinkedDeviceOptions {
  /** Another server than WhatsApp's; for tests and simulations only. */
  readonly standIn?: StandIn
  readonly pool?: Partial<PoolLimits>
  /** Connections begun in a second over all senders; 5 unless told. Pairing does not wait. */
  readonly connectsPerSecond?: number
  readonly backoff?: BackoffLimits
  /** How long the server may take for its word on a message; 20 s unless told. */
  readonly ackTimeoutMs?: number
  /** 60 s unless told. */
  readonly loginTimeoutMs?: number
  readonly keepAliveMs?: number
}

/** The channel through a linked device, and the threads behind it. */
export interface LinkedDeviceChannel extends Channel {
  /** Ends every session and every thread. */
  close(): Promise<void>
}

const permitBeatMs = 200
const defaultPool: PoolLimits = { workersMax: 4, sessionsPerWorker: 100 }
const defaultBackoff: BackoffLimits = { delayMsMin: 1_000, delayMsMax: 5 * 60_000 }

/** The channel with the pool behind it, so that a test can break a thread. */
export function buildLinkedDeviceChannel(options: LinkedDeviceOptions): {
  readonly channel: LinkedDeviceChannel
  readonly pool: WorkerPool
} {
  const { standIn = null, backoff = defaultBackoff, ackTimeoutMs = 20_000 } = options
  const { loginTimeoutMs = 60_000, keepAliveMs = 30_000 } = options
  const pool = new WorkerPool(
    { standIn, backoff, ackTimeoutMs, loginTimeoutMs, keepAliveMs },
    { ...defaultPool, ...options.pool },
  )
  return { pool, channel: channelOver(pool, options.connectsPerSecond ?? 5) }
}

/** WhatsApp as a linked device of the sender's phone, by Baileys, each session in one of a few worker threads. */
export function createLinkedDeviceChannel(options: LinkedDeviceOptions = {}): LinkedDeviceChannel {
  return buildLinkedDeviceChannel(options).channel
}

function channelOver(pool: WorkerPool, connectsPerSecond: number): LinkedDeviceChannel {
  const limiter = createConnectLimiter({ perSecond: connectsPerSecond })
  const open = new Set<RemoteSession>()
  const beat = setInterval(() => {
    for (const { permit } of open) permit.renew()
  }, permitBeatMs)
  let turns = 0
  return {
    kind: 'linked_device',
    capabilities: capabilitiesOf({ dedupesOurId: false }),
    webhook: null,
    open: async (request, listener): Promise<Session> => {
      const parsed = parseLinkedDeviceSettings(request.settings)
      const capabilities = capabilitiesOf(parsed.ok ? parsed.settings : { dedupesOurId: false })
      const session = new RemoteSession(`${request.senderId}/${(turns += 1)}`, request, listener, {
        pool,
        limiter,
        capabilities,
        onEnd: (ended) => open.delete(ended),
      })
      open.add(session)
      pool.add(session)
      return session.present()
    },
    close: async () => {
      clearInterval(beat)
      limiter.close()
      await Promise.all([...open].map((session) => session.close()))
      await pool.close()
    },
  }
}
