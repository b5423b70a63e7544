import type { RoutePlan } from '@siar/domain'

/**
 * A plan of routes as arrays, to be looked up for a million people by position.
 *
 * The people of a class have places from `class number * 2^32 + 1` on, in the order of their ids. `starts` rises; the segment of a place is
 * the last that starts at or before it, and its sender is `senders[pattern[from + (offset + place - start) % length]]`.
 */
export interface RouteArrays {
  /** Names of the classes, by their number from 1. */
  readonly classes: readonly string[]
  /** The number of the class for people nobody had counted; 0 for none. */
  readonly otherwise: number
  readonly starts: readonly number[]
  readonly reasons: readonly string[]
  /** 0 for people nobody sends to. */
  readonly lengths: readonly number[]
  readonly from: readonly number[]
  readonly offsets: readonly number[]
  readonly senders: readonly string[]
  readonly pattern: readonly number[]
}

const placesPerClass = 2 ** 32

export function toRouteArrays(plan: RoutePlan): RouteArrays {
  const senders: string[] = []
  const pattern: number[] = []
  const known = new Map<readonly string[], number>()
  const numberOf = (senderId: string): number => {
    const found = senders.indexOf(senderId)
    return found === -1 ? senders.push(senderId) : found + 1
  }
  const fromOf = (cycle: readonly string[]): number => {
    const found = known.get(cycle)
    if (found !== undefined) return found
    const from = pattern.length
    for (const senderId of cycle) pattern.push(numberOf(senderId))
    known.set(cycle, from)
    return from
  }
  const rows = plan.classes.flatMap(({ segments }, index) => {
    let start = (index + 1) * placesPerClass + 1
    return segments.map((segment) => {
      const routed = segment.tier === null ? null : segment
      const row = {
        start,
        reason: segment.reason,
        length: routed?.cycle.length ?? 0,
        from: routed ? fromOf(routed.cycle) : 0,
        offset: routed?.offset ?? 0,
      }
      start += segment.count
      return row
    })
  })
  return {
    classes: plan.classes.map(({ people }) => people.key),
    otherwise: otherwiseOf(plan),
    starts: rows.map(({ start }) => start),
    reasons: rows.map(({ reason }) => reason),
    lengths: rows.map(({ length }) => length),
    from: rows.map(({ from }) => from),
    offsets: rows.map(({ offset }) => offset),
    senders,
    pattern,
  }
}

/** Somebody who came between the count and the freeze goes the way of most. */
function otherwiseOf({ classes }: RoutePlan): number {
  let most = 0
  classes.forEach(({ people }, index) => {
    if (people.count > (classes[most]?.people.count ?? 0)) most = index
  })
  return classes.length === 0 ? 0 : most + 1
}
