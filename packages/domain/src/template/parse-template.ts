import { isEscape, pairSigns } from './template-structure.ts'
import type { TemplateStructure } from './template-structure.ts'
import { countVariants, textNode } from './template-node.ts'
import type { TemplateAst, TemplateBranch, TemplateNode } from './template-node.ts'
import type { TemplateError, TemplateErrorCode } from './template-error.ts'
import {
  canonicalVariableName,
  contactVariables,
  isVariableName,
  variableNameMaxLength,
} from './variable-names.ts'

export const templateMaxLength = 65_536
export const templateMaxDepth = 50

export type ParseTemplateOptions = {
  /** Custom fields and campaign variables, in any spelling; the contact's own variables are always known. */
  readonly knownNames?: Iterable<string>
  /**
   * Accepts `{name}` for names that are not known. Default: only when `knownNames` is absent. Set it where a saved text
   * is sent although a field was deleted since: the recipient is then skipped instead of the whole campaign failing.
   */
  readonly allowUnknown?: boolean
}

export type ParsedTemplate =
  | {
      readonly ok: true
      readonly ast: TemplateAst
      readonly variables: readonly string[]
      readonly variantsCount: number
    }
  | { readonly ok: false; readonly errors: readonly TemplateError[] }

/**
 * Parses the personalisation grammar: `{name}`, `{name=default}`, `{a|b|}`, `[name]`, `[name=default]`, `\{ \} \[ \] \|`.
 *
 * Never throws; takes time linear in the text. Defaults and alternatives may hold variables and spintax again. A `|`
 * outside braces is text. Brackets are a variable only when their name is known.
 *
 * @returns The tree, or every problem in order of position (structure first: names are checked once braces pair up).
 * Source: product.md T2. Bounds: `templateMaxLength` code units, `templateMaxDepth` levels.
 */
export function parseTemplate(text: string, options: ParseTemplateOptions = {}): ParsedTemplate {
  if (text.length > templateMaxLength) {
    return { ok: false, errors: [{ position: templateMaxLength, code: 'too_long' }] }
  }
  const known = new Set<string>(contactVariables)
  for (const name of options.knownNames ?? []) known.add(canonicalVariableName(name))
  const structure = pairSigns(text, (open, close) => known.has(bracketName(text, open, close)))
  if (structure.errors.length > 0) return { ok: false, errors: inOrder(structure.errors) }
  const parser = new Parser(text, structure, known, options.allowUnknown ?? options.knownNames === undefined)
  const nodes = parser.branch(0, text.length, 0)
  if (parser.errors.length > 0) return { ok: false, errors: inOrder(parser.errors) }
  const variables = [...parser.variables]
  const ast = { nodes, variables, required: [...parser.required], variantsCount: countVariants(nodes) }
  return { ok: true, ast, variables, variantsCount: ast.variantsCount }
}

const inOrder = (errors: readonly TemplateError[]): TemplateError[] =>
  [...errors].sort((left, right) => left.position - right.position)

/** The canonical name in a pair of brackets, or '' when it is too long to be one. */
function bracketName(text: string, open: number, close: number): string {
  const limit = Math.min(close, open + 2 + variableNameMaxLength)
  for (let at = open + 1; at <= limit; at += 1) {
    if (at === close || text[at] === '=') return canonicalVariableName(text.slice(open + 1, at))
  }
  return ''
}

class Parser {
  readonly errors: TemplateError[] = []
  readonly variables = new Set<string>()
  readonly required = new Set<string>()
  readonly #text: string
  readonly #structure: TemplateStructure
  readonly #known: ReadonlySet<string>
  readonly #allowUnknown: boolean
  #sites = 0

  constructor(text: string, structure: TemplateStructure, known: ReadonlySet<string>, allowUnknown: boolean) {
    this.#text = text
    this.#structure = structure
    this.#known = known
    this.#allowUnknown = allowUnknown
  }

  /** Parses `[from, to)`, which holds only whole groups. */
  branch(from: number, to: number, depth: number): TemplateBranch {
    const nodes: TemplateNode[] = []
    let plain = ''
    let plainFrom = from
    let at = from
    while (at < to) {
      if (isEscape(this.#text, at)) {
        plain += this.#text.slice(plainFrom, at)
        plainFrom = at + 1
        at += 2
        continue
      }
      const close = this.#structure.closeAt[at] ?? 0
      if (close > 0) {
        pushText(nodes, plain + this.#text.slice(plainFrom, at))
        this.#pushGroup(nodes, at, close, depth + 1)
        plain = ''
        plainFrom = close + 1
        at = close
      }
      at += 1
    }
    pushText(nodes, plain + this.#text.slice(plainFrom, to))
    return nodes
  }

  #pushGroup(nodes: TemplateNode[], open: number, close: number, depth: number): void {
    if (depth > templateMaxDepth) {
      this.errors.push({ position: open, code: 'too_deep' })
      return
    }
    const node =
      this.#structure.isChoice[open] === 1
        ? this.#choice(open, close, depth)
        : this.#variable(open, close, depth)
    if (node) nodes.push(node)
  }

  #choice(open: number, close: number, depth: number): TemplateNode {
    const site = this.#sites
    this.#sites += 1
    const branches: TemplateBranch[] = []
    let from = open + 1
    for (let at = from; at < close; at += 1) {
      if (isEscape(this.#text, at)) at += 1
      else if (this.#structure.closeAt[at]) at = this.#structure.closeAt[at] ?? at
      else if (this.#text[at] === '|') {
        branches.push(this.branch(from, at, depth))
        from = at + 1
      }
    }
    branches.push(this.branch(from, close, depth))
    return { kind: 'choice', text: '', branches, site }
  }

  #variable(open: number, close: number, depth: number): TemplateNode | null {
    const nameEnd = this.#nameEnd(open + 1, close)
    const name = canonicalVariableName(this.#text.slice(open + 1, nameEnd))
    const hasDefault = this.#text[nameEnd] === '='
    const branches = hasDefault ? [this.branch(nameEnd + 1, close, depth)] : []
    const code = this.#problemOf(name)
    if (code) {
      this.errors.push({
        position: open,
        code,
        ...(code === 'empty_name' ? {} : { name: name.slice(0, 100) }),
      })
      return null
    }
    this.variables.add(name)
    if (!hasDefault) this.required.add(name)
    return { kind: 'variable', text: name, branches, site: 0 }
  }

  #nameEnd(from: number, close: number): number {
    for (let at = from; at < close; at += 1) if (this.#text[at] === '=') return at
    return close
  }

  #problemOf(name: string): TemplateErrorCode | null {
    if (name === '') return 'empty_name'
    if (!isVariableName(name)) return 'invalid_name'
    return this.#known.has(name) || this.#allowUnknown ? null : 'unknown_variable'
  }
}

function pushText(nodes: TemplateNode[], text: string): void {
  if (text !== '') nodes.push(textNode(text))
}
