import type { Audience } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { judgedAudience } from './audience.repo.ts'
import type { AudienceRules } from './audience.repo.ts'
import { groupedAudience } from './experiment-groups.repo.ts'
import type { FreezeGroups } from './experiment-run.ts'

export interface FreezeTarget {
  readonly campaignId: string
  readonly runId: string
  /** Senders that a contact keeps when it already talks with one of them. */
  readonly senderIds: readonly string[]
  /** The rotation as a pattern that repeats over the recipients; never empty. */
  readonly pattern: readonly string[]
  /** Why the pattern gave a sender: the name of the rotation. */
  readonly patternReason: string
  /** Null without an experiment. */
  readonly experiment: FreezeGroups | null
}

export interface FrozenCount {
  readonly status: 'queued' | 'skipped'
  readonly reason: string | null
  readonly variant: string | null
  readonly count: number
}

/**
 * Freezes an audience into the recipients of a run and gives each its sender, in one statement.
 *
 * A contact keeps the sender it last talked with when that belongs to the campaign; the others follow the pattern.
 * Nobody is rendered. Ids share what tells this run from all others and end with the sequence. Sequence numbers run from 1 in the order of contact ids, the skipped ones included.
 *
 * @returns How many recipients came out of it, by status, reason and variant.
 */
export async function freezeAudience(
  scope: WorkspaceScope,
  audience: Audience,
  rules: AudienceRules,
  target: FreezeTarget,
): Promise<FrozenCount[]> {
  const judged = judgedAudience(scope, audience, rules)
  const first = judged.values.length
  const at = (offset: number): string => `$${first + offset}`
  const grouped = groupedAudience(target.experiment, first + 6)
  return scope.query<FrozenCount>(
    `with ${judged.text},
     sticky as (
       select distinct on (v.contact_id) v.contact_id, v.sender_id from conversations v
       where v.workspace_id = $1 and v.sender_id = any(${at(3)}::text[])
       order by v.contact_id, v.last_message_at desc
     ),
     ids as materialized (select left(siar_new_id('rcp'), 28) as prefix),
     ${grouped.text},
     numbered as (
       select j.contact_id, j.address, j.reason, j.variant, s.sender_id as sticky,
         row_number() over (order by j.contact_id)::int as sequence
       from grouped j left join sticky s on s.contact_id = j.contact_id
     ),
     frozen as (
       insert into recipients (id, workspace_id, campaign_id, run_id, contact_id, sequence, address, status, reason,
         variant, sender_id, route_reason, due_at, updated_at)
       select ids.prefix || lpad(to_hex(n.sequence), 8, '0'), $1, ${at(1)}, ${at(2)}, n.contact_id, n.sequence, n.address,
         case when n.reason is null then 'queued' else 'skipped' end, n.reason, n.variant,
         case when n.reason is null
           then coalesce(n.sticky, (${at(4)}::text[])[(n.sequence - 1) % cardinality(${at(4)}::text[]) + 1]) end,
         case when n.reason is null then case when n.sticky is null then ${at(5)}::text else 'sticky' end end,
         case when n.reason is null then ${grouped.dueAt} end, $2
       from numbered n, ids
       returning status, reason, variant
     )
     select status, reason, variant, count(*)::int as count from frozen group by status, reason, variant`,
    [
      ...judged.values,
      target.campaignId,
      target.runId,
      [...target.senderIds],
      [...target.pattern],
      target.patternReason,
      ...grouped.values,
    ],
  )
}
