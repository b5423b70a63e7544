import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planRoutes } from './route-plan.ts'
import type { CountedClass } from './route-plan.ts'
import { cycleCounts, rotationCycle } from './rotation-cycle.ts'
import { rotations } from './routing.ts'
import { createTierRouter, routingPresets, tierOf } from './tier-routing.ts'
import type { RouteClass, RouteSegment, RoutingPolicy, TierSender } from './tier-routing.ts'

const sender = (
  senderId: string,
  tier: TierSender['tier'],
  change: Partial<TierSender> = {},
): TierSender => ({ senderId, tier, weight: 1, waiting: 0, healthy: true, roomToday: null, ...change })

const cloud = sender('cloud', 'cloud_api')
const own = sender('own', 'own')
const node = sender('node', 'gateway')

const policy = (change: Partial<RoutingPolicy> = {}): RoutingPolicy => ({
  preset: 'official_first',
  paidMessagesMax: null,
  paidMicrosMax: null,
  ...change,
})
const person = (change: Partial<RouteClass> = {}): RouteClass => ({
  freeSenderId: null,
  freeBy: 'open_window',
  stickySenderId: null,
  price: 40_000,
  ...change,
})

const took = (
  senders: TierSender[],
  rules: Partial<RoutingPolicy>,
  people: Partial<RouteClass>,
  count: number,
): string[] =>
  createTierRouter(senders, policy(rules), 'round_robin', count)
    .take(person(people), count)
    .map((segment) => `${segment.count} ${segment.reason} ${segment.tier ?? '-'}`)

describe('routing by tier', () => {
  test('official first: paid templates below the limit of messages or of cost, then own senders', () => {
    const all = [cloud, own, node]
    expect(took(all, {}, {}, 10)).toEqual(['10 paid_template cloud_api'])
    const expected = ['4 paid_template cloud_api', '6 paid_limit own']
    expect(took(all, { paidMessagesMax: 4 }, {}, 10)).toEqual(expected)
    expect(took(all, { paidMicrosMax: 199_999 }, {}, 10)).toEqual(expected)
    expect(took([cloud, node], { paidMessagesMax: 0 }, {}, 10)).toEqual(['10 paid_limit gateway'])
  })

  test('cheapest first: paid templates last, and only when what is free has no room left today', () => {
    const rules = { preset: 'cheapest_first' as const }
    expect(took([cloud, own, node], rules, {}, 10)).toEqual(['10 own_sender own'])
    const tight = [cloud, { ...own, roomToday: 3 }, { ...node, roomToday: 2 }]
    expect(took(tight, rules, {}, 10)).toEqual([
      '3 own_sender own',
      '2 gateway_node gateway',
      '5 paid_template cloud_api',
    ])
    expect(took(tight, { ...rules, paidMessagesMax: 1 }, {}, 10)).toEqual([
      '3 own_sender own',
      '2 gateway_node gateway',
      '1 paid_template cloud_api',
      '4 paid_limit own',
    ])
  })

  test('an open window is free and comes before everything, limits included', () => {
    const rules = { paidMessagesMax: 0 }
    expect(took([cloud, own], rules, { freeSenderId: 'cloud', stickySenderId: 'own' }, 3)).toEqual([
      '3 open_window cloud_api',
    ])
    expect(took([cloud], rules, { freeSenderId: 'cloud', freeBy: 'free_entry' }, 3)).toEqual([
      '3 free_entry cloud_api',
    ])
  })

  test('a contact keeps the sender it talks with; one that is charged only below the limit', () => {
    expect(took([cloud, own], {}, { stickySenderId: 'own' }, 3)).toEqual(['3 sticky own'])
    const cheap = { preset: 'cheapest_first' as const, paidMessagesMax: 2 }
    expect(took([cloud, own], cheap, { stickySenderId: 'cloud' }, 3)).toEqual([
      '2 sticky cloud_api',
      '1 paid_limit own',
    ])
  })

  test('with paid roads alone, those beyond the limit are left out because of it', () => {
    expect(took([cloud], { paidMicrosMax: 0 }, {}, 3)).toEqual(['3 budget -'])
    expect(took([cloud], { paidMessagesMax: 2 }, {}, 3)).toEqual(['2 paid_template cloud_api', '1 budget -'])
    expect(took([{ ...cloud, healthy: false }], {}, {}, 3)).toEqual(['3 no_sender -'])
  })

  test('where no price is known, a limit of cost keeps the message off the paid road', () => {
    expect(took([cloud, own], {}, { price: null }, 2)).toEqual(['2 paid_template cloud_api'])
    expect(took([cloud, own], { paidMicrosMax: 1_000_000 }, { price: null }, 2)).toEqual(['2 paid_limit own'])
  })

  test('a simulator stands for what it is told to', () => {
    expect(tierOf('simulator', 'cloud_api')).toBe('cloud_api')
    expect(tierOf('simulator', 'linked_device')).toBe('own')
    expect(tierOf('cloud_api', 'linked_device')).toBe('cloud_api')
    expect([tierOf('waha', 'cloud_api'), tierOf('gateway', 'cloud_api')]).toEqual(['own', 'gateway'])
  })
})

