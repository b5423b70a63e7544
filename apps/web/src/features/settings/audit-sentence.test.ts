import { EVENT_TYPES, PERMISSIONS } from '@siar/contract'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { detailLines, nameInDetails } from './audit-sentence.ts'

const server = fileURLToPath(new URL('../../../../server/src/features/', import.meta.url))
const notActions = new Set<string>([...EVENT_TYPES, ...Object.keys(PERMISSIONS)])

/** Codes such as `campaign.start` in the sources that write the audit log. */
function writtenActions(): string[] {
  const sources = readdirSync(server, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.(test|fixtures)\.ts$/.test(name))
    .map((name) => readFileSync(server + name, 'utf8'))
    .filter((source) => source.includes('audit'))
  const codes = sources.flatMap((source) =>
    [...source.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map((match) => match[1] ?? ''),
  )
  return [...new Set(codes)].filter((code) => !notActions.has(code))
}

function textOf(language: string, action: string): unknown {
  const file = fileURLToPath(new URL(`../../i18n/${language}/settings.json`, import.meta.url))
  const { audit } = JSON.parse(readFileSync(file, 'utf8')) as { audit: { actions: object } }
  return action
    .split('.')
    .reduce<unknown>((node, name) => new Map(Object.entries(node ?? {})).get(name), audit.actions)
}

test('every action the server writes has a sentence in both languages', () => {
  const actions = writtenActions()
  expect(actions.length).toBeGreaterThan(40)
  const missing = actions.filter((action) =>
    ['id', 'en'].some((language) => typeof textOf(language, action) !== 'string'),
  )
  expect(missing).toEqual([])
})

test('an entry is called by the name it holds, else by the address, else not at all', () => {
  expect(nameInDetails({ name: 'Promo Jumat', email: 'a@b.id' })).toBe('Promo Jumat')
  expect(nameInDetails({ email: 'a@b.id' })).toBe('a@b.id')
  expect(nameInDetails({ name: '', count: 3 })).toBeNull()
})

test('details become readable lines, whatever they hold', () => {
  expect(detailLines({ fields: ['name', 'tags'], from: { role: 'agent' }, count: 3 })).toEqual([
    { name: 'fields', value: 'name, tags' },
    { name: 'from', value: '{"role":"agent"}' },
    { name: 'count', value: '3' },
  ])
})
