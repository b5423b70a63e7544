import type { Pacing, Schedule, Template } from '@siar/contract'
import { assertNever, instantOf } from '@siar/domain'
import { experimentGaps } from './compare/experiment-gaps.ts'
import type { ExperimentGap } from './compare/experiment-gaps.ts'
import type { Draft, StepId } from './draft.ts'
import { missingVariables } from './message/missing-variables.ts'
import { recurrenceOf } from './recurrence/recurrence-of.ts'
import { isWeightless } from './senders/weights.ts'

/** What keeps a step from being done, as the name of its sentence. */
export type Gap =
  | 'name'
  | 'template'
  | 'variables'
  | 'audience'
  | 'noTime'
  | 'pastTime'
  | 'endsBeforeStart'
  | 'pauseOrder'
  | 'weightsZero'
  | 'budgetZero'
  | ExperimentGap

/** What the gaps are judged by, beside the draft itself. */
export type Known = {
  /** Chosen templates by id, as far as they have been fetched. */
  templates: ReadonlyMap<string, Template>
  /** Who would send; null while that is not known. */
  senderIds: readonly string[] | null
  /** The clock of the person who plans. */
  timeZone: string
  nowAtMs: number
}

/** What is still missing before the next step, in the order of the page. */
export function gapsOf(step: StepId, draft: Draft, known: Known): Gap[] {
  switch (step) {
    case 'template':
      return messageGaps(draft, known)
    case 'recipients':
      return draft.audience.include.length === 0 ? ['audience'] : []
    case 'schedule':
      return [
        ...timeGaps(draft.schedule, known),
        ...(isWeightless(draft, known.senderIds) ? (['weightsZero'] as const) : []),
        ...(draft.budget?.amountMinor === 0 ? (['budgetZero'] as const) : []),
        ...pacingGaps(draft.pacing),
        ...experimentGaps(draft, known.templates),
      ]
    case 'review':
      return []
    default:
      return assertNever(step, 'step of the wizard')
  }
}

function messageGaps(draft: Draft, { templates }: Known): Gap[] {
  const template = draft.templateId === null ? undefined : templates.get(draft.templateId)
  return [
    ...(draft.name.trim() === '' ? (['name'] as const) : []),
    ...(draft.templateId === null ? (['template'] as const) : []),
    ...(template && missingVariables(draft, template).length > 0 ? (['variables'] as const) : []),
  ]
}

function timeGaps(schedule: Schedule, known: Known): Gap[] {
  if (schedule.kind === 'now') return []
  const zone = schedule.kind === 'recipient_local' ? known.timeZone : schedule.timeZone
  const startAtMs = instantOf(schedule.at, zone)
  if (startAtMs === null) return ['noTime']
  if (schedule.kind !== 'recurring') return startAtMs <= known.nowAtMs ? ['pastTime'] : []
  const ending = recurrenceOf(schedule.rule, schedule)?.ending
  return ending?.kind === 'day' && ending.day < schedule.at.slice(0, 10) ? ['endsBeforeStart'] : []
}

function pacingGaps(pacing: Pacing | null): Gap[] {
  return pacing && pacing.delayMsMin > pacing.delayMsMax ? ['pauseOrder'] : []
}
