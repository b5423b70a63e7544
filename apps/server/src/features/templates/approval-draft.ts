import type { ApprovalDraft } from '@siar/contract'
import { approvalProblemText, canonicalVariableName, compileApproval } from '@siar/domain'
import type { ApprovalParameter, ApprovalText, CompiledApproval } from '@siar/domain'
import type { Language } from '../../core.ts'
import type { MediaRow } from '../media/index.ts'
import { examplePerson } from './preview.ts'
import { parseText } from './template-text.ts'
import type { TemplateRow } from './templates.repo.ts'

export type TextLanguage = 'id' | 'en'

/** Meta's names of the languages Siar has texts in. */
export const remoteLanguages = { id: 'id', en: 'en' } as const satisfies Record<TextLanguage, string>

/** A template with what its texts may name and the file above them. */
export interface TemplateToApprove {
  readonly row: TemplateRow
  readonly media: MediaRow | null
  readonly customKeys: readonly string[]
}

/** The text of one language in the form Meta approves. A name nobody knows any more is a problem, as when it is saved. */
export function compileText(template: TemplateToApprove, language: TextLanguage): CompiledApproval {
  const { row, media, customKeys } = template
  const text = row.texts[language] ?? ''
  const known = { custom: customKeys, campaign: row.campaignVariables }
  if (text.trim() !== '' && !parseText(text, known).ok)
    return { ok: false, problems: [{ code: 'text_invalid', facts: {} }] }
  const knownNames = [...known.custom, ...known.campaign]
  return compileApproval({ text, footer: row.footer, media, knownNames })
}

/** What the reviewers see in the place of a parameter unless the author says better. */
export function exampleOf({ node, variable }: ApprovalParameter): string {
  const person: Readonly<Record<string, string>> = examplePerson
  const known = Object.hasOwn(person, variable) ? person[variable] : undefined
  const [fallback] = node.branches
  const words = fallback?.map(({ kind, text }) => (kind === 'text' ? text : '')).join('')
  return (known ?? (words?.trim() || canonicalVariableName(variable))).slice(0, 100)
}

export function presentDraft(
  compiled: CompiledApproval,
  language: TextLanguage,
  reader: Language,
  source: string,
): ApprovalDraft {
  if (!compiled.ok) {
    const problems = compiled.problems.map((problem) => ({
      code: problem.code,
      message: approvalProblemText(problem, reader),
    }))
    return { language, header: null, body: source, footer: null, parameters: [], choicesFixed: 0, problems }
  }
  const { header, body, footer, choicesFixed } = compiled.text
  return {
    language,
    header,
    body,
    footer,
    choicesFixed,
    parameters: withExamples(compiled.text),
    problems: [],
  }
}

function withExamples({ parameters }: ApprovalText): ApprovalDraft['parameters'] {
  return parameters.map((parameter) => ({
    name: parameter.name,
    variable: parameter.variable,
    example: exampleOf(parameter),
  }))
}
