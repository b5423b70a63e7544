import { canonicalVariableName, parseTemplate, splitLinks } from '@siar/domain'
import type { LinkedTemplate, TemplateAst } from '@siar/domain'
import type { RunContent } from './run-content.ts'

/** The links of a message over all its languages. */
export interface ContentLinks {
  /** Links that are the same for everybody, each once: these can be tracked. */
  readonly urls: readonly string[]
  /** Beginnings of links that differ from person to person: these are sent as they are. */
  readonly mixed: readonly string[]
}

/** Every link a run can track, over its own message and those of its variants. */
export function trackableUrls(messages: {
  readonly content: RunContent
  readonly experiment: { readonly variants: readonly { readonly content: RunContent | null }[] } | null
}): string[] {
  const variants = messages.experiment?.variants ?? []
  return [messages, ...variants].flatMap(({ content }) => (content ? linksOf(content).urls : []))
}

/** Finds the links of a message; a text that is no template has none. */
export function linksOf(content: RunContent): ContentLinks {
  const urls = new Set<string>()
  const mixed = new Set<string>()
  for (const text of [content.texts.id, content.texts.en]) {
    if (!text?.trim()) continue
    const knownNames = [...content.customKeys, ...Object.keys(content.variables)]
    const parsed = parseTemplate(text, { knownNames, allowUnknown: true })
    if (!parsed.ok) continue
    const linked = splitContentLinks(parsed.ast, content)
    for (const url of linked.urls) urls.add(url)
    for (const url of linked.mixed) mixed.add(url)
  }
  return { urls: [...urls], mixed: [...mixed] }
}

/** One text of a message, its footer included, with its links as variables. Values of the campaign are the same for everybody. */
export function splitContentLinks(ast: TemplateAst, content: RunContent): LinkedTemplate {
  const constants = new Map(
    Object.entries(content.variables).map(([name, value]) => [canonicalVariableName(name), value]),
  )
  return splitLinks(ast, constants, tailOf(content))
}

/** What follows the text of a message. */
export function tailOf({ footer }: Pick<RunContent, 'footer'>): string {
  return footer === '' ? '' : `\n\n${footer}`
}
