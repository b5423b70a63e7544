import { parseTemplate } from '../template/parse-template.ts'
import type { TemplateBranch, TemplateNode } from '../template/template-node.ts'
import type { ApprovalProblem, ApprovalProblemCode } from './approval-problem.ts'
import { countChoices, fixChoices, mayBeBlank } from './fixed-text.ts'
import { parameterName } from './parameter-name.ts'

/** Meta's bounds of a template, in UTF-16 code units and bytes. Source: Meta, template components. */
export const approvalLimits = {
  bodyLengthMax: 1_024,
  footerLengthMax: 60,
  /** Ours: a body with more is refused for its share of variables long before. */
  parametersMax: 30,
  imageBytesMax: 5 * 1024 * 1024,
  /** Ours: Meta takes 100 MB, but its reviewers are sent the file as an example. */
  documentBytesMax: 10 * 1024 * 1024,
} as const

/** One text of a template as Siar keeps it. */
export interface ApprovalSource {
  readonly text: string
  readonly footer: string
  readonly media: {
    readonly kind: 'image' | 'document'
    readonly mimeType: string
    readonly sizeBytes: number
  } | null
  /** Custom fields and campaign variables, in any spelling. */
  readonly knownNames: readonly string[]
}

/** What differs from person to person: `{{name}}` in the body. */
export interface ApprovalParameter {
  /** As Meta knows it, `[a-z_]{1,20}`. */
  readonly name: string
  /** Canonical name of the variable it takes its value from. */
  readonly variable: string
  /** The variable with its default, to be rendered. */
  readonly node: TemplateNode
}

/** A text in the form in which Meta approves it. */
export interface ApprovalText {
  /** Kind of the file above the text; its content may change from message to message. */
  readonly header: 'image' | 'document' | null
  readonly body: string
  readonly parameters: readonly ApprovalParameter[]
  readonly footer: string | null
  /** Places with several ways to say it, of which only the first is submitted. */
  readonly choicesFixed: number
}

export type CompiledApproval =
  | { readonly ok: true; readonly text: ApprovalText }
  | { readonly ok: false; readonly problems: readonly ApprovalProblem[] }

/**
 * Puts one text of a template into the form Meta approves, or says everything that stands against it.
 *
 * Pure: the same text gives the same result when it is submitted and when it is sent. Variables become named parameters in
 * order of first use; one with another default is another parameter. Of spintax the first alternative stays. Names that
 * are not known count as variables without a value.
 *
 * Source: product.md T5; Meta, template components and common reasons of rejection.
 */
export function compileApproval(source: ApprovalSource): CompiledApproval {
  if (source.text.trim() === '') return refused([problem('text_missing')])
  const parsed = parseTemplate(source.text, { knownNames: source.knownNames, allowUnknown: true })
  if (!parsed.ok) return refused([problem('text_invalid')])
  const nodes = trimmed(fixChoices(parsed.ast.nodes))
  const parameters = parametersOf(nodes)
  const body = bodyOf(nodes, parameters)
  const footer = source.footer.trim()
  const problems = [
    ...bodyProblems(nodes, body, parameters),
    ...footerProblems(footer),
    ...headerProblems(source.media),
  ]
  if (problems.length > 0) return refused(problems)
  return {
    ok: true,
    text: {
      header: source.media?.kind ?? null,
      body,
      parameters,
      footer: footer === '' ? null : footer,
      choicesFixed: countChoices(parsed.ast.nodes),
    },
  }
}

const problem = (code: ApprovalProblemCode, facts: ApprovalProblem['facts'] = {}): ApprovalProblem => ({
  code,
  facts,
})

const refused = (problems: readonly ApprovalProblem[]): CompiledApproval => ({ ok: false, problems })

