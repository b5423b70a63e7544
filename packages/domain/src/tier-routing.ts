import { rotationCycle } from './rotation-cycle.ts'
import type { Rotation, RoutingSender } from './routing.ts'
import type { ChannelKind } from './sender.ts'

/** What kind of road a sender is: the official channel, a number of the shop's own, a gateway node. Source: product.md S6. */
export type SenderTier = 'cloud_api' | 'own' | 'gateway'

/** @param standsFor What a simulator stands for; other channels stand for themselves. */
export function tierOf(channel: ChannelKind, standsFor: 'linked_device' | 'cloud_api'): SenderTier {
  if (channel === 'gateway') return 'gateway'
  const kind = channel === 'simulator' ? standsFor : channel
  return kind === 'cloud_api' ? 'cloud_api' : 'own'
}

export const routingPresets = ['official_first', 'cheapest_first'] as const

export type RoutingPolicy = {
  readonly preset: (typeof routingPresets)[number]
  /** Paid templates of one run, and what they may cost in millionths of a US dollar; null for no limit. */
  readonly paidMessagesMax: number | null
  readonly paidMicrosMax: number | null
}

export type TierSender<S extends string = string> = RoutingSender<S> & {
  readonly tier: SenderTier
  /** It takes the message only in an open window: nobody has approved it as a template there. */
  readonly needsWindow?: boolean
}

/** What routing has to know of a person; people for whom it is the same are routed together. */
export type RouteClass<S extends string = string> = {
  /** The Cloud API sender of the campaign that may write to them for free, because they wrote or came by an ad. */
  readonly freeSenderId: S | null
  readonly freeBy: 'open_window' | 'free_entry'
  /** The sender of the campaign they last talked with. */
  readonly stickySenderId: S | null
  /** Millionths of a US dollar for a template to them; null where no price is known. */
  readonly price: number | null
}

export type RouteReason =
  'open_window' | 'free_entry' | 'sticky' | 'paid_template' | 'own_sender' | 'gateway_node' | 'paid_limit'

/** `count` people of a class on one road: the k-th, from 0, has the sender `cycle[(offset + k) % cycle.length]`. */
export type RouteSegment<S extends string = string> =
  | {
      readonly count: number
      readonly tier: SenderTier
      readonly reason: RouteReason
      readonly cycle: readonly S[]
      readonly offset: number
      /** Of each message; null where it is charged and no price is known. */
      readonly costMicros: number | null
    }
  /**
   * Nobody sends to them: `budget` when only paid roads are left and their limit is reached, `window_closed` when there are only roads that
   * need a window or an approved template.
   */
  | { readonly count: number; readonly tier: null; readonly reason: 'budget' | 'window_closed' | 'no_sender' }

export type TierRouter<S extends string = string> = {
  /** Routes the next `count` people of a class and counts them. Taking them one by one comes to the same. */
  readonly take: (people: RouteClass<S>, count: number) => RouteSegment<S>[]
}

type Road<S extends string> = {
  readonly tier: SenderTier
  readonly cycle: readonly S[]
  /** Turns of the cycle taken so far. */
  taken: number
  /** Messages its senders can still take today. */
  room: number
}

type Paid = { messages: number; micros: number }

/**
 * Chooses the road for people by the policy of a workspace.
 *
 * An open window comes first: there the message is free and they talk with that sender. Then the sender they last talked with is kept,
 * at a price only below the limits. The others go by preset: `official_first` takes paid templates below the limits, then own
 * senders, then gateway nodes; `cheapest_first` takes paid templates last. A road takes what its senders can send today; when
 * none has room left, the rest waits on the first road that is allowed. Within a road the rotation shares people out. A sender that
 * needs a window serves only people who have opened one.
 *
 * Deterministic; the router counts what it gave, so one router serves one run. Source: product.md S5, S6.
 *
 * @param expected People to come, for `least_loaded`.
 */
