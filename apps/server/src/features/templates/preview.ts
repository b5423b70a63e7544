import { sampleVariants, variableValues } from '@siar/domain'
import type { VariableValues } from '@siar/domain'
import type { Language } from '../../core.ts'
import type { KnownNames, TextIssue, TextVariable } from './template-text.ts'
import { parseText, textIssues, variablesOf } from './template-text.ts'

/** Stands in for a person while a template is written; clearly made up. */
export const examplePerson = {
  name: 'Sari Wulandari',
  first_name: 'Sari',
  last_name: 'Wulandari',
  phone: '+62 812-0000-0000',
  email: 'sari@example.com',
  company: 'Toko Melati',
}

export interface PreviewRequest {
  readonly text: string
  readonly known: KnownNames
  readonly values: Readonly<Record<string, string>>
  /** A real person's fields in place of the example person's. */
  readonly contact: VariableValues | null
  /** Stands in place of a person's own link. */
  readonly optOutLink: string
  readonly samples: number
  readonly language: Language
}

export interface Preview {
  readonly samples: string[]
  readonly variants: number
  readonly variables: TextVariable[]
  readonly issues: TextIssue[]
}

/** Some of the messages a text gives. Names without a value show as `{name}`, so that the gap is seen. */
export function previewText(request: PreviewRequest): Preview {
  const parsed = parseText(request.text, request.known)
  const issues = textIssues(parsed, request.language)
  if (!parsed.ok) return { samples: [], variants: 0, variables: [], issues }
  const gaps = Object.fromEntries(parsed.variables.map((name) => [name, `{${name}}`]))
  const given = variableValues({
    contact: { ...(request.contact ?? examplePerson), opt_out_link: request.optOutLink },
    campaign: request.values,
  })
  const values = { ...gaps, ...given }
  return {
    samples: sampleVariants(parsed.ast, values, request.samples),
    variants: parsed.variantsCount,
    variables: variablesOf([parsed], request.known),
    issues,
  }
}
