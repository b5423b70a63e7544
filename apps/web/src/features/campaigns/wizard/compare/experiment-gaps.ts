import type { Experiment, Template } from '@siar/contract'
import type { Draft } from '../draft.ts'
import { missingVariables } from '../message/missing-variables.ts'

export type ExperimentGap = 'variantsSame' | 'variantPurpose' | 'variantValues' | 'clickLinks'

/** What keeps a comparison from telling anything, or its messages from leaving. */
export function experimentGaps(draft: Draft, templates: ReadonlyMap<string, Template>): ExperimentGap[] {
  const { experiment } = draft
  if (!experiment || experiment.variants.length === 0) return []
  const others = variantTemplates(experiment, templates)
  return [
    ...(hasTwins(draft, experiment) ? (['variantsSame'] as const) : []),
    ...(draft.purpose === 'service' && others.some(({ purpose }) => purpose === 'marketing')
      ? (['variantPurpose'] as const)
      : []),
    ...(others.some((template) => missingVariables(draft, template).length > 0)
      ? (['variantValues'] as const)
      : []),
    ...(experiment.goal === 'click' && !draft.trackLinks ? (['clickLinks'] as const) : []),
  ]
}

/** Templates of the variants that do not send the campaign's own message, each once. */
export function variantTemplates(
  { variants }: Experiment,
  templates: ReadonlyMap<string, Template>,
): Template[] {
  const ids = new Set(variants.flatMap(({ templateId }) => (templateId === null ? [] : [templateId])))
  return [...ids].flatMap((id) => templates.get(id) ?? [])
}

/** Two variants with the same message at the same time have nothing to be told apart by. */
function hasTwins({ templateId }: Draft, { variants }: Experiment): boolean {
  const looks = variants.map((variant) => `${variant.templateId ?? templateId} ${variant.delayMinutes}`)
  return new Set(looks).size < looks.length
}
