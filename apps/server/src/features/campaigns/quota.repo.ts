import type { WorkspaceScope } from '@siar/database'
import { quotaMonthOf } from '@siar/domain'
import type { WorkspaceFacts } from './start-facts.repo.ts'

/** Where a workspace stands with its messages of this calendar month. */
export interface QuotaUse {
  readonly limit: number
  /** Accepted this month, and on the way now. */
  readonly used: number
  readonly left: number
  readonly renewsAtMs: number
}

const quotaStatement = {
  name: 'campaigns-quota-use',
  text: `
  select (select coalesce(sum(d.accepted), 0) from sender_days d
      where d.workspace_id = $1 and d.day >= $2::date and d.day < $3::date)
    + (select count(*) from senders s join attempts a on a.sender_id = s.id and a.outcome is null
      join recipients r on r.id = a.recipient_id and r.message_id = a.id and r.status = 'dispatching'
      where s.workspace_id = $1)::bigint as used`,
}

/**
 * Reads what a workspace has used of its quota; null where it has none, then nothing is read.
 *
 * One small sum: a row for each sender and day of the month, and one for each message that is on its way. Those count, so that
 * who takes with `lockQuota` never hands out more than the quota.
 */
export async function findQuotaUse(
  scope: WorkspaceScope,
  { messageQuota, timeZone }: Pick<WorkspaceFacts, 'messageQuota' | 'timeZone'>,
  now: Date,
): Promise<QuotaUse | null> {
  if (messageQuota === null) return null
  const { firstDay, nextFirstDay, renewsAtMs } = quotaMonthOf(timeZone, now.getTime())
  const [row] = await scope.query<{ used: number }>(quotaStatement, [
    scope.workspaceId,
    firstDay,
    nextFirstDay,
  ])
  const used = Number(row?.used ?? 0)
  return { limit: messageQuota, used, left: Math.max(0, messageQuota - used), renewsAtMs }
}
