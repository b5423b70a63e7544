/**
 * One piece of a parsed template. All nodes have the same fields in the same order, which keeps rendering fast.
 *
 * - `text`: `text` as it is.
 * - `variable`: `text` is the canonical name; `branches` is empty, or holds one branch: the default.
 * - `choice`: `branches` are the alternatives of a spintax, at least two; `site` tells choices apart, in reading order.
 */
export type TemplateNode = {
  readonly kind: 'text' | 'variable' | 'choice'
  readonly text: string
  readonly branches: readonly TemplateBranch[]
  readonly site: number
}

export type TemplateBranch = readonly TemplateNode[]

/** A template parsed once, rendered any number of times. Holds no state: safe to share. */
export type TemplateAst = {
  readonly nodes: TemplateBranch
  /** Canonical names used anywhere, in order of first use. */
  readonly variables: readonly string[]
  /** Those of them that stand somewhere without a default. */
  readonly required: readonly string[]
  /** How many texts the spintax can make, for one set of values; at most `Number.MAX_SAFE_INTEGER`. */
  readonly variantsCount: number
}

export const textNode = (text: string): TemplateNode => ({ kind: 'text', text, branches: [], site: 0 })

/** Number of texts a branch can make. */
export function countVariants(branch: TemplateBranch): number {
  let count = 1
  for (const node of branch) {
    let alternatives = 0
    for (const inner of node.branches) alternatives += countVariants(inner)
    count *= Math.max(1, alternatives)
  }
  return Math.min(count, Number.MAX_SAFE_INTEGER)
}
