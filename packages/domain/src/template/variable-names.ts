/** The person's own address of the page where they stop marketing, or come back. Every message can have it; nobody lacks it. */
export const optOutLinkVariable = 'opt_out_link'

/** The variables every contact has; custom fields and campaign variables come on top. */
export const contactVariables = [
  'name',
  'first_name',
  'last_name',
  'phone',
  'email',
  'company',
  optOutLinkVariable,
] as const

export type ContactVariable = (typeof contactVariables)[number]

/** Indonesian words for the same variables. */
export const variableAliases: ReadonlyMap<string, ContactVariable> = new Map([
  ['nama', 'name'],
  ['perusahaan', 'company'],
  ['telepon', 'phone'],
  ['tautan_berhenti', optOutLinkVariable],
])

/** Longest variable name, in UTF-16 code units. */
export const variableNameMaxLength = 100

const forbiddenInName = /[{}[\]|=\\]/

/**
 * The one spelling of a variable name: trimmed, single spaces, small letters, aliases resolved (`  NAMA ` → `name`).
 * Values and known names are keyed by it.
 */
export function canonicalVariableName(raw: string): string {
  const name = raw.trim().replace(/\s+/g, ' ').normalize('NFC').toLowerCase()
  return variableAliases.get(name) ?? name
}

/** Tells whether a custom field or a campaign variable may be called so. It may not hide in the grammar's own signs. */
export function isVariableName(raw: string): boolean {
  const name = canonicalVariableName(raw)
  return name.length > 0 && name.length <= variableNameMaxLength && !forbiddenInName.test(name)
}

/** Tells whether a name belongs to a contact field already, under any spelling, so no custom field may take it. */
export function isContactVariable(raw: string): boolean {
  return (contactVariables as readonly string[]).includes(canonicalVariableName(raw))
}

/** Values by canonical name. An absent or empty value means: use the default, or report the variable as missing. */
export type VariableValues = Readonly<Record<string, string | null | undefined>>

/** Where the values of one recipient come from; keys may be spelled in any case. */
export type VariableSources = {
  readonly contact: Readonly<Partial<Record<ContactVariable, string | null>>>
  readonly custom?: Readonly<Record<string, string | null | undefined>>
  readonly campaign?: Readonly<Record<string, string | null | undefined>>
}

/** Merges the values of one recipient: campaign variables win over contact fields, contact fields over custom fields. */
export function variableValues(sources: VariableSources): VariableValues {
  const values: Record<string, string> = Object.create(null) as Record<string, string>
  put(values, sources.custom)
  put(values, sources.contact)
  put(values, sources.campaign)
  return values
}

function put(values: Record<string, string>, from: VariableValues | undefined): void {
  if (!from) return
  for (const key of Object.keys(from)) {
    const value = from[key]
    if (typeof value === 'string' && value !== '') values[canonicalVariableName(key)] = value
  }
}