export function createTierRouter<S extends string>(
  senders: readonly TierSender<S>[],
  policy: RoutingPolicy,
  rotation: Rotation,
  expected: number,
): TierRouter<S> {
  const tierById = new Map(senders.map(({ senderId, tier }) => [senderId, tier]))
  const windowed = new Set(senders.filter(({ needsWindow }) => needsWindow).map(({ senderId }) => senderId))
  const otherwise = windowed.size > 0 ? 'window_closed' : 'no_sender'
  const paid: Paid = {
    messages: policy.paidMessagesMax ?? Infinity,
    micros: policy.paidMicrosMax ?? Infinity,
  }
  const roads = orderOf(policy.preset).map((tier) => roadOf(senders, tier, rotation, expected))
  const alone = (senderId: S, reason: RouteReason, count: number, costMicros: number | null) => ({
    count,
    tier: tierById.get(senderId) ?? 'own',
    reason,
    cycle: [senderId],
    offset: 0,
    costMicros,
  })
  return {
    take: (people, count) => {
      if (count <= 0) return []
      const { freeSenderId, freeBy, stickySenderId, price } = people
      if (freeSenderId !== null) return [alone(freeSenderId, freeBy, count, 0)]
      if (stickySenderId === null || windowed.has(stickySenderId))
        return takeRoads(roads, paid, price, count, otherwise)
      if (tierById.get(stickySenderId) !== 'cloud_api') return [alone(stickySenderId, 'sticky', count, 0)]
      const kept = payFor(paid, price, count)
      const first = kept > 0 ? [alone(stickySenderId, 'sticky', kept, price)] : []
      const free = roads.filter(({ tier }) => tier !== 'cloud_api')
      return [...first, ...takeRoads(free, paid, price, count - kept, otherwise, true)]
    },
  }
}

function orderOf(preset: RoutingPolicy['preset']): readonly SenderTier[] {
  return preset === 'official_first' ? ['cloud_api', 'own', 'gateway'] : ['own', 'gateway', 'cloud_api']
}

function roadOf<S extends string>(
  senders: readonly TierSender<S>[],
  tier: SenderTier,
  rotation: Rotation,
  expected: number,
): Road<S> {
  const cycle = rotationCycle(
    senders.filter((sender) => sender.tier === tier && !sender.needsWindow),
    rotation,
    expected,
  )
  const inUse = senders.filter(({ senderId }) => cycle.includes(senderId))
  const room = inUse.reduce((sum, { roomToday }) => sum + Math.max(0, roomToday ?? Infinity), 0)
  return { tier, cycle, taken: 0, room }
}

/** Takes as many paid messages as the limits allow and counts them. Without a price a limit of cost allows none. */
function payFor(paid: Paid, price: number | null, count: number): number {
  const limited = paid.micros !== Infinity
  const affordable = !limited || price === 0 ? Infinity : price === null ? 0 : Math.floor(paid.micros / price)
  const taken = Math.max(0, Math.min(count, paid.messages, affordable))
  paid.messages -= taken
  if (limited) paid.micros -= taken * (price ?? 0)
  return taken
}

function takeRoads<S extends string>(
  roads: readonly Road<S>[],
  paid: Paid,
  price: number | null,
  count: number,
  otherwise: 'window_closed' | 'no_sender',
  limitWasReached = false,
): RouteSegment<S>[] {
  const segments: RouteSegment<S>[] = []
  let left = count
  let isLimited = limitWasReached
  for (const heedsRoom of [true, false]) {
    for (const road of roads) {
      if (left === 0 || road.cycle.length === 0) continue
      const wanted = heedsRoom ? Math.min(left, Math.max(0, road.room)) : left
      const taken = road.tier === 'cloud_api' ? payFor(paid, price, wanted) : wanted
      if (taken < wanted) isLimited = true
      if (taken > 0) segments.push(segmentOf(road, taken, price, isLimited))
      left -= taken
    }
  }
  if (left > 0) segments.push({ count: left, tier: null, reason: isLimited ? 'budget' : otherwise })
  return segments
}

function segmentOf<S extends string>(
  road: Road<S>,
  count: number,
  price: number | null,
  isLimited: boolean,
): RouteSegment<S> {
  const offset = road.taken % road.cycle.length
  road.taken += count
  road.room -= count
  const { tier, cycle } = road
  return {
    count,
    tier,
    reason: reasonOf(tier, isLimited),
    cycle,
    offset,
    costMicros: tier === 'cloud_api' ? price : 0,
  }
}

function reasonOf(tier: SenderTier, isLimited: boolean): RouteReason {
  if (tier === 'cloud_api') return 'paid_template'
  if (isLimited) return 'paid_limit'
  return tier === 'own' ? 'own_sender' : 'gateway_node'
}
