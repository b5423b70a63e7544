import { cycleCounts } from './rotation-cycle.ts'
import type { Rotation } from './routing.ts'
import { createTierRouter } from './tier-routing.ts'
import type { RouteClass, RouteSegment, RoutingPolicy, TierSender } from './tier-routing.ts'

/** People who are routed alike, and how many there are. */
export type CountedClass<S extends string = string> = RouteClass<S> & {
  /** Names the class; unique in a plan. */
  readonly key: string
  readonly count: number
}

export type PlannedClass<S extends string = string> = {
  readonly people: CountedClass<S>
  readonly segments: readonly RouteSegment<S>[]
}

export type RoutePlan<S extends string = string> = {
  readonly classes: readonly PlannedClass<S>[]
  readonly bySender: ReadonlyMap<S, number>
  /** People nobody sends to: the limit of paid messages is reached, or there is no sender. */
  readonly left: { readonly budget: number; readonly window_closed: number; readonly no_sender: number }
  /** What the messages cost whose price is known, in millionths of a US dollar. */
  readonly costMicros: number
  /** Messages that are charged at a price nobody knows. */
  readonly unpriced: number
}

/**
 * Plans a whole run by classes of people: those with a free road first, then those who talk with an own sender, then those who talk
 * with a charged one, then everybody else; among equals the lower price first, so that a limit reaches the most people.
 *
 * The forecast and the start of a run make the same plan from the same counts. Takes time in the classes, not in the people.
 */
export function planRoutes<S extends string>(
  classes: readonly CountedClass<S>[],
  senders: readonly TierSender<S>[],
  policy: RoutingPolicy,
  rotation: Rotation,
): RoutePlan<S> {
  const charged = new Set(senders.filter(({ tier }) => tier === 'cloud_api').map(({ senderId }) => senderId))
  const rankOf = ({ freeSenderId, stickySenderId }: RouteClass<S>): number => {
    if (freeSenderId !== null) return 0
    if (stickySenderId === null) return 3
    return charged.has(stickySenderId) ? 2 : 1
  }
  const ordered = classes.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      Number(a.price === null) - Number(b.price === null) ||
      (a.price ?? 0) - (b.price ?? 0) ||
      (a.key < b.key ? -1 : 1),
  )
  const expected = classes.reduce((sum, { count }) => sum + count, 0)
  const router = createTierRouter(senders, policy, rotation, expected)
  return summed(ordered.map((people) => ({ people, segments: router.take(people, people.count) })))
}

function summed<S extends string>(classes: readonly PlannedClass<S>[]): RoutePlan<S> {
  const bySender = new Map<S, number>()
  const left = { budget: 0, window_closed: 0, no_sender: 0 }
  let costMicros = 0
  let unpriced = 0
  for (const segment of classes.flatMap(({ segments }) => segments)) {
    if (segment.tier === null) {
      left[segment.reason] += segment.count
      continue
    }
    if (segment.costMicros === null) unpriced += segment.count
    costMicros += segment.count * (segment.costMicros ?? 0)
    for (const [senderId, count] of cycleCounts(segment.cycle, segment.count, segment.offset)) {
      bySender.set(senderId, (bySender.get(senderId) ?? 0) + count)
    }
  }
  return { classes, bySender, left, costMicros, unpriced }
}
