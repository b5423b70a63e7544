import { hash32, mix32 } from '../hash.ts'
import type { TemplateAst, TemplateBranch, TemplateNode } from './template-node.ts'
import type { VariableValues } from './variable-names.ts'

export type RenderInput = {
  /** Keyed by canonical name: see `variableValues`. */
  readonly values: VariableValues
  /** Chooses among alternatives: the recipient's id, so that a retry says the same as the first try. */
  readonly seed: string
}

export type RenderResult =
  | { readonly text: string; readonly missing?: undefined }
  | { readonly missing: readonly string[]; readonly text?: undefined }

type Rendering = { readonly values: VariableValues; readonly seedHash: number; missing: string[] | null }

/**
 * Renders one text. The same tree, values and seed always give the same text.
 *
 * A value is inserted as it is and never parsed again; an empty value counts as absent.
 *
 * @returns The text, or the canonical names that had neither value nor default, each once, among the chosen alternatives.
 */
export function render(ast: TemplateAst, input: RenderInput): RenderResult {
  const rendering: Rendering = { values: input.values, seedHash: hash32(input.seed), missing: null }
  const text = renderBranch(ast.nodes, rendering)
  return rendering.missing === null ? { text } : { missing: rendering.missing }
}

function renderBranch(branch: TemplateBranch, rendering: Rendering): string {
  let text = ''
  for (let index = 0; index < branch.length; index += 1) {
    const node = branch[index] as TemplateNode
    if (node.kind === 'text') text += node.text
    else if (node.kind === 'variable') text += renderVariable(node, rendering)
    else text += renderBranch(chosenBranch(node, rendering.seedHash), rendering)
  }
  return text
}

function renderVariable(node: TemplateNode, rendering: Rendering): string {
  const value = rendering.values[node.text]
  if (typeof value === 'string' && value !== '') return value
  const fallback = node.branches[0]
  if (fallback) return renderBranch(fallback, rendering)
  rendering.missing ??= []
  if (!rendering.missing.includes(node.text)) rendering.missing.push(node.text)
  return ''
}

/** Each choice draws for itself, so that the choice at one place never decides the one at another. */
function chosenBranch(node: TemplateNode, seedHash: number): TemplateBranch {
  const drawn = mix32(seedHash + Math.imul(node.site + 1, 0x9e3779b9))
  return node.branches[Math.floor((drawn / 4294967296) * node.branches.length)] ?? []
}
