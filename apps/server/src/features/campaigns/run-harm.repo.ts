import type { WorkspaceScope } from '@siar/database'
import { findHarmOfReason, noMemory } from '@siar/domain'
import type { CampaignStatus, GuardianMemory, HaltFacts, Harm, HarmCounts, Purpose } from '@siar/domain'

const sentStatuses: readonly string[] = ['accepted', 'delivered', 'read', 'replied']
const refusedPrefix = 'refused:'

/** What the people of a run did that hurts, over all its senders, from its figures. */
export async function findRunHarm(scope: WorkspaceScope, runId: string): Promise<HarmCounts> {
  const rows = await scope.query<{ figure: string; count: number }>(
    'select figure, count::int as count from run_figures where run_id = $1 and count > 0',
    [runId],
  )
  const sum = (matches: (figure: string) => boolean): number =>
    rows.reduce((total, row) => (matches(row.figure) ? total + row.count : total), 0)
  const refusals = (harm: Harm): number =>
    sum(
      (figure) =>
        figure.startsWith(refusedPrefix) && findHarmOfReason(figure.slice(refusedPrefix.length)) === harm,
    )
  const sent = sum((figure) => sentStatuses.includes(figure))
  const tried = sent + refusals('refused') + refusals('wrong_number')
  return {
    block: { harmed: sum((figure) => figure === 'block'), messages: sent },
    opt_out: { harmed: sum((figure) => figure === 'opt_out'), messages: sent },
    refused: { harmed: refusals('refused'), messages: tried },
    wrong_number: { harmed: refusals('wrong_number'), messages: tried },
    missing: { harmed: sum((figure) => figure === 'missing'), messages: sum((figure) => figure === 'ripe') },
  }
}

/** `stoppedSenders`: WhatsApp limited this run on them; the others go on. */
export type RunMemory = GuardianMemory & { readonly stoppedSenders?: readonly string[] }

export interface GuardedRun {
  readonly id: string
  readonly campaignId: string
  readonly campaignName: string
  readonly purpose: Purpose
  /** Of its campaign while it is the newest run. */
  readonly status: CampaignStatus
  readonly startedAt: Date
  /** The senders its campaign names, or all of the workspace when it names none. */
  readonly senderIds: readonly string[]
  readonly memory: RunMemory
}

/** A run as the guardian sees it, or null. */
export async function findGuardedRun(scope: WorkspaceScope, runId: string): Promise<GuardedRun | null> {
  const [row] = await scope.query<Omit<GuardedRun, 'memory'> & { guardian: RunMemory | null }>(
    `select r.id, r.campaign_id as "campaignId", c.name as "campaignName", r.purpose,
       case when c.current_run_id = r.id then c.status else r.status end as status, r.started_at as "startedAt", r.guardian,
       array(select s.id from senders s where s.workspace_id = r.workspace_id
         and (jsonb_array_length(c.sender_ids) = 0 or c.sender_ids ? s.id)) as "senderIds"
     from runs r join campaigns c on c.id = r.campaign_id where r.id = $1`,
    [runId],
  )
  if (!row) return null
  const { guardian, ...run } = row
  return { ...run, memory: guardian ?? noMemory }
}

/** Writes why a run stands still, or null when it goes on, and what the guardian remembers of it. */
export async function writeRunHalt(
  scope: WorkspaceScope,
  runId: string,
  halt: HaltFacts | null,
  memory: RunMemory,
): Promise<void> {
  await scope.execute('update runs set halt = $2::jsonb, guardian = $3::jsonb where id = $1', [
    runId,
    halt && JSON.stringify(halt),
    JSON.stringify(memory),
  ])
}

/** The halts of those of the runs that have one. */
export async function findRunHalts(
  scope: WorkspaceScope,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, HaltFacts>> {
  if (runIds.length === 0) return new Map()
  const rows = await scope.query<{ id: string; halt: HaltFacts }>(
    'select id, halt from runs where id = any($1::text[]) and halt is not null',
    [[...runIds]],
  )
  return new Map(rows.map((row) => [row.id, row.halt]))
}

/**
 * Harm by a message from before a person let the run go on does not count against what came after. Does nothing for a
 * message since then.
 */
export async function forgiveRun(
  scope: WorkspaceScope,
  runId: string,
  harm: Harm,
  acceptedAt: Date,
): Promise<void> {
  await scope.execute(
    `update runs set guardian = jsonb_set(guardian, array['countsFrom', 'counts', $2, 'harmed'],
       to_jsonb(coalesce((guardian #>> array['countsFrom', 'counts', $2, 'harmed'])::int, 0) + 1))
     where id = $1 and (guardian #>> '{countsFrom,at}')::timestamptz > $3`,
    [runId, harm, acceptedAt],
  )
}

/** Whether somebody of a run waits for a sender on which it was not stopped. */
export async function hasWaitingElsewhere(
  scope: WorkspaceScope,
  runId: string,
  stoppedSenders: readonly string[],
): Promise<boolean> {
  const rows = await scope.query(
    `select 1 from recipients where run_id = $1 and due_at is not null and sender_id <> all($2::text[]) limit 1`,
    [runId, [...stoppedSenders]],
  )
  return rows.length > 0
}

/** Running runs that were stopped on some of their senders, in every workspace. */
export function listPartlyStopped(scope: {
  query: WorkspaceScope['query']
}): Promise<{ runId: string; workspaceId: string }[]> {
  return scope.query(
    `select id as "runId", workspace_id as "workspaceId" from runs
     where status = 'running' and jsonb_array_length(coalesce(guardian -> 'stoppedSenders', '[]')) > 0`,
  )
}
