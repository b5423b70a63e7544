import type { Template } from '@siar/contract'
import { canonicalVariableName, parseTemplate, sampleVariants, variableValues } from '@siar/domain'

/** Stands in for a person while nobody is chosen yet; clearly made up. */
const examplePerson = {
  name: 'Sari Wulandari',
  first_name: 'Sari',
  last_name: 'Wulandari',
  phone: '+62 812-0000-0000',
  email: 'sari@example.com',
  company: 'Toko Melati',
}

/**
 * One message this template gives, for a made-up person; names without a value stay visible as `{name}`.
 *
 * @param language The text of this language is shown, else the one there is.
 */
export function exampleMessage(
  template: Pick<Template, 'texts' | 'footer' | 'variables'>,
  values: Readonly<Record<string, string>>,
  language: string,
): string {
  const { id, en } = template.texts
  const text = (language === 'en' ? (en ?? id) : (id ?? en)) ?? ''
  const names = template.variables.map(({ name }) => name)
  const parsed = parseTemplate(text, { knownNames: names, allowUnknown: true })
  const tail = template.footer === '' ? '' : `\n\n${template.footer}`
  if (!parsed.ok) return text + tail
  const gaps = Object.fromEntries(names.map((name) => [canonicalVariableName(name), `{${name}}`]))
  const given = variableValues({ contact: examplePerson, campaign: values })
  return (sampleVariants(parsed.ast, { ...gaps, ...given }, 1)[0] ?? text) + tail
}
