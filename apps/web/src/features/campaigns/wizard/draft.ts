import type {
  Audience,
  BodyInput,
  Campaign,
  Pacing,
  Schedule,
  Template,
  campaignOperations,
} from '@siar/contract'
import { assertNever, instantOf } from '@siar/domain'
import type { Purpose, Rotation } from '@siar/domain'

export const stepIds = ['template', 'recipients', 'schedule', 'review'] as const
export type StepId = (typeof stepIds)[number]

export function isStep(value: string): value is StepId {
  return stepIds.some((step) => step === value)
}

/** What the wizard edits; saved to the server at every step. */
export type Draft = {
  name: string
  purpose: Purpose
  templateId: string | null
  variables: Record<string, string>
  audience: Audience
  schedule: Schedule
  pacing: Pacing | null
  rotation: Rotation
  /** Empty means every sender that is used for campaigns. */
  senderIds: string[]
}

export const emptyDraft: Draft = {
  name: '',
  purpose: 'marketing',
  templateId: null,
  variables: {},
  audience: { include: [], exclude: [] },
  schedule: { kind: 'now' },
  pacing: null,
  rotation: 'round_robin',
  senderIds: [],
}

export function draftOf(campaign: Campaign): Draft {
  const { name, purpose, templateId, variables, audience, schedule, pacing, rotation, senderIds } = campaign
  return { name, purpose, templateId, variables, audience, schedule, pacing, rotation, senderIds }
}

type Changes = NonNullable<BodyInput<typeof campaignOperations.update>>

/** Only the fields that differ from what is saved; empty when there is nothing to save. */
export function changesOf(saved: Draft, draft: Draft): Changes {
  const entries = Object.entries(draft).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(saved[field as keyof Draft]),
  )
  return Object.fromEntries(entries)
}

/** What keeps a step from being done, as the name of its sentence. */
export type Gap = 'name' | 'template' | 'variables' | 'audience' | 'noTime' | 'pastTime' | 'pauseOrder'

/**
 * What is still missing before the next step, in the order of the page.
 *
 * @param template The chosen template, once it is known.
 */
export function gapsOf(step: StepId, draft: Draft, template: Template | null, nowAtMs: number): Gap[] {
  switch (step) {
    case 'template':
      return [
        ...(draft.name.trim() === '' ? (['name'] as const) : []),
        ...(draft.templateId === null ? (['template'] as const) : []),
        ...(template && missingVariables(draft, template).length > 0 ? (['variables'] as const) : []),
      ]
    case 'recipients':
      return draft.audience.include.length === 0 ? ['audience'] : []
    case 'schedule':
      return [...timeGaps(draft.schedule, nowAtMs), ...pacingGaps(draft.pacing)]
    case 'review':
      return []
    default:
      return assertNever(step, 'step of the wizard')
  }
}

/** Names the campaign must give a value for: without one everybody would be skipped. */
export function missingVariables(draft: Draft, template: Template): string[] {
  return template.variables
    .filter(
      ({ name, kind, hasDefault }) => kind === 'campaign' && !hasDefault && !draft.variables[name]?.trim(),
    )
    .map(({ name }) => name)
}

function timeGaps(schedule: Schedule, nowAtMs: number): Gap[] {
  if (schedule.kind === 'now') return []
  const startAtMs = instantOf(
    schedule.at,
    schedule.kind === 'recipient_local' ? 'Asia/Jakarta' : schedule.timeZone,
  )
  if (startAtMs === null) return ['noTime']
  return startAtMs <= nowAtMs ? ['pastTime'] : []
}

function pacingGaps(pacing: Pacing | null): Gap[] {
  return pacing && pacing.delayMsMin > pacing.delayMsMax ? ['pauseOrder'] : []
}
