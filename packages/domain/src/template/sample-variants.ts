import { render } from './render-template.ts'
import type { TemplateAst } from './template-node.ts'
import type { VariableValues } from './variable-names.ts'

/**
 * Different texts a template makes for one person, for a preview. Deterministic.
 *
 * @param limit How many at most; fewer when the template has fewer, or when they do not turn up in 20 × limit draws.
 * @returns Texts in order of drawing; empty when a variable is missing everywhere.
 */
export function sampleVariants(ast: TemplateAst, values: VariableValues, limit: number): string[] {
  const texts = new Set<string>()
  const wanted = Math.min(limit, ast.variantsCount)
  for (let draw = 0; draw < limit * 20 && texts.size < wanted; draw += 1) {
    const { text } = render(ast, { values, seed: String(draw) })
    if (text !== undefined) texts.add(text)
  }
  return [...texts]
}
