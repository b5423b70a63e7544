import type { Audience } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import { judgedAudience } from './audience.repo.ts'
import type { AudienceRules } from './audience.repo.ts'
import { groupedAudience } from './experiment-groups.repo.ts'
import type { FreezeGroups } from './experiment-run.ts'
import { localStart } from './local-due.repo.ts'
import type { LocalDue } from './local-due.repo.ts'
import { metPeople } from './roads.repo.ts'
import type { RunSenders } from './roads.repo.ts'
import { routedPeople } from './routed-people.repo.ts'
import type { FreezeRoutes } from './routed-people.repo.ts'

export interface FreezeTarget {
  readonly campaignId: string
  readonly runId: string
  readonly senders: RunSenders
  readonly routes: FreezeRoutes
  /** Null without an experiment. */
  readonly experiment: FreezeGroups | null
  /** Null unless each person's own clock decides when they are due. */
  readonly localDue: LocalDue | null
}

export interface FrozenCount {
  readonly status: 'queued' | 'skipped'
  readonly reason: string | null
  readonly variant: string | null
  readonly senderId: string | null
  /** They keep their sender because they talk with it. */
  readonly stays: boolean
  /** They wrote to it within 24 hours. */
  readonly inWindow: boolean
  readonly count: number
}

/**
 * Freezes an audience into the recipients of a run and gives each its sender, in one statement.
 *
 * A contact keeps the sender it last talked with when that belongs to the campaign; the others follow the routes.
 * Nobody is rendered. Ids share what tells this run from all others and end with the sequence. Sequence numbers run from 1 in the order of contact ids, the skipped ones included.
 *
 * @returns How many recipients came out of it, by status, reason, variant, sender and whether they talk with it.
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
  const grouped = groupedAudience(target.experiment, first + 3)
  const met = metPeople(target.senders, first + 3 + grouped.values.length)
  const routedFirst = first + 3 + grouped.values.length + met.values.length
  const routed = routedPeople(target.routes, routedFirst)
  const local = localStart(target.localDue, routedFirst + routed.values.length)
  return scope.query<FrozenCount>(
    `with ${judged.text},
     ids as materialized (select left(siar_new_id('rcp'), 28) as prefix),
     ${grouped.text},
     ${met.text},
     ${routed.text},
     ${local.text}
     frozen as (
       insert into recipients (id, workspace_id, campaign_id, run_id, contact_id, sequence, address, status, reason,
         variant, sender_id, route_reason, due_at, updated_at)
       select ids.prefix || lpad(to_hex(n.sequence), 8, '0'), $1, ${at(1)}, ${at(2)}, n.contact_id, n.sequence, n.address,
         case when n.reason is null then 'queued' else 'skipped' end, n.reason, n.variant,
         n.sender_id, n.route_reason,
         case when n.reason is null then ${local.dueAt(grouped.dueAt)} end, $2
       from numbered n cross join ids ${local.join}
       returning status, reason, variant, sender_id,
         coalesce(route_reason in ('sticky', 'open_window', 'free_entry'), false) as stays,
         coalesce(route_reason = 'open_window', false) as open
     )
     select status, reason, variant, sender_id as "senderId", stays, open as "inWindow", count(*)::int as count
     from frozen group by status, reason, variant, sender_id, stays, open`,
    [
      ...judged.values,
      target.campaignId,
      target.runId,
      ...grouped.values,
      ...met.values,
      ...routed.values,
      ...local.values,
    ],
  )
}
