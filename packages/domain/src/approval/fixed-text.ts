import { textNode } from '../template/template-node.ts'
import type { TemplateBranch, TemplateNode } from '../template/template-node.ts'

/**
 * A text with one way to say everything: of each spintax its first alternative stays, in defaults too.
 *
 * Meta approves one text, word for word; only values may differ from person to person.
 */
export function fixChoices(branch: TemplateBranch): TemplateBranch {
  const nodes: TemplateNode[] = []
  for (const node of branch) {
    if (node.kind === 'choice') push(nodes, fixChoices(node.branches[0] ?? []))
    else if (node.kind === 'text') push(nodes, [node])
    else nodes.push({ ...node, branches: node.branches.map(fixChoices) })
  }
  return nodes
}

/** Neighbouring pieces of text become one. */
function push(nodes: TemplateNode[], more: TemplateBranch): void {
  for (const node of more) {
    const last = nodes.at(-1)
    if (node.kind === 'text' && last?.kind === 'text')
      nodes[nodes.length - 1] = textNode(last.text + node.text)
    else nodes.push(node)
  }
}

/** How many places of a text offer several ways to say it. */
export function countChoices(branch: TemplateBranch): number {
  let count = 0
  for (const node of branch) {
    if (node.kind === 'choice') count += 1
    for (const inner of node.branches) count += countChoices(inner)
  }
  return count
}

/** True when a text may come out as nothing: only blanks, or variables whose own default may. */
export function mayBeBlank(branch: TemplateBranch): boolean {
  return branch.every((node) =>
    node.kind === 'text'
      ? node.text.trim() === ''
      : node.branches[0] !== undefined && mayBeBlank(node.branches[0]),
  )
}
