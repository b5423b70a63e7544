/** The texts of one language: namespace → key path → text. Plural endings are part of the path. */
export type Texts = Map<string, Map<string, string>>

const noTexts: ReadonlyMap<string, string> = new Map()
const pluralEnding = /_(zero|one|two|few|many|other)$/

/** Turns nested JSON into dotted paths. Anything but objects and strings is a mistake in the file. */
export function flatten(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new Error(`${path} is not a text`)
  return Object.entries(value).flatMap(([name, child]) => flatten(child, path ? `${path}.${name}` : name))
}

/** The key as code writes it: `selected_one` and `selected_other` are both `selected`. */
export function baseKey(path: string): string {
  return path.replace(pluralEnding, '')
}

/** What is wrong between the two languages, as sentences; empty when both say the same things. */
export function compareLanguages(id: Texts, en: Texts): string[] {
  const namespaces = new Set([...id.keys(), ...en.keys()])
  return [...namespaces].flatMap((namespace) =>
    compareNamespace(namespace, id.get(namespace) ?? noTexts, en.get(namespace) ?? noTexts),
  )
}

function compareNamespace(
  namespace: string,
  id: ReadonlyMap<string, string>,
  en: ReadonlyMap<string, string>,
): string[] {
  const problems: string[] = []
  const keys = new Set([...id.keys(), ...en.keys()].map(baseKey))
  for (const key of keys) {
    const inId = id.get(key) ?? id.get(`${key}_other`)
    const inEn = en.get(key) ?? en.get(`${key}_other`)
    if (inId === undefined) problems.push(`${namespace}:${key} is missing in id`)
    if (inEn === undefined) problems.push(`${namespace}:${key} is missing in en`)
    if (inId === undefined || inEn === undefined) continue
    if (en.has(`${key}_other`) !== en.has(`${key}_one`))
      problems.push(`${namespace}:${key} needs _one and _other in en`)
    if (variablesOf(inId) !== variablesOf(inEn))
      problems.push(`${namespace}:${key} has other {{variables}} in id and en`)
    if (inId === inEn && isPhrase(inId)) problems.push(`${namespace}:${key} is not translated: “${inId}”`)
    if (inId.trim() === '' || inEn.trim() === '') problems.push(`${namespace}:${key} is empty`)
  }
  return problems
}

function variablesOf(text: string): string {
  return [...new Set([...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/g)].map((match) => match[1]))].sort().join()
}

/** Single words and names are often the same in both languages; two longer words in a row hardly ever. */
function isPhrase(text: string): boolean {
  const words = text.replace(/\{\{[^}]*\}\}|https?:\S+|\S+@\S+/g, ' ').match(/\p{L}{4,}/gu) ?? []
  return words.length >= 2 && !namesOfThings.some((name) => text === name)
}

const namesOfThings = ['WhatsApp Web', 'Bahasa Indonesia', 'Google Contacts', 'Open Source']
