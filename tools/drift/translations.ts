import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { REPOSITORY } from '../repository.ts'

const I18N = path.join(REPOSITORY, 'apps/web/src/i18n')
const PLURAL = /_(zero|one|two|few|many|other)$/

/**
 * Finds texts that exist in one language only, are empty, or whose placeholders differ between the languages.
 *
 * @param folder Holds `id/*.json` and `en/*.json`.
 * @returns One sentence per text.
 */
export function findTranslationDrift(folder: string = I18N): string[] {
  const [id, en] = [path.join(folder, 'id'), path.join(folder, 'en')]
  const files = [...new Set([...listFiles(id), ...listFiles(en)])].sort()
  return files.flatMap((file) =>
    compare(file, readTexts(path.join(id, file)), readTexts(path.join(en, file))),
  )
}

function listFiles(folder: string): string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.json'))
}

function readTexts(file: string): Map<string, string> | null {
  if (!existsSync(file)) return null
  return new Map(flatten(JSON.parse(readFileSync(file, 'utf8')), ''))
}

function flatten(value: unknown, key: string): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[key, String(value)]]
  return Object.entries(value).flatMap(([name, inner]) =>
    flatten(inner, key === '' ? name : `${key}.${name}`),
  )
}

type Texts = ReadonlyMap<string, string>

/** English needs `_one` beside `_other`, Indonesian does not: plural forms are compared as one key. */
function compare(file: string, id: Texts | null, en: Texts | null): string[] {
  if (id === null || en === null) return [`i18n: ${file} exists in ${id === null ? 'en' : 'id'} only`]
  const indonesian = byBaseKey(id)
  const english = byBaseKey(en)
  const keys = [...new Set([...indonesian.keys(), ...english.keys()])].sort()
  return keys.flatMap((key) => compareText(`i18n: ${file} ${key}`, indonesian.get(key), english.get(key)))
}

function byBaseKey(texts: Texts): Map<string, string> {
  return new Map([...texts].map(([key, text]) => [key.replace(PLURAL, ''), text]))
}

function compareText(place: string, id: string | undefined, en: string | undefined): string[] {
  if (id === undefined) return [`${place} has no Indonesian text`]
  if (en === undefined) return [`${place} has no English text`]
  if (id.trim() === '' || en.trim() === '') return [`${place} is empty`]
  return placeholders(id) === placeholders(en) ? [] : [`${place} has different {{placeholders}}`]
}

function placeholders(text: string): string {
  return [...new Set([...text.matchAll(/\{\{\s*([^},\s]+)/g)].map((match) => match[1]))].sort().join(' ')
}
