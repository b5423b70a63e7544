import type { WorkspaceScope } from '@siar/database'
import type { HaltFacts } from '@siar/domain'

/** Why those of these senders rest that the guardian has halted. */
export async function findHaltedSenders(
  scope: WorkspaceScope,
  senderIds: readonly string[],
): Promise<HaltFacts[]> {
  const rows = await scope.query<{ halt: HaltFacts }>(
    'select halt from senders where id = any($1::text[]) and halt is not null order by created_at, id',
    [[...senderIds]],
  )
  return rows.map((row) => row.halt)
}

const waits = (sender: string): string =>
  `exists (select 1 from recipients r where r.sender_id = ${sender}.id and r.run_id = runs.id and r.due_at is not null)`

/**
 * Why runs stand still: their own halt, or, of marketing, that of a sender when everybody who waits, waits for senders that
 * rest. Runs that go on are absent. Costs some index steps for each sender of the workspace.
 */
export async function findStandstills(
  scope: WorkspaceScope,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, HaltFacts>> {
  if (runIds.length === 0) return new Map()
  const rows = await scope.query<{ id: string; halt: HaltFacts }>(
    `select runs.id, coalesce(runs.halt, resting.halt) as halt from runs
     left join lateral (
       select s.halt from senders s
       where s.workspace_id = runs.workspace_id and s.halt is not null and runs.purpose = 'marketing'
         and runs.status = 'running' and ${waits('s')} limit 1
     ) resting on true
     where runs.id = any($1::text[]) and (runs.halt is not null or (resting.halt is not null and not exists (
       select 1 from senders o where o.workspace_id = runs.workspace_id and o.halt is null and ${waits('o')})))`,
    [[...runIds]],
  )
  return new Map(rows.map((row) => [row.id, row.halt]))
}
