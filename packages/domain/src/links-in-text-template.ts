import { endsLink, findLinks } from './links-in-text.ts'
import type { TemplateAst, TemplateBranch, TemplateNode } from './template/template-node.ts'
import { textNode } from './template/template-node.ts'

/** A template whose links are variables of their own. */
export interface LinkedTemplate {
  /** Renders as before once `linkVariable(url)` is given a value for each of `urls`. */
  readonly ast: TemplateAst
  /** Links that are the same for everybody, each once, in order of reading. */
  readonly urls: readonly string[]
  /** Beginnings of links that go on with something that differs from person to person; they stay as they are. */
  readonly mixed: readonly string[]
}

/** The name of the variable that stands for a link. No variable of a template can be called so: names hold no `=`. */
export const linkVariable = (url: string): string => `=${url}`

/**
 * Takes the links out of a template, so that each person can get an own address for each.
 *
 * @param constants Values by canonical name that are the same for everybody: they become text first, so a link may be
 *        made of them.
 * @param tail Text that follows the template, such as a footer.
 */
export function splitLinks(
  ast: TemplateAst,
  constants: ReadonlyMap<string, string>,
  tail: string,
): LinkedTemplate {
  const split = new LinkSplitter(constants)
  const whole = tail === '' ? ast.nodes : [...ast.nodes, textNode(tail)]
  const nodes = split.branch(whole, true)
  return { ast: { ...ast, nodes }, urls: [...split.urls], mixed: [...split.mixed] }
}

class LinkSplitter {
  readonly urls = new Set<string>()
  readonly mixed = new Set<string>()
  readonly #constants: ReadonlyMap<string, string>

  constructor(constants: ReadonlyMap<string, string>) {
    this.#constants = constants
  }

  /** @param isEnded What follows the branch ends a link for sure. */
  branch(nodes: TemplateBranch, isEnded: boolean): TemplateBranch {
    const merged = mergeTexts(nodes.map((node) => this.#settle(node)))
    return merged.flatMap((node, index) => {
      const next = merged[index + 1]
      const ends = next ? beginsWithEnd(next) : isEnded
      if (node.kind === 'text') return this.#text(node.text, ends)
      return [{ ...node, branches: node.branches.map((inner) => this.branch(inner, ends)) }]
    })
  }

  #settle(node: TemplateNode): TemplateNode {
    const value = node.kind === 'variable' ? this.#constants.get(node.text) : undefined
    return value === undefined || value === '' ? node : textNode(value)
  }

  #text(text: string, isEnded: boolean): TemplateNode[] {
    const nodes: TemplateNode[] = []
    let from = 0
    for (const link of findLinks(text)) {
      if (link.runsToEnd && !isEnded) {
        this.mixed.add(link.url)
        continue
      }
      if (link.from > from) nodes.push(textNode(text.slice(from, link.from)))
      nodes.push({ kind: 'variable', text: linkVariable(link.url), branches: [], site: 0 })
      this.urls.add(link.url)
      from = link.to
    }
    if (from < text.length) nodes.push(textNode(text.slice(from)))
    return nodes
  }
}

function mergeTexts(nodes: readonly TemplateNode[]): TemplateNode[] {
  const merged: TemplateNode[] = []
  for (const node of nodes) {
    const last = merged.at(-1)
    if (node.kind === 'text' && last?.kind === 'text')
      merged[merged.length - 1] = textNode(last.text + node.text)
    else merged.push(node)
  }
  return merged
}

/** Whatever this node becomes, a link before it is over. */
function beginsWithEnd(node: TemplateNode): boolean {
  if (node.kind === 'text') return endsLink(node.text)
  return (
    node.kind === 'choice' &&
    node.branches.every((branch) => branch[0] !== undefined && beginsWithEnd(branch[0]))
  )
}
