import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseProxy, keepsProxy } from './proxy-choice.ts'
import type { EgressWish, PoolRules, ProxyCandidate } from './proxy-choice.ts'
import { proxyClasses, proxyPatienceMs, proxySchemes, proxyStates } from './proxy.ts'

const nowMs = Date.parse('2026-11-20T03:00:00Z')
const rules: PoolRules = { sendersPerAddress: 3, dailyCostMicrosMax: null }
const wish: EgressWish = { proxyId: null, country: null, schemes: proxySchemes, isLinked: true }

const proxy = (id: string, more: Partial<ProxyCandidate> = {}): ProxyCandidate => ({
  id,
  scheme: 'http',
  class: 'datacenter',
  country: 'ID',
  isEnabled: true,
  state: 'healthy',
  stateSinceMs: nowMs - 60_000,
  latencyMs: 100,
  linkedSenders: 0,
  isInUse: false,
  dailyCostMicros: 0,
  ...more,
})
const lost = { state: 'unhealthy', stateSinceMs: nowMs - proxyPatienceMs } as const

const choose = (own: Partial<EgressWish>, pool: ProxyCandidate[], more: Partial<PoolRules> = {}) =>
  chooseProxy({ ...wish, ...own }, pool, { ...rules, ...more }, nowMs)

describe('a sender keeps its proxy', () => {
  test.each([
    ['while it is healthy, even beside a better one', {}],
    ['while nobody has tested it yet', { state: 'unchecked' }],
    [
      'while its checks fail for less than ten minutes',
      { ...lost, stateSinceMs: nowMs - proxyPatienceMs + 1 },
    ],
    ['when its address carries more senders than the rule now allows', { linkedSenders: 9 }],
  ] as const)('%s', (_when, state) => {
    const pool = [proxy('own', { latencyMs: 900, ...state }), proxy('better', { latencyMs: 1 })]
    expect(choose({ proxyId: 'own' }, pool)).toEqual({ kind: 'keep', proxyId: 'own' })
  })
})

describe('a sender moves', () => {
  test.each([
    ['when checks have failed for ten minutes', lost],
    ['when its proxy is switched off', { isEnabled: false }],
    ['when its proxy is not in the country it asks for', { country: 'SG' }],
    ['when its channel cannot speak to its proxy', { scheme: 'socks5' }],
  ] as const)('%s', (_when, state) => {
    const pool = [proxy('own', state), proxy('other')]
    const asked = { proxyId: 'own', country: 'ID', schemes: ['http'] } as const
    expect(choose(asked, pool)).toEqual({ kind: 'move', proxyId: 'other' })
  })

  test('to the least change: the same country, then the same kind of network, then the emptiest, then the quickest', () => {
    const own = proxy('own', { ...lost, country: 'SG', class: 'mobile' })
    const pool = [
      proxy('quick', { latencyMs: 1 }),
      proxy('far', { class: 'mobile' }),
      proxy('near', { country: 'SG', linkedSenders: 1 }),
      proxy('best', { country: 'SG', class: 'mobile', linkedSenders: 2, latencyMs: 900 }),
    ]
    const order: string[] = []
    for (let left = pool; left.length > 0; left = left.filter(({ id }) => id !== order.at(-1))) {
      const verdict = choose({ proxyId: 'own' }, [own, ...left])
      order.push(verdict.kind === 'move' ? verdict.proxyId : verdict.kind)
    }
    expect(order).toEqual(['best', 'near', 'far', 'quick'])
  })
})

describe('a sender waits', () => {
  test.each([
    ['in an empty pool', [], {}, 'proxy_pool_empty'],
    ['when every proxy is off', [proxy('off', { isEnabled: false })], {}, 'proxy_pool_empty'],
    [
      'when none is healthy',
      [proxy('bad', lost), proxy('new', { state: 'unchecked' })],
      {},
      'proxy_none_healthy',
    ],
    ['when every address is full', [proxy('full', { linkedSenders: 3 })], {}, 'proxy_addresses_full'],
    [
      'when one more proxy would cost too much',
      [
        proxy('paid', { isInUse: true, dailyCostMicros: 60, linkedSenders: 3 }),
        proxy('next', { dailyCostMicros: 41 }),
      ],
      { dailyCostMicrosMax: 100 },
      'proxy_cost_limit',
    ],
  ] as const)('%s', (_when, pool, more, reason) => {
    expect(choose({}, [...pool], more)).toEqual({ kind: 'wait', reason })
  })

  test('but not where it does not count: full addresses carry senders that are not linked devices', () => {
    const pool = [proxy('full', { linkedSenders: 3 })]
    expect(choose({ isLinked: false }, pool)).toEqual({ kind: 'move', proxyId: 'full' })
  })
})

const anyCandidate: fc.Arbitrary<ProxyCandidate> = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  scheme: fc.constantFrom(...proxySchemes),
  class: fc.constantFrom(...proxyClasses),
  country: fc.constantFrom('ID', 'SG', null),
  isEnabled: fc.boolean(),
  state: fc.constantFrom(...proxyStates),
  stateSinceMs: fc.integer({ min: nowMs - 3 * proxyPatienceMs, max: nowMs }),
  latencyMs: fc.option(fc.integer({ min: 1, max: 900 })),
  linkedSenders: fc.integer({ min: 0, max: 5 }),
  isInUse: fc.boolean(),
  dailyCostMicros: fc.integer({ min: 0, max: 50 }),
})

test('whatever the pool, nobody moves to a proxy that is off, unhealthy, untested, full, unfit or too dear', () => {
  const anyWish = fc.record({
    proxyId: fc.constantFrom('a', 'b', null),
    country: fc.constantFrom('ID', null),
    schemes: fc.constantFrom(proxySchemes, ['http'] as const),
    isLinked: fc.boolean(),
  })
  fc.assert(
    fc.property(
      anyWish,
      fc.uniqueArray(anyCandidate, { selector: ({ id }) => id }),
      fc.option(fc.integer({ min: 0, max: 120 })),
      (asked, pool, dailyCostMicrosMax) => {
        const verdict = chooseProxy(asked, pool, { sendersPerAddress: 3, dailyCostMicrosMax }, nowMs)
        const own = pool.find(({ id }) => id === asked.proxyId)
        const isKept = own !== undefined && keepsProxy(asked, own, nowMs)
        expect(verdict.kind === 'keep').toBe(isKept)
        if (verdict.kind !== 'move') return
        const found = pool.find(({ id }) => id === verdict.proxyId)
        expect(found).toMatchObject({ isEnabled: true, state: 'healthy' })
        expect(asked.schemes).toContain(found?.scheme)
        if (asked.country !== null) expect(found?.country).toBe(asked.country)
        if (asked.isLinked) expect(found?.linkedSenders).toBeLessThan(3)
        const inUse = pool.filter(({ isInUse }) => isInUse).reduce((sum, one) => sum + one.dailyCostMicros, 0)
        const more = found?.isInUse ? 0 : (found?.dailyCostMicros ?? 0)
        if (dailyCostMicrosMax !== null && more > 0)
          expect(inUse + more).toBeLessThanOrEqual(dailyCostMicrosMax)
      },
    ),
  )
})
