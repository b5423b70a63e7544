import {
  canonicalVariableName,
  contactVariables,
  linkVariable,
  optOutLinkVariable,
  parseTemplate,
  render,
} from '@siar/domain'
import type { ContactVariable, TemplateAst, TemplateError } from '@siar/domain'
import type { Language } from '../../core.ts'
import type { OptOutLink } from '../consent/index.ts'
import type { ShortenLink } from '../links/index.ts'
import { splitContentLinks, tailOf } from './content-links.ts'
import type { RunContent } from './run-content.ts'

/** What a text may say about one person. */
export interface RenderContact {
  /** Absent for a made-up person, whose opt-out link is an example. */
  readonly id?: string
  /** Made by the caller already, where the message is compiled for more than one run. */
  readonly optOutLink?: string
  readonly fullName: string
  readonly firstName: string
  readonly lastName: string
  readonly phone: string | null
  readonly email: string | null
  readonly company: string | null
  readonly language: string | null
  readonly custom: Readonly<Record<string, string | number | boolean>>
}

export type RenderedMessage =
  | { readonly text: string; readonly missing?: undefined }
  | { readonly missing: readonly string[]; readonly text?: undefined }

export interface MessageRenderer {
  /**
   * The whole message for one person, the footer included. The same contact, seed and sequence always give the same text.
   *
   * @param sequence The person's place in the run: tracked links carry it. Absent where there is no run yet.
   */
  readonly render: (contact: RenderContact, seed: string, sequence?: number) => RenderedMessage
  /** Canonical names without a default, over all languages; empty when nobody can miss a value. */
  readonly required: readonly string[]
  /** Texts this message can become, the smallest over its languages. */
  readonly variantsCount: number
}

export type MessageRendererResult =
  | { readonly ok: true; readonly renderer: MessageRenderer }
  | { readonly ok: false; readonly errors: readonly TemplateError[] }

/** The addresses that stand in a message. */
export interface MessageLinks {
  /** Gives the address that stands in place of each link; absent where links are not tracked. */
  readonly shorten?: ShortenLink | undefined
  readonly optOut: OptOutLink
}

type Reader = (contact: RenderContact) => string
interface CompiledText {
  readonly ast: TemplateAst
  readonly readers: readonly { readonly name: string; readonly read: Reader }[]
  /** Links to be shortened; empty where links are not tracked. */
  readonly urls: readonly string[]
  readonly tail: string
}

/**
 * Compiles the message of a run once for all its recipients.
 *
 * Pure; the forecast, the test message and the lane share it. Each variable's source is chosen here (campaign over
 * contact over custom field), so that rendering reads only what the text uses.
 *
 * @returns The renderer, or the problems of the first text that is no template. An unknown name is no problem here: that
 *          recipient misses a value.
 */
export function createMessageRenderer(content: RunContent, links: MessageLinks): MessageRendererResult {
  const { shorten } = links
  const compiled = new Map<Language, CompiledText>()
  for (const language of ['id', 'en'] as const) {
    const text = content.texts[language]
    if (!text?.trim()) continue
    const parsed = parseTemplate(text, { knownNames: knownNames(content), allowUnknown: true })
    if (!parsed.ok) return { ok: false, errors: parsed.errors }
    const readers = readersOf(parsed.ast, content, language, links.optOut)
    const plain = { ast: parsed.ast, readers, urls: [], tail: tailOf(content) }
    compiled.set(
      language,
      shorten ? { ...plain, ...splitContentLinks(parsed.ast, content), tail: '' } : plain,
    )
  }
  const fallback = compiled.get(content.language) ?? compiled.get('id') ?? compiled.get('en')
  if (!fallback) return { ok: false, errors: [{ position: 0, code: 'empty_name' }] }
  const texts = [...compiled.values()]
  return {
    ok: true,
    renderer: {
      render: (contact, seed, sequence = 0) => {
        const text = compiled.get(contact.language as Language) ?? fallback
        const values: Record<string, string> = Object.create(null) as Record<string, string>
        for (const { name, read } of text.readers) values[name] = read(contact)
        for (const url of text.urls) values[linkVariable(url)] = shorten?.(url, sequence) ?? url
        const result = render(text.ast, { values, seed })
        return result.text === undefined ? result : { text: result.text + text.tail }
      },
      required: [...new Set(texts.flatMap(({ ast, readers }) => missable(ast, readers, content)))],
      variantsCount: Math.min(...texts.map(({ ast }) => ast.variantsCount)),
    },
  }
}

const knownNames = (content: RunContent): string[] => [
  ...content.customKeys,
  ...Object.keys(content.variables),
]

/** Required names whose value is not given by the campaign itself. */
function missable(ast: TemplateAst, readers: CompiledText['readers'], content: RunContent): string[] {
  const given = new Set(
    Object.entries(content.variables)
      .filter(([, value]) => value !== '')
      .map(([name]) => canonicalVariableName(name)),
  )
  return ast.required.filter(
    (name) =>
      name !== optOutLinkVariable && !given.has(name) && readers.some((reader) => reader.name === name),
  )
}

/** Where each variable of a text takes its value from: campaign over contact over custom field. */
export function readersOf(
  ast: Pick<TemplateAst, 'variables'>,
  content: RunContent,
  language: Language,
  optOut: OptOutLink,
): CompiledText['readers'] {
  const given = new Map(
    Object.entries(content.variables).map(([name, value]) => [canonicalVariableName(name), value]),
  )
  return ast.variables.map((name) => {
    if (name === optOutLinkVariable) return { name, read: ({ id, optOutLink }) => optOutLink ?? optOut(id) }
    const value = given.get(name)
    if (value !== undefined && value !== '') return { name, read: () => value }
    if ((contactVariables as readonly string[]).includes(name)) {
      return { name, read: contactReaders[name as keyof typeof contactReaders] }
    }
    return { name, read: customReader(name, content, language) }
  })
}

function customReader(name: string, content: RunContent, language: Language): Reader {
  const key = content.customKeys.find((candidate) => canonicalVariableName(candidate) === name) ?? name
  return ({ custom }) => {
    const value = custom[key]
    if (value === undefined || value === null) return ''
    if (typeof value !== 'boolean') return String(value)
    if (language === 'id') return value ? 'Ya' : 'Tidak'
    return value ? 'Yes' : 'No'
  }
}

const joinedName = (contact: RenderContact): string =>
  contact.fullName || `${contact.firstName} ${contact.lastName}`.trim()

const contactReaders: Readonly<Record<Exclude<ContactVariable, typeof optOutLinkVariable>, Reader>> = {
  name: joinedName,
  first_name: (contact) => contact.firstName || firstWord(contact.fullName),
  last_name: (contact) => contact.lastName,
  phone: (contact) => contact.phone ?? '',
  email: (contact) => contact.email ?? '',
  company: (contact) => contact.company ?? '',
}

function firstWord(text: string): string {
  const end = text.indexOf(' ')
  return end === -1 ? text : text.slice(0, end)
}
