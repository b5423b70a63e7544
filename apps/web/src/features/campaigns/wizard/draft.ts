import type {
  Audience,
  BodyInput,
  Budget,
  Campaign,
  Experiment,
  Pacing,
  Schedule,
  Weights,
  campaignOperations,
} from '@siar/contract'
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
  /** Only those that do not weigh 1. */
  weights: Weights
  experiment: Experiment | null
  budget: Budget | null
  trackLinks: boolean
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
  weights: {},
  experiment: null,
  budget: null,
  trackLinks: false,
}

const fields = Object.keys(emptyDraft) as (keyof Draft)[]

export function draftOf(campaign: Campaign): Draft {
  return Object.fromEntries(fields.map((field) => [field, campaign[field]])) as Draft
}

type Changes = NonNullable<BodyInput<typeof campaignOperations.update>>

/** Only the fields that differ from what is saved; empty when there is nothing to save. */
export function changesOf(saved: Draft, draft: Draft): Changes {
  const entries = Object.entries(draft).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(saved[field as keyof Draft]),
  )
  return Object.fromEntries(entries)
}
