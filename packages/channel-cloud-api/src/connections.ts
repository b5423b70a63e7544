import type { Egress } from '@siar/channel'
import { socksDispatcher } from 'fetch-socks'
import { Agent, ProxyAgent } from 'undici'
import type { Dispatcher } from 'undici'

/** The connections of one way out, shared by all sessions that go that way. */
export interface ConnectionLease {
  readonly dispatcher: Dispatcher
  /** Idempotent. The connections end with the last lease. */
  release(): void
}

export interface Connections {
  lease(egress: Egress): ConnectionLease
}

const connectTimeoutMs = 10_000
/** Shorter than what servers grant, so that a request does not meet a connection that is being closed. */
const keepAliveTimeout = 4_000

interface Limits {
  readonly connections: number
}

function socksDispatcherOf(url: URL, limits: Limits): Dispatcher {
  const auth =
    url.username === ''
      ? {}
      : { userId: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }
  return socksDispatcher(
    { type: 5, host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 1080), ...auth },
    { ...limits, keepAliveTimeout, connect: { timeout: connectTimeoutMs } },
  )
}

function openWay(egress: Egress, limits: Limits): Dispatcher {
  const options = { ...limits, pipelining: 1, keepAliveTimeout }
  if (egress.kind === 'direct') return new Agent({ ...options, connect: { timeout: connectTimeoutMs } })
  const url = new URL(egress.url)
  if (url.protocol === 'socks5:' || url.protocol === 'socks5h:') return socksDispatcherOf(url, limits)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Error('The proxy has an unknown scheme')
  return new ProxyAgent({
    ...options,
    uri: egress.url,
    proxyTunnel: true,
    requestTls: { timeout: connectTimeoutMs },
    proxyTls: { timeout: connectTimeoutMs },
  })
}

/** @param connectionsMax Requests in flight at once on one way out; more wait for their turn. */
export function createConnections(connectionsMax: number): Connections {
  const ways = new Map<string, { dispatcher: Dispatcher; users: number }>()
  return {
    lease: (egress) => {
      const key = egress.kind === 'direct' ? 'direct' : egress.url
      const way = ways.get(key) ?? { dispatcher: openWay(egress, { connections: connectionsMax }), users: 0 }
      ways.set(key, way)
      way.users += 1
      let isHeld = true
      return {
        dispatcher: way.dispatcher,
        release: () => {
          if (!isHeld) return
          isHeld = false
          way.users -= 1
          if (way.users > 0) return
          ways.delete(key)
          void way.dispatcher.close()
        },
      }
    },
  }
}
