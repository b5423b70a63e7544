import type { Audience } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { judgedAudience } from './audience.repo.ts'
import type { AudienceRules, SqlPart } from './audience.repo.ts'
import { groupedAudience } from './experiment-groups.repo.ts'
import type { FreezeGroups } from './experiment-run.ts'

/** The senders of a run, by whose conversations people differ. */
export interface RunSenders {
  /** Senders that a contact keeps when it already talks with one of them. */
  readonly senderIds: readonly string[]
  /** Those of them whose messages are charged, and free in an open window. */
  readonly chargedIds: readonly string[]
  /** Those of them that take the message only within 24 hours of the contact's own: a free entry does not help there. */
  readonly windowedIds: readonly string[]
}

/**
 * The people of `grouped` as `met`, with the sender they last talked with (`sticky`) and the charged one that they have written to
 * within 24 hours, or whose free entry is open (`free`, `free_by`); null for none. Without charged senders nobody is looked up for them.
 *
 * Values: $1 workspace, $2 now, $first.. its own.
 */
export function metPeople({ senderIds, chargedIds, windowedIds }: RunSenders, first: number): SqlPart {
  const sticky = `sticky as (
       select distinct on (v.contact_id) v.contact_id, v.sender_id from conversations v
       where v.workspace_id = $1 and v.sender_id = any($${first}::text[])
       order by v.contact_id, v.last_message_at desc
     )`
  if (chargedIds.length === 0) {
    const text = `${sticky},
     met as (
       select j.*, s.sender_id as sticky, null::text as free, null::text as free_by
       from grouped j left join sticky s on s.contact_id = j.contact_id
     )`
    return { text, values: [[...senderIds]] }
  }
  const text = `${sticky},
     open_window as (
       select distinct on (v.contact_id) v.contact_id, v.sender_id,
         case when v.last_incoming_at > $2::timestamptz - interval '24 hours' then 'open_window' else 'free_entry' end as by
       from conversations v
       where v.workspace_id = $1 and v.sender_id = any($${first + 1}::text[])
         and (v.last_incoming_at > $2::timestamptz - interval '24 hours'
           or (v.free_entry_until > $2::timestamptz and v.sender_id <> all ($${first + 2}::text[])))
       order by v.contact_id, v.last_incoming_at desc
     ),
     met as (
       select j.*, s.sender_id as sticky, o.sender_id as free, o.by as free_by
       from grouped j left join sticky s on s.contact_id = j.contact_id
         left join open_window o on o.contact_id = j.contact_id
     )`
  return { text, values: [[...senderIds], [...chargedIds], [...windowedIds]] }
}

/** People of an audience who are alike in everything that decides when, how and for how much they are written to. */
export interface MetCount {
  readonly reason: string | null
  readonly variant: string | null
  readonly zone: string | null
  readonly country: string | null
  readonly sticky: string | null
  readonly free: string | null
  /** What opened it for them; null without one. */
  readonly freeBy: 'open_window' | 'free_entry' | null
  readonly count: number
}

/** Counts an audience as the freeze would find it now. */
export async function countMet(
  scope: WorkspaceScope,
  audience: Audience,
  rules: AudienceRules,
  experiment: FreezeGroups | null,
  senders: RunSenders,
): Promise<MetCount[]> {
  const judged = judgedAudience(scope, audience, rules)
  const grouped = groupedAudience(experiment, judged.values.length + 1)
  // The last three of a group's values say when somebody is due; only the freeze asks for that.
  const groupValues = grouped.values.slice(0, 3)
  const met = metPeople(senders, judged.values.length + groupValues.length + 1)
  return scope.query<MetCount>(
    `with ${judged.text}, ${grouped.text}, ${met.text}
     select reason, variant, time_zone as zone, country, sticky, free, free_by as "freeBy",
       count(*)::int as count
     from met group by reason, variant, time_zone, country, sticky, free, free_by`,
    [...judged.values, ...groupValues, ...met.values],
  )
}
