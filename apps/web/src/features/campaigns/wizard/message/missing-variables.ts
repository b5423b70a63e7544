import type { Template } from '@siar/contract'
import type { Draft } from '../draft.ts'

/** Names the campaign must give a value for: without one everybody would be skipped. */
export function missingVariables(
  { variables }: Pick<Draft, 'variables'>,
  template: Pick<Template, 'variables'>,
): string[] {
  return template.variables
    .filter(({ name, kind, hasDefault }) => kind === 'campaign' && !hasDefault && !variables[name]?.trim())
    .map(({ name }) => name)
}
