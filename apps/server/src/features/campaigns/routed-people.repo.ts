import type { SqlPart } from './audience.repo.ts'
import type { RouteArrays } from './route-arrays.ts'

/** How a run gives people their sender. */
export type FreezeRoutes =
  /** By turns, over all senders alike; the pattern repeats and is never empty. `reason` is the name of the rotation. */
  | { readonly kind: 'rotation'; readonly pattern: readonly string[]; readonly reason: string }
  /** By classes of people, as planned. */
  | { readonly kind: 'tiers'; readonly arrays: RouteArrays; readonly chargedIds: readonly string[] }

/**
 * The people of `met` as `numbered`: `contact_id, address, reason, variant, sequence, sender_id, route_reason`. Sequence numbers
 * run from 1 in the order of contact ids, the skipped ones included.
 *
 * Values: $first.. its own.
 */
export function routedPeople(routes: FreezeRoutes, first: number): SqlPart {
  return routes.kind === 'rotation' ? byTurns(routes, first) : byClasses(routes, first)
}

function byTurns({ pattern, reason }: Extract<FreezeRoutes, { kind: 'rotation' }>, first: number): SqlPart {
  const senders = [...new Set(pattern)]
  const turns = pattern.map((senderId) => senders.indexOf(senderId) + 1)
  const at = (offset: number): string => `$${first + offset}`
  const turn = `(${at(0)}::int[])[(p.turn - 1) % cardinality(${at(0)}::int[]) + 1]`
  const text = `numbered as (
       select p.contact_id, p.address, p.reason, p.variant, p.sequence,
         case when p.reason is null then coalesce(p.sticky, (${at(1)}::text[])[${turn}]) end as sender_id,
         case when p.reason is null then case when p.sticky is null then ${at(2)}::text else 'sticky' end end
           as route_reason
       from (
         select m.*, row_number() over people::int as sequence,
           count(*) filter (where m.reason is null and m.sticky is null)
             over (people rows unbounded preceding)::int as turn
         from met m window people as (order by m.contact_id)
       ) p
     )`
  return { text, values: [turns, senders, reason] }
}

/** Two numbers with no plan between them would be a race: who was not counted goes the way of most. */
function byClasses({ arrays, chargedIds }: Extract<FreezeRoutes, { kind: 'tiers' }>, first: number): SqlPart {
  const at = (offset: number): string => `$${first + offset}`
  const text = `classed as (
       select m.*, row_number() over (order by m.contact_id)::int as sequence,
         case when m.reason is not null then null
           when m.free is not null then m.free_by || '/' || m.free
           when m.sticky is null then 'new/' || coalesce(m.country, '')
           when m.sticky = any(${at(0)}::text[]) then 'talks/' || m.sticky || '/' || coalesce(m.country, '')
           else 'talks/' || m.sticky end as class
       from met m
     ),
     placed as (
       select c.*, coalesce(array_position(${at(1)}::text[], c.class), ${at(2)}::int)::bigint * 4294967296
           + row_number() over (partition by c.class order by c.contact_id) as place
       from classed c
     ),
     numbered as (
       select p.contact_id, p.address, p.variant, p.sequence,
         coalesce(p.reason, case when b.length = 0 then b.reason when b.length is null then 'no_sender' end) as reason,
         case when p.reason is null and b.length > 0 then (${at(7)}::text[])[
           (${at(8)}::int[])[b.from_index + ((b.turn + p.place - b.start) % b.length)::int + 1]] end as sender_id,
         case when p.reason is null and b.length > 0 then b.reason end as route_reason
       from placed p
       left join unnest(${at(3)}::bigint[], ${at(4)}::text[], ${at(5)}::int[], ${at(6)}::int[], ${at(9)}::bigint[])
         with ordinality b(start, reason, length, from_index, turn, number)
         on b.number = width_bucket(p.place, ${at(3)}::bigint[])
     )`
  const { classes, otherwise, starts, reasons, lengths, from, offsets, senders, pattern } = arrays
  return {
    text,
    values: [
      [...chargedIds],
      [...classes],
      otherwise,
      [...starts],
      [...reasons],
      [...lengths],
      [...from],
      [...senders],
      [...pattern],
      [...offsets],
    ],
  }
}
