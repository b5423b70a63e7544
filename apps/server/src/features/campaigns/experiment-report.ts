import type { ExperimentReport } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import {
  differenceInterval,
  hasWaitingGroup,
  isSurelyDifferent,
  judgeVariants,
  shareInterval,
} from '@siar/domain'
import type { GoalCount, VariantCount, VariantVerdict } from '@siar/domain'
import { longestDelayMs } from './experiment-run.ts'
import { countVariants, countWaiting, countWriters, findExperimentRun } from './experiment.repo.ts'
import type { ExperimentRun, VariantRow } from './experiment.repo.ts'

const minuteMs = 60_000

/**
 * Counts the variants of a run, each after the same time since its own start: a variant that began an hour later is compared
 * with what the others had an hour ago. Once decided, only what was there at the decision is compared; the people who got
 * the winner afterwards were not part of the test.
 */
export async function countRunVariants(
  scope: WorkspaceScope,
  { id, experiment, decidedAt }: ExperimentRun,
  now: Date,
): Promise<VariantRow[]> {
  if (experiment.variants.length === 0) return []
  const atMs = (decidedAt ?? now).getTime() - longestDelayMs(experiment.variants)
  const until = experiment.variants.map(({ key, delayMinutes }) => {
    return { key, at: new Date(atMs + delayMinutes * minuteMs) }
  })
  return countVariants(scope, id, experiment.goal, until)
}

export function toVariantCounts(rows: readonly VariantRow[]): VariantCount[] {
  return rows.map(({ key, compared, goals }) => ({ key, people: compared, goals }))
}

/** Whether people of a run wait for the winner of its test. */
export async function awaitsWinner(scope: WorkspaceScope, runId: string): Promise<boolean> {
  const run = await findExperimentRun(scope, runId)
  if (run?.winner !== null || !hasWaitingGroup(run.experiment)) return false
  return (await countWaiting(scope, runId)) > 0
}

/** How the experiment of a run stands; null when it has none. Reads each recipient of the run at most three times. */
export async function reportExperiment(
  scope: WorkspaceScope,
  runId: string,
  now: Date,
): Promise<ExperimentReport | null> {
  const run = await findExperimentRun(scope, runId)
  if (!run) return null
  const { experiment, winner, decidedAt, decidedBy } = run
  const rows = await countRunVariants(scope, run, now)
  const verdict = verdictOf(run, toVariantCounts(rows))
  const waits = winner === null && hasWaitingGroup(experiment)
  return {
    goal: experiment.goal,
    state: winner === null ? verdict.state : 'decided',
    leader: asKey(verdict.leader),
    moreNeeded: winner === null ? verdict.moreNeeded : null,
    winner: asKey(winner),
    decidedAt: decidedAt?.toISOString() ?? null,
    decidedBy,
    decidesAt: experiment.decidesAt,
    waiting: waits ? await countWaiting(scope, runId) : 0,
    variants: rows.map((row) => presentVariant(run, row)),
    lift: experiment.holdoutPercent > 0 ? liftOf(await countWriters(scope, runId, run.startedAt)) : null,
  }
}

/** The one planned look of the job takes its part of the error only where there is one. */
function verdictOf({ experiment }: ExperimentRun, counts: readonly VariantCount[]): VariantVerdict {
  if (counts.length === 0) return { state: 'open', leader: null, moreNeeded: null }
  return judgeVariants(counts, experiment.decidesAt === null ? 'manual' : 'automatic')
}

type Key = NonNullable<ExperimentReport['winner']>
const asKey = (key: string | null): Key | null => key as Key | null

function presentVariant(
  { experiment }: ExperimentRun,
  row: VariantRow,
): ExperimentReport['variants'][number] {
  const { compared, goals, ...figures } = row
  const variant = experiment.variants.find(({ key }) => key === row.key)
  return {
    ...figures,
    templateName: variant?.content?.templateName ?? null,
    goal: shareInterval({ people: compared, goals }),
  }
}

function liftOf({ sent, held }: { sent: GoalCount; held: GoalCount }): ExperimentReport['lift'] {
  const difference = differenceInterval(sent, held)
  const shares = [shareInterval(sent), shareInterval(held)] as const
  if (!difference || !shares[0] || !shares[1]) return null
  const people = Math.round(difference.value * sent.people)
  return { sent: shares[0], held: shares[1], people, difference, isSure: isSurelyDifferent(sent, held) }
}
