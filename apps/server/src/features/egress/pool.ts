import type { WorkspaceScope } from '@siar/database'
import { daysInMonth, isLinkedChannel, schemesOf, sendersPerAddressDefault } from '@siar/domain'
import type { EgressWish, PoolRules, ProxyCandidate } from '@siar/domain'
import { readTariff } from '../billing/index.ts'
import { dayOf } from '../senders/index.ts'
import { listProxies } from './proxies.repo.ts'
import type { ProxyRow } from './proxies.repo.ts'
import { findRules, findZone, listSenderEgress } from './sender-egress.repo.ts'
import type { EgressRow, RulesRow } from './sender-egress.repo.ts'

/** The proxies of a workspace, its senders and its rules, as they stood at one reading. */
export interface Pool {
  readonly proxies: readonly ProxyRow[]
  readonly senders: readonly EgressRow[]
  readonly rules: PoolRules
  readonly ruleRow: RulesRow
  /** The workspace's day: `2026-11-20`. */
  readonly today: string
  /** Millionths of a US dollar a day, by proxy. */
  readonly dailyCosts: ReadonlyMap<string, number>
}

const defaultRules: RulesRow = {
  sendersPerAddress: sendersPerAddressDefault,
  dailyCostMinorMax: null,
  currency: 'USD',
}

export async function readPool(scope: WorkspaceScope, now: Date): Promise<Pool> {
  const proxies = await listProxies(scope)
  const senders = await listSenderEgress(scope)
  const ruleRow = (await findRules(scope)) ?? defaultRules
  const today = dayOf(await findZone(scope), now.getTime())
  const tariff = await readTariff(scope)
  const microsOf = (amountMinor: number, currency: 'IDR' | 'USD'): number =>
    tariff.microsOn(today, { amountMinor, currency })
  const { dailyCostMinorMax, currency, sendersPerAddress } = ruleRow
  return {
    proxies,
    senders,
    ruleRow,
    rules: {
      sendersPerAddress,
      dailyCostMicrosMax: dailyCostMinorMax === null ? null : microsOf(dailyCostMinorMax, currency),
    },
    today,
    dailyCosts: new Map(
      proxies.map((row) => [row.id, microsOf(row.monthlyCostMinor ?? 0, row.currency) / daysInMonth(today)]),
    ),
  }
}

/** What senders share: the address the check saw, else the proxy itself. */
export function exitOf({ exitAddress, id }: ProxyRow): string {
  return exitAddress ?? id
}

/** How many senders each proxy and each address carries, while senders are moved about. */
export class PoolTally {
  readonly candidates: readonly ProxyCandidate[]
  private readonly byId = new Map<string, Counted>()
  private readonly byExit = new Map<string, Counted[]>()

  constructor(pool: Pool) {
    const counted = pool.proxies.map((row) => countedOf(row, pool.dailyCosts.get(row.id) ?? 0))
    this.candidates = counted
    for (const [index, row] of pool.proxies.entries()) {
      const one = counted[index]
      if (!one) continue
      this.byId.set(row.id, one)
      this.byExit.set(exitOf(row), [...(this.byExit.get(exitOf(row)) ?? []), one])
    }
    for (const sender of pool.senders) this.add(sender)
  }

  find(proxyId: string | null): ProxyCandidate | null {
    return (proxyId !== null && this.byId.get(proxyId)) || null
  }

  add(sender: EgressRow): void {
    this.change(sender, 1)
  }

  remove(sender: EgressRow): void {
    this.change(sender, -1)
  }

  private change({ proxyId, channel }: EgressRow, by: 1 | -1): void {
    const proxy = proxyId === null ? undefined : this.byId.get(proxyId)
    if (!proxy) return
    proxy.senders += by
    proxy.isInUse = proxy.senders > 0
    if (!isLinkedChannel(channel)) return
    for (const one of this.byExit.get(proxy.exit) ?? []) one.linkedSenders += by
  }
}

type Counted = { -readonly [Key in keyof ProxyCandidate]: ProxyCandidate[Key] } & {
  senders: number
  exit: string
}

function countedOf(row: ProxyRow, dailyCostMicros: number): Counted {
  return {
    id: row.id,
    scheme: row.scheme,
    class: row.class,
    country: row.country,
    isEnabled: row.enabled,
    state: row.state,
    stateSinceMs: row.stateAt.getTime(),
    latencyMs: row.latencyMs,
    linkedSenders: 0,
    isInUse: false,
    dailyCostMicros,
    senders: 0,
    exit: exitOf(row),
  }
}

export function wishOf({ proxyId, country, channel }: EgressRow): EgressWish {
  return { proxyId, country, schemes: schemesOf(channel), isLinked: isLinkedChannel(channel) }
}
