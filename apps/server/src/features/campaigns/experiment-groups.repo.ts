import type { SqlPart } from './audience.repo.ts'
import type { FreezeGroups } from './experiment-run.ts'

export interface GroupedAudience extends SqlPart {
  /** SQL of when a row `n` with its `variant` is due. */
  readonly dueAt: string
}

/**
 * The people of `judged` as `grouped`, with the group each falls in: `contact_id, address, country, time_zone, reason, variant`. Whoever is held
 * out gets that as the reason. The hash is the domain's `groupOf`, one for each row that is to be sent to; without an
 * experiment there is none. `offset 0` keeps the rules of `judged` from being asked again wherever the reason is named.
 *
 * Values: $2 now, $first.. its own.
 */
export function groupedAudience(experiment: FreezeGroups | null, first: number): GroupedAudience {
  if (!experiment) {
    const text = `grouped as (
       select contact_id, address, country, time_zone, reason, null::text as variant from judged offset 0)`
    return { text, dueAt: '$2::timestamptz', values: [] }
  }
  const { seed, groups, variants, othersWaitHours } = experiment
  const at = (offset: number): string => `$${first + offset}`
  const number = `(hashtext(${at(0)}::text || j.contact_id)::bigint & 4294967295)`
  const group = `(${at(2)}::text[])[width_bucket(${number}, ${at(1)}::bigint[]) + 1]`
  const delay = `(${at(4)}::int[])[array_position(${at(3)}::text[], n.variant)] * interval '1 minute'`
  return {
    text: `grouped as (
       select g.contact_id, g.address, g.country, g.time_zone, coalesce(g.reason, case when g.variant = 'holdout' then 'holdout' end) as reason,
         g.variant
       from (select j.contact_id, j.address, j.country, j.time_zone, j.reason, case when j.reason is null then ${group} end as variant
         from (select * from judged offset 0) j offset 0) g
     )`,
    dueAt: `$2::timestamptz + coalesce(${delay}, ${at(5)}::int * interval '1 hour')`,
    values: [
      `${seed}/`,
      groups.slice(0, -1).map(({ upTo }) => upTo),
      groups.map(({ key }) => key),
      variants.map(({ key }) => key),
      variants.map(({ delayMinutes }) => delayMinutes),
      othersWaitHours,
    ],
  }
}
