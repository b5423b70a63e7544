import { render } from '../template/render-template.ts'
import type { VariableValues } from '../template/variable-names.ts'
import { approvalLimits } from './compile-approval.ts'
import type { ApprovalText } from './compile-approval.ts'

/** The values of one person for an approved text, or why there are none. */
export type FilledApproval =
  | {
      readonly kind: 'filled'
      /** In order of the parameters. */
      readonly parameters: readonly { readonly name: string; readonly text: string }[]
      /** What the person reads, the footer included. */
      readonly text: string
    }
  /** Canonical names that had neither value nor default, each once. */
  | { readonly kind: 'missing'; readonly names: readonly string[] }
  /** With these values the body is longer than Meta delivers. */
  | { readonly kind: 'too_long' }

/**
 * Fills an approved text for one person, by the grammar of templates. Pure.
 *
 * Meta takes neither line breaks nor runs of blanks within a value: each becomes one blank.
 */
export function fillApproval(approval: ApprovalText, values: VariableValues): FilledApproval {
  const texts = new Map<string, string>()
  const missing = new Set<string>()
  for (const { name, node, variable } of approval.parameters) {
    const ast = { nodes: [node], variables: [], required: [], variantsCount: 1 }
    const rendered = render(ast, { values, seed: '' })
    const text = rendered.text?.replace(/\s+/g, ' ').trim() ?? ''
    if (text === '') for (const lacking of rendered.missing ?? [variable]) missing.add(lacking)
    texts.set(name, text)
  }
  if (missing.size > 0) return { kind: 'missing', names: [...missing] }
  const body = fillBody(approval.body, texts)
  if (body.length > approvalLimits.bodyLengthMax) return { kind: 'too_long' }
  return {
    kind: 'filled',
    parameters: [...texts].map(([name, text]) => ({ name, text })),
    text: approval.footer === null ? body : `${body}\n\n${approval.footer}`,
  }
}

/** A body with values in the place of its parameters; names without a value stay as they are. */
export function fillBody(body: string, texts: ReadonlyMap<string, string>): string {
  return body.replace(/\{\{([a-z_]+)\}\}/g, (sign, name: string) => texts.get(name) ?? sign)
}
