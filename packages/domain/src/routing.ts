/** How recipients are shared among the senders of a campaign. Source: product.md S5. */
export const rotations = ['round_robin', 'weighted', 'least_loaded'] as const

export type Rotation = (typeof rotations)[number]

export type RoutingSender<S extends string = string> = {
  readonly senderId: S
  /** Share in weighted rotation; 0 takes it out. */
  readonly weight: number
  /** Recipients already waiting for this sender, over all campaigns. */
  readonly waiting: number
  /** False when it is offline, logged out, banned or switched off for campaigns. */
  readonly healthy: boolean
  /** Messages it may still send today; null when nothing caps it. */
  readonly roomToday: number | null
}

export type Route<S extends string = string> =
  | { readonly senderId: S; readonly reason: 'sticky' | Rotation }
  | { readonly senderId: null; readonly reason: 'sticky_waits' | 'no_sender' }

export type Router<S extends string = string> = {
  /** Routes the next recipient and counts it. `stickySenderId`: the sender this contact already talks with. */
  readonly next: (stickySenderId?: S | null) => Route<S>
}

type Slot<S extends string> = { readonly sender: RoutingSender<S>; given: number; credit: number }

/**
 * Shares recipients among senders, one by one.
 *
 * A contact keeps the sender it already talks with: when that sender belongs to the campaign but is not healthy, the route is
 * `sticky_waits`, because moving would break the thread. Otherwise the rotation chooses among healthy senders, those with room
 * today first; when none has room the work still spreads and waits for tomorrow. Deterministic; the router counts what it gave,
 * so one router serves one batch and is not shared between batches that run at the same time.
 *
 * - `round_robin`: each in turn. `weighted`: in proportion to weights, smoothly interleaved. `least_loaded`: fewest waiting.
 */
export function createRouter<S extends string>(
  senders: readonly RoutingSender<S>[],
  rotation: Rotation,
): Router<S> {
  const slots: Slot<S>[] = senders.map((sender) => ({ sender, given: 0, credit: 0 }))
  const byId = new Map(slots.map((slot) => [slot.sender.senderId, slot]))
  const choose = chooserOf<S>(rotation)
  const take = (slot: Slot<S>, reason: 'sticky' | Rotation): Route<S> => {
    slot.given += 1
    return { senderId: slot.sender.senderId, reason }
  }
  return {
    next: (stickySenderId) => {
      const sticky = stickySenderId ? byId.get(stickySenderId) : undefined
      if (sticky && !sticky.sender.healthy) return { senderId: null, reason: 'sticky_waits' }
      if (sticky) return take(sticky, 'sticky')
      const chosen = choose(eligible(slots, rotation))
      return chosen ? take(chosen, rotation) : { senderId: null, reason: 'no_sender' }
    },
  }
}

function eligible<S extends string>(slots: readonly Slot<S>[], rotation: Rotation): Slot<S>[] {
  const usable = slots.filter(
    ({ sender }) => sender.healthy && (rotation !== 'weighted' || sender.weight > 0),
  )
  const roomy = usable.filter(({ sender, given }) => sender.roomToday === null || given < sender.roomToday)
  return roomy.length > 0 ? roomy : usable
}

type Chooser<S extends string> = (slots: readonly Slot<S>[]) => Slot<S> | undefined

function chooserOf<S extends string>(rotation: Rotation): Chooser<S> {
  if (rotation === 'weighted') return byWeight
  const load = rotation === 'round_robin' ? countGiven : countWaiting
  return (slots) =>
    slots.reduce<Slot<S> | undefined>(
      (best, slot) => (best && load(best) <= load(slot) ? best : slot),
      undefined,
    )
}

const countGiven = (slot: Slot<string>): number => slot.given
const countWaiting = (slot: Slot<string>): number => slot.sender.waiting + slot.given

/** Smooth weighted round robin: everybody earns its weight, the richest goes next and pays for all. */
function byWeight<S extends string>(slots: readonly Slot<S>[]): Slot<S> | undefined {
  let total = 0
  let richest: Slot<S> | undefined
  for (const slot of slots) {
    slot.credit += slot.sender.weight
    total += slot.sender.weight
    if (!richest || slot.credit > richest.credit) richest = slot
  }
  if (richest) richest.credit -= total
  return richest
}