const anySender = fc
  .record({
    tier: fc.constantFrom('cloud_api' as const, 'own' as const, 'gateway' as const),
    weight: fc.nat(4),
    waiting: fc.nat(20),
    healthy: fc.boolean(),
    roomToday: fc.option(fc.nat(15), { nil: null }),
  })
  .map((facts) => facts)
const anySenders = fc
  .array(anySender, { maxLength: 6 })
  .map((list) => list.map((facts, index) => ({ ...facts, senderId: `s${index}` })))
const anyPolicy: fc.Arbitrary<RoutingPolicy> = fc.record({
  preset: fc.constantFrom(...routingPresets),
  paidMessagesMax: fc.option(fc.nat(30), { nil: null }),
  paidMicrosMax: fc.option(fc.nat(2_000_000), { nil: null }),
})
const anyClasses = (ids: readonly string[]): fc.Arbitrary<CountedClass[]> => {
  const someId = fc.constantFrom(null, ...ids)
  const one = fc.record({
    freeSenderId: someId,
    freeBy: fc.constant('open_window' as const),
    stickySenderId: someId,
    price: fc.constantFrom(null, 0, 16_800, 41_600, 90_001),
    count: fc.nat(25),
  })
  return fc
    .array(one, { maxLength: 8 })
    .map((list) => list.map((people, key) => ({ ...people, key: `k${key}` })))
}
const anyRun = anySenders.chain((senders) =>
  fc.record({
    senders: fc.constant(senders),
    rules: anyPolicy,
    rotation: fc.constantFrom(...rotations),
    classes: anyClasses(senders.map(({ senderId }) => senderId)),
  }),
)

const tell = (segments: readonly RouteSegment[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const segment of segments) {
    const tail = segment.tier === null ? '' : `/${segment.tier}/${segment.costMicros}`
    const senders =
      segment.tier === null
        ? [['-', segment.count] as const]
        : cycleCounts(segment.cycle, segment.count, segment.offset)
    for (const [senderId, count] of senders) {
      const key = `${senderId}/${segment.reason}${tail}`
      if (count > 0) counts.set(key, (counts.get(key) ?? 0) + count)
    }
  }
  return counts
}

describe('the plan of a run', () => {
  test('routing a class at once is the same as one person after another', () => {
    fc.assert(
      fc.property(anyRun, ({ senders, rules, rotation, classes }) => {
        const [atOnce, oneByOne] = [0, 1].map(() => createTierRouter(senders, rules, rotation, 200))
        for (const people of classes) {
          const walked = Array.from({ length: people.count }, () => oneByOne?.take(people, 1) ?? []).flat()
          expect(tell(atOnce?.take(people, people.count) ?? [])).toEqual(tell(walked))
        }
      }),
    )
  })

  test('everybody is routed once, no limit is exceeded, and the sums are those of the parts', () => {
    fc.assert(
      fc.property(anyRun, ({ senders, rules, rotation, classes }) => {
        const plan = planRoutes(classes, senders, rules, rotation)
        const total = classes.reduce((sum, { count }) => sum + count, 0)
        const sent = [...plan.bySender.values()].reduce((sum, count) => sum + count, 0)
        expect(sent + plan.left.budget + plan.left.window_closed + plan.left.no_sender).toBe(total)
        const all = plan.classes.flatMap(({ segments }) => segments)
        const paid = all.filter(
          (one) => one.tier === 'cloud_api' && !['open_window', 'free_entry'].includes(one.reason),
        )
        const messages = paid.reduce((sum, { count }) => sum + count, 0)
        expect(messages).toBeLessThanOrEqual(rules.paidMessagesMax ?? Infinity)
        expect(plan.costMicros).toBeLessThanOrEqual(rules.paidMicrosMax ?? Infinity)
        if (rules.paidMicrosMax !== null) expect(plan.unpriced).toBe(0)
      }),
    )
  })

  test('nobody is left out while a healthy road without a price is there', () => {
    fc.assert(
      fc.property(anyRun, ({ senders, rules, rotation, classes }) => {
        const plan = planRoutes(classes, [...senders, own], rules, rotation)
        expect(plan.left).toEqual({ budget: 0, window_closed: 0, no_sender: 0 })
      }),
    )
  })
})

describe('the cycle of a rotation', () => {
  test('keeps weights exactly, leaves out what weighs 0, and is empty when all do', () => {
    const [a, b, c] = [700, 300, 0].map((weight, index) => sender(`s${index}`, 'own', { weight }))
    const cycle = rotationCycle([a, b, c] as TierSender[], 'weighted', 0)
    expect(cycle).toHaveLength(10)
    expect(Object.fromEntries(cycleCounts(cycle, 100))).toEqual({ s0: 70, s1: 30 })
    expect(rotationCycle([c as TierSender], 'weighted', 0)).toEqual([])
    expect(rotationCycle([{ ...own, healthy: false }], 'round_robin', 0)).toEqual([])
  })

  test('counts what walking through it counts, from any offset', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 9 }),
        fc.nat(40),
        fc.nat(30),
        (cycle, count, offset) => {
          const walked = new Map<string, number>()
          for (let k = 0; k < count; k += 1) {
            const id = cycle[(offset + k) % cycle.length] as string
            walked.set(id, (walked.get(id) ?? 0) + 1)
          }
          const counted = [...cycleCounts(cycle, count, offset)].filter(([, times]) => times > 0)
          expect(new Map(counted)).toEqual(walked)
        },
      ),
    )
  })
})
