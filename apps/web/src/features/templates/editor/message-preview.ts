import type { Contact } from '@siar/contract'
import { parseTemplate, sampleVariants, variableValues } from '@siar/domain'
import type { ParsedTemplate, VariableValues } from '@siar/domain'
import { phoneText } from '#features/contacts/phone-text.ts'
import { exampleOptOutLink } from './example-person.ts'

/** Reads a text as the server will when it is saved: a `{name}` that is not known is a problem. */
export function readMessage(text: string, knownNames: readonly string[]): ParsedTemplate {
  return parseTemplate(text, { knownNames })
}

/**
 * Some of the messages a text makes for one person; names without a value show as `{name}`, so the gap is seen. Pure.
 *
 * @returns Empty when the text has problems.
 */
export function previewSamples(
  text: string,
  knownNames: readonly string[],
  values: VariableValues,
  limit: number,
): string[] {
  const parsed = readMessage(text, knownNames)
  if (!parsed.ok) return []
  const gaps = Object.fromEntries(parsed.variables.map((name) => [name, `{${name}}`]))
  return sampleVariants(parsed.ast, { ...gaps, ...values }, limit)
}

/** The values of a real contact, as a campaign would fill them in. */
export function valuesOfContact(contact: Contact): VariableValues {
  const custom = Object.fromEntries(
    Object.entries(contact.custom).map(([key, value]) => [key, String(value)]),
  )
  return variableValues({
    contact: {
      name: contact.fullName,
      first_name: contact.firstName,
      last_name: contact.lastName,
      phone: contact.phone && phoneText(contact.phone),
      email: contact.email,
      company: contact.company,
      opt_out_link: exampleOptOutLink,
    },
    custom,
  })
}
