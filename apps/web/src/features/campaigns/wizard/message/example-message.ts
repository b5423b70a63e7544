import type { Template } from '@siar/contract'
import {
  canonicalVariableName,
  exampleShortCode,
  linkVariable,
  parseTemplate,
  sampleVariants,
  splitLinks,
  variableValues,
} from '@siar/domain'
import type { LinkedTemplate } from '@siar/domain'
import { exampleOptOutLink } from '#features/templates/editor/example-person.ts'

/** Stands in for a person while nobody is chosen yet; clearly made up. */
const examplePerson = {
  name: 'Sari Wulandari',
  first_name: 'Sari',
  last_name: 'Wulandari',
  phone: '+62 812-0000-0000',
  email: 'sari@example.com',
  company: 'Toko Melati',
  opt_out_link: exampleOptOutLink,
}

type Texts = Pick<Template, 'texts' | 'footer' | 'variables'>
type Values = Readonly<Record<string, string>>

export type ExampleOptions = {
  /** What the campaign gives to names the template leaves open. */
  values: Values
  /** The text of this language is shown, else the one there is. */
  language: string
  /** Where short links lead (`https://siar.example`): links are shown as they are sent when counted. Null: they stay. */
  trackAt?: string | null
}

/** One message this template gives, for a made-up person; names without a value stay visible as `{name}`. */
export function exampleMessage(template: Texts, options: ExampleOptions): string {
  const text = textOf(template, options.language)
  const names = template.variables.map(({ name }) => name)
  const linked = linkedOf(template, text, options.values)
  if (!linked) return text + tailOf(template)
  const gaps = Object.fromEntries(names.map((name) => [canonicalVariableName(name), `{${name}}`]))
  const given = variableValues({ contact: examplePerson, campaign: options.values })
  const links = Object.fromEntries(linked.urls.map((url) => [linkVariable(url), shownLink(url, options)]))
  return sampleVariants(linked.ast, { ...gaps, ...given, ...links }, 1)[0] ?? text + tailOf(template)
}

/** Whether a message has a link whose clicks can be counted, in any of its languages. */
export function hasLinks(template: Texts, values: Values): boolean {
  return ['id', 'en'].some(
    (language) => (linkedOf(template, textOf(template, language), values)?.urls.length ?? 0) > 0,
  )
}

function shownLink(url: string, { trackAt }: ExampleOptions): string {
  return trackAt ? `${trackAt}/r/${exampleShortCode}` : url
}

function linkedOf(template: Texts, text: string, values: Values): LinkedTemplate | null {
  const knownNames = template.variables.map(({ name }) => name)
  const parsed = parseTemplate(text, { knownNames, allowUnknown: true })
  if (!parsed.ok) return null
  const constants = new Map(
    Object.entries(values).map(([name, value]) => [canonicalVariableName(name), value]),
  )
  return splitLinks(parsed.ast, constants, tailOf(template))
}

function textOf({ texts: { id, en } }: Texts, language: string): string {
  return (language === 'en' ? (en ?? id) : (id ?? en)) ?? ''
}

function tailOf({ footer }: Texts): string {
  return footer === '' ? '' : `\n\n${footer}`
}
