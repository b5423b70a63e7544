import type { EgressRules, Proxy, SenderEgress } from '@siar/contract'
import { costPerMessage, isLinkedChannel } from '@siar/domain'
import { dayOf } from '../senders/index.ts'
import { exitOf } from './pool.ts'
import type { Pool } from './pool.ts'
import type { ProxyRow, ProxyUse } from './proxies.repo.ts'
import type { EgressRow, RulesRow } from './sender-egress.repo.ts'

/** Linked senders by what they share: an address, or a proxy whose address nobody knows yet. */
export function countLinked({ proxies, senders }: Pool): Map<string, number> {
  const exits = new Map(proxies.map((row) => [row.id, exitOf(row)]))
  const counts = new Map<string, number>()
  for (const { channel, proxyId } of senders) {
    const exit = proxyId === null ? undefined : exits.get(proxyId)
    if (exit !== undefined && isLinkedChannel(channel)) counts.set(exit, (counts.get(exit) ?? 0) + 1)
  }
  return counts
}

export function presentProxies(pool: Pool, uses: readonly ProxyUse[], zone: string): Proxy[] {
  const useOf = new Map(uses.map((use) => [use.proxyId, use]))
  const linked = countLinked(pool)
  const carried = Map.groupBy(pool.senders, ({ proxyId }) => proxyId)
  return pool.proxies.map((row) => ({
    ...presentWay(row),
    ...presentState(row),
    ...presentUse(row, useOf.get(row.id), pool.today, zone),
    senders: (carried.get(row.id) ?? []).map(({ senderId, name }) => ({ id: senderId, name })),
    linkedSenders: linked.get(exitOf(row)) ?? 0,
    createdAt: row.createdAt.toISOString(),
  }))
}

function presentWay(row: ProxyRow) {
  const { id, name, scheme, host, port, username, provider, country, location, enabled } = row
  const { monthlyCostMinor: amountMinor, currency, class: kind } = row
  return {
    id,
    name,
    scheme,
    host,
    port,
    username,
    hasPassword: row.sealedPassword !== null,
    class: kind,
    provider,
    country,
    location,
    monthlyCost: amountMinor === null ? null : { amountMinor, currency },
    enabled,
  }
}

function presentState(row: ProxyRow) {
  const { state, problem, latencyMs, exitAddress, exitCountry } = row
  return {
    state,
    stateAt: row.stateAt.toISOString(),
    problem,
    checkedAt: row.checkedAt?.toISOString() ?? null,
    latencyMs,
    exitAddress,
    exitCountry,
  }
}

function presentUse(row: ProxyRow, use: ProxyUse | undefined, today: string, zone: string) {
  const { checks = 0, failures = 0, messagesToday = 0, messagesThisMonth = 0 } = use ?? {}
  const since = dayOf(zone, row.createdAt.getTime())
  return {
    successRate: checks === 0 ? null : (checks - failures) / checks,
    messagesToday,
    messagesThisMonth,
    costPerMessageMinor: costPerMessage(row.monthlyCostMinor, messagesThisMonth, today, since),
  }
}

export function presentRules({ sendersPerAddress, dailyCostMinorMax, currency }: RulesRow): EgressRules {
  return {
    sendersPerAddress,
    dailyCostMax: dailyCostMinorMax === null ? null : { amountMinor: dailyCostMinorMax, currency },
  }
}

export function presentSenderEgress(pool: Pool, sender: EgressRow): SenderEgress {
  const proxy = pool.proxies.find(({ id }) => id === sender.proxyId)
  const isLinked = isLinkedChannel(sender.channel)
  const direct = pool.senders.filter((one) => one.isDirect && isLinkedChannel(one.channel)).length
  const shared = proxy ? (countLinked(pool).get(exitOf(proxy)) ?? 0) : 0
  return {
    kind: sender.isDirect ? 'direct' : 'proxy',
    proxy: proxy ? presentSummary(proxy) : null,
    country: sender.country,
    waits: sender.isDirect || proxy ? sender.waits : (sender.waits ?? 'proxy_pool_empty'),
    assignedAt: sender.assignedAt?.toISOString() ?? null,
    linkedSenders: !isLinked ? 0 : sender.isDirect ? direct : shared,
    sendersPerAddress: pool.rules.sendersPerAddress,
  }
}

function presentSummary({ id, name, state, enabled, country, exitAddress, latencyMs, problem }: ProxyRow) {
  return { id, name, state, enabled, country, exitAddress, latencyMs, problem }
}
