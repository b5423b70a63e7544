import { proxyPatienceMs } from './proxy.ts'
import type { EgressWait, ProxyClass, ProxyScheme, ProxyState } from './proxy.ts'

/** One proxy of the pool as the choice sees it. */
export interface ProxyCandidate {
  readonly id: string
  readonly scheme: ProxyScheme
  readonly class: ProxyClass
  /** ISO 3166-1 alpha-2; null when nobody told. */
  readonly country: string | null
  readonly isEnabled: boolean
  readonly state: ProxyState
  /** Since when it is in that state, in milliseconds since 1970. */
  readonly stateSinceMs: number
  readonly latencyMs: number | null
  /** Linked senders that leave by the same address, the one who asks not among them. */
  readonly linkedSenders: number
  /** Whether a sender uses it, so that choosing it costs nothing more. */
  readonly isInUse: boolean
  /** Millionths of a US dollar a day; 0 when nobody told. */
  readonly dailyCostMicros: number
}

/** What one sender asks of its way out. */
export interface EgressWish {
  /** The proxy it had so far. */
  readonly proxyId: string | null
  /** Only proxies of this country; null: any. */
  readonly country: string | null
  readonly schemes: readonly ProxyScheme[]
  /** Whether it counts among the senders of its address. */
  readonly isLinked: boolean
}

/** The rules of a workspace. */
export interface PoolRules {
  readonly sendersPerAddress: number
  /** Proxies in use may cost so much together, in millionths of a US dollar a day; null: no limit. */
  readonly dailyCostMicrosMax: number | null
}

export type EgressVerdict =
  | { readonly kind: 'keep' | 'move'; readonly proxyId: string }
  | { readonly kind: 'wait'; readonly reason: EgressWait }

/** Whether a proxy may carry this sender at all, however it is doing. */
function fits(wish: EgressWish, proxy: ProxyCandidate): boolean {
  return (
    proxy.isEnabled &&
    wish.schemes.includes(proxy.scheme) &&
    (wish.country === null || wish.country === proxy.country)
  )
}

/** Whether checks failed for so long that its senders have to leave. */
export function isProxyLost({ state, stateSinceMs }: ProxyCandidate, nowMs: number): boolean {
  return state === 'unhealthy' && nowMs - stateSinceMs >= proxyPatienceMs
}

/** Whether a sender stays with the proxy it has: it is what `chooseProxy` asks first. */
export function keepsProxy(wish: EgressWish, own: ProxyCandidate, nowMs: number): boolean {
  return own.id === wish.proxyId && fits(wish, own) && !isProxyLost(own, nowMs)
}

/** Whether one more sender may leave by its address. */
export function hasRoom(wish: EgressWish, proxy: ProxyCandidate, rules: PoolRules): boolean {
  return !wish.isLinked || proxy.linkedSenders < rules.sendersPerAddress
}

/** Whether taking it keeps within what proxies may cost a day. */
export function isAffordable(
  proxy: ProxyCandidate,
  pool: readonly ProxyCandidate[],
  { dailyCostMicrosMax }: PoolRules,
): boolean {
  if (dailyCostMicrosMax === null || proxy.isInUse || proxy.dailyCostMicros === 0) return true
  const inUse = pool.reduce((sum, one) => sum + (one.isInUse ? one.dailyCostMicros : 0), 0)
  return inUse + proxy.dailyCostMicros <= dailyCostMicrosMax
}

/** The least change first: same country, same kind of network, then the emptiest and quickest. */
function preferOver(before: ProxyCandidate | undefined) {
  const rank = (proxy: ProxyCandidate): readonly number[] => [
    before && proxy.country === before.country ? 0 : 1,
    before && proxy.class === before.class ? 0 : 1,
    proxy.linkedSenders,
    proxy.latencyMs ?? Number.MAX_SAFE_INTEGER,
  ]
  return (one: ProxyCandidate, other: ProxyCandidate): number => {
    const [left, right] = [rank(one), rank(other)]
    const index = left.findIndex((value, at) => value !== right[at])
    if (index >= 0) return (left[index] ?? 0) - (right[index] ?? 0)
    return one.id < other.id ? -1 : 1
  }
}

/**
 * Decides by which proxy a sender goes out.
 *
 * Pure. A sender keeps its proxy while it is healthy, not yet checked, or unhealthy for less than `proxyPatienceMs`; it
 * moves only to one that is healthy now; it waits when there is none, and is never sent out directly. A proxy it keeps is
 * not measured against the limits again, so that a lower limit disturbs nobody.
 *
 * @param pool All proxies of the workspace, the sender's own among them.
 */
export function chooseProxy(
  wish: EgressWish,
  pool: readonly ProxyCandidate[],
  rules: PoolRules,
  nowMs: number,
): EgressVerdict {
  const own = pool.find(({ id }) => id === wish.proxyId)
  if (own && keepsProxy(wish, own, nowMs)) return { kind: 'keep', proxyId: own.id }
  const fitting = pool.filter((proxy) => fits(wish, proxy))
  if (fitting.length === 0) return { kind: 'wait', reason: 'proxy_pool_empty' }
  const healthy = fitting.filter(({ state }) => state === 'healthy')
  if (healthy.length === 0) return { kind: 'wait', reason: 'proxy_none_healthy' }
  const roomy = healthy.filter((proxy) => hasRoom(wish, proxy, rules))
  if (roomy.length === 0) return { kind: 'wait', reason: 'proxy_addresses_full' }
  const affordable = roomy.filter((proxy) => isAffordable(proxy, pool, rules))
  const [best] = affordable.sort(preferOver(own))
  return best ? { kind: 'move', proxyId: best.id } : { kind: 'wait', reason: 'proxy_cost_limit' }
}