/** Blanks at the ends of a message are nothing. */
function trimmed(nodes: TemplateBranch): TemplateBranch {
  return nodes
    .map((node, index) => {
      if (node.kind !== 'text') return node
      let { text } = node
      if (index === 0) text = text.trimStart()
      if (index === nodes.length - 1) text = text.trimEnd()
      return { ...node, text }
    })
    .filter((node) => node.kind !== 'text' || node.text !== '')
}

/** The same variable with the same default is one parameter, wherever it stands. */
const keyOf = (node: TemplateNode): string => JSON.stringify([node.text, node.branches])

function parametersOf(nodes: TemplateBranch): ApprovalParameter[] {
  const byKey = new Map<string, ApprovalParameter>()
  const taken = new Set<string>()
  for (const node of nodes) {
    if (node.kind === 'text' || byKey.has(keyOf(node))) continue
    const name = parameterName(node.text, taken)
    taken.add(name)
    byKey.set(keyOf(node), { name, variable: node.text, node })
  }
  return [...byKey.values()]
}

function bodyOf(nodes: TemplateBranch, parameters: readonly ApprovalParameter[]): string {
  const names = new Map(parameters.map(({ name, node }) => [keyOf(node), name]))
  return nodes
    .map((node) => (node.kind === 'text' ? node.text : `{{${names.get(keyOf(node)) ?? ''}}}`))
    .join('')
}

function bodyProblems(
  nodes: TemplateBranch,
  body: string,
  parameters: readonly ApprovalParameter[],
): ApprovalProblem[] {
  const { bodyLengthMax: max, parametersMax } = approvalLimits
  const problems: ApprovalProblem[] = []
  if (nodes.length === 0) return [problem('text_missing')]
  if (body.length > max) problems.push(problem('body_too_long', { length: body.length, max }))
  if (nodes[0]?.kind === 'variable' || nodes.at(-1)?.kind === 'variable')
    problems.push(problem('variable_at_edge'))
  problems.push(...touching(nodes))
  for (const { node, variable } of parameters) {
    const [fallback] = node.branches
    if (fallback && mayBeBlank(fallback))
      problems.push(problem('empty_default', { name: `{${variable}}`, example: `{${variable}=Kak}` }))
  }
  if (/\n[^\S\n]*\n[^\S\n]*\n/.test(body)) problems.push(problem('blank_lines'))
  if (nodes.some((node) => node.kind === 'text' && /\{\{|\}\}/.test(node.text)))
    problems.push(problem('braces'))
  if (parameters.length > parametersMax)
    problems.push(problem('too_many_variables', { count: parameters.length, max: parametersMax }))
  return problems
}

function touching(nodes: TemplateBranch): ApprovalProblem[] {
  const pairs = new Set<string>()
  nodes.forEach((node, index) => {
    const next = nodes[index + 1]
    if (node.kind === 'variable' && next?.kind === 'variable') pairs.add(`{${node.text}}{${next.text}}`)
  })
  return pairs.size === 0 ? [] : [problem('variables_touch', { names: [...pairs].join(', ') })]
}

function footerProblems(footer: string): ApprovalProblem[] {
  const { footerLengthMax: max } = approvalLimits
  const problems: ApprovalProblem[] = []
  if (footer.length > max) problems.push(problem('footer_too_long', { length: footer.length, max }))
  if (/[\n{}]|\p{Extended_Pictographic}/u.test(footer)) problems.push(problem('footer_signs'))
  return problems
}

const imageTypes = ['image/jpeg', 'image/png']

function headerProblems(media: ApprovalSource['media']): ApprovalProblem[] {
  if (media === null) return []
  const isImage = media.kind === 'image'
  const isTaken = isImage ? imageTypes.includes(media.mimeType) : media.mimeType === 'application/pdf'
  const max = isImage ? approvalLimits.imageBytesMax : approvalLimits.documentBytesMax
  return [
    ...(isTaken ? [] : [problem('header_format')]),
    ...(media.sizeBytes > max ? [problem('header_too_large')] : []),
  ]
}
