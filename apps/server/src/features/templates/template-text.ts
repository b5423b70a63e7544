import type { ParsedTemplate } from '@siar/domain'
import {
  canonicalVariableName,
  contactVariables,
  isVariableName,
  parseTemplate,
  templateErrorTexts,
} from '@siar/domain'
import type { Language } from '../../core.ts'

/** Names a text may use besides the contact's own fields. */
export interface KnownNames {
  readonly custom: readonly string[]
  readonly campaign: readonly string[]
}

export interface TextIssue {
  readonly code: string
  readonly message: string
  readonly position: number | null
}

export interface TextVariable {
  readonly name: string
  readonly kind: 'contact' | 'custom' | 'campaign'
  readonly hasDefault: boolean
}

/** Parses a text against the names that are known. An unknown `{name}` is a problem here, when saving. */
export function parseText(text: string, known: KnownNames): ParsedTemplate {
  return parseTemplate(text, { knownNames: [...known.custom, ...known.campaign] })
}

/** The problems of a text in plain words; none when it can be saved. */
export function textIssues(parsed: ParsedTemplate, language: Language): TextIssue[] {
  if (parsed.ok) return []
  return parsed.errors.map(({ code, position, name }) => ({
    code,
    message: name ? `${templateErrorTexts[code][language]} {${name}}` : templateErrorTexts[code][language],
    position,
  }))
}

/** The variables of the texts of one template, each once. Campaign names win over custom ones, as when sending. */
export function variablesOf(parsed: readonly ParsedTemplate[], known: KnownNames): TextVariable[] {
  const campaign = new Set(known.campaign.map(canonicalVariableName))
  const required = new Set<string>()
  const names = new Set<string>()
  for (const text of parsed) {
    if (!text.ok) continue
    for (const name of text.variables) names.add(name)
    for (const name of text.ast.required) required.add(name)
  }
  return [...names].map((name) => ({ name, kind: kindOf(name, campaign), hasDefault: !required.has(name) }))
}

function kindOf(name: string, campaign: ReadonlySet<string>): TextVariable['kind'] {
  if (campaign.has(name)) return 'campaign'
  return (contactVariables as readonly string[]).includes(name) ? 'contact' : 'custom'
}

/** Names that no campaign variable may have, because the grammar has signs of its own. */
export function invalidNames(names: readonly string[]): string[] {
  return names.filter((name) => !isVariableName(name))
}
