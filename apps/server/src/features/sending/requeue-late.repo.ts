import type { WorkspaceScope } from '@siar/database'

export interface LateRefusal {
  readonly recipientId: string
  /** Fewer tries than this were made. */
  readonly tries: number
  readonly dueAt: Date
  readonly reason: string
}

/** Queues one refused recipient of a run that is not over. @returns its run, or null when nothing changed. */
export async function requeueRefusedOne(
  scope: WorkspaceScope,
  { recipientId, tries, dueAt, reason }: LateRefusal,
): Promise<{ runId: string; campaignId: string } | null> {
  const [row] = await scope.query<{ runId: string; campaignId: string }>(
    `update recipients r set status = 'queued', message_id = null, due_at = $2
     from runs
     where r.id = $1 and r.status = 'refused' and r.reason = $3 and r.attempts < $4
       and runs.id = r.run_id and runs.status in ('running', 'paused', 'halted')
     returning r.run_id as "runId", r.campaign_id as "campaignId"`,
    [recipientId, dueAt, reason, tries],
  )
  return row ?? null
}
