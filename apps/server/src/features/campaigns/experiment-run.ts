import type { Experiment } from '@siar/contract'
import { experimentGroups, hasWaitingGroup, winnerAwaitedForHours } from '@siar/domain'
import type { ExperimentGroup } from '@siar/domain'
import type { RunContent } from './run-content.ts'

/** One variant with the message it had when the run started. */
export interface RunVariant {
  readonly key: string
  readonly weight: number
  readonly delayMinutes: number
  /** Null: the message of the run itself. */
  readonly content: RunContent | null
}

/** The experiment of a run as it was when the run started; later changes of the campaign or of templates do not reach it. */
export interface RunExperiment {
  readonly variants: readonly RunVariant[]
  readonly testSharePercent: number
  readonly holdoutPercent: number
  readonly goal: Experiment['goal']
  readonly decide: Experiment['decide']
  /** When the winner is looked for, as ISO text; null when a person chooses, or nobody waits. */
  readonly decidesAt: string | null
  /** When that one look happened; null before. */
  readonly lookedAt: string | null
}

const minuteMs = 60_000
const hourMs = 3_600_000

/** Freezes the plan of an experiment with the messages of its variants, in the order of the plan. */
export function toRunExperiment(
  experiment: Experiment,
  contents: readonly (RunContent | null)[],
  startedAt: Date,
): RunExperiment {
  const { testSharePercent, holdoutPercent, goal, decide, decideAfterHours } = experiment
  const variants = experiment.variants.map(({ key, weight, delayMinutes }, index) => {
    return { key, weight, delayMinutes, content: contents[index] ?? null }
  })
  const decidesByItself = decide === 'automatic' && hasWaitingGroup(experiment)
  const decidesAtMs = startedAt.getTime() + longestDelayMs(variants) + decideAfterHours * hourMs
  const decidesAt = decidesByItself ? new Date(decidesAtMs).toISOString() : null
  return { variants, testSharePercent, holdoutPercent, goal, decide, decidesAt, lookedAt: null }
}

/** How long after the start the last variant begins. */
export function longestDelayMs(variants: readonly { readonly delayMinutes: number }[]): number {
  return Math.max(0, ...variants.map(({ delayMinutes }) => delayMinutes)) * minuteMs
}

/** How the freeze shares people out: the arrays of `groupSql`, and when each group is due. */
export interface FreezeGroups {
  /** The id of the campaign. */
  readonly seed: string
  readonly groups: readonly ExperimentGroup[]
  readonly variants: readonly { readonly key: string; readonly delayMinutes: number }[]
  /** How much later those without a variant are due; 0 for at once. */
  readonly othersWaitHours: number
}

export function freezeGroupsOf(campaignId: string, experiment: RunExperiment): FreezeGroups {
  return {
    seed: campaignId,
    groups: experimentGroups(experiment),
    variants: experiment.variants,
    othersWaitHours: hasWaitingGroup(experiment) ? winnerAwaitedForHours : 0,
  }
}
