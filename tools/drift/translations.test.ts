import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findTranslationDrift } from './translations.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'siar-translations-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(language: 'id' | 'en', texts: unknown, file = 'contacts.json'): void {
  mkdirSync(path.join(folder, language), { recursive: true })
  writeFileSync(path.join(folder, language, file), JSON.stringify(texts))
}

test('accepts the same keys in both languages, with the plural forms each needs', () => {
  write('id', { list: { count_other: '{{count}} kontak' } })
  write('en', { list: { count_one: '{{count}} contact', count_other: '{{count}} contacts' } })
  expect(findTranslationDrift(folder)).toEqual([])
})

test('names every text that one language lacks', () => {
  write('id', { title: 'Kontak', only: { here: 'Di sini' } })
  write('en', { title: 'Contacts', extra: 'There' })
  expect(findTranslationDrift(folder)).toEqual([
    'i18n: contacts.json extra has no Indonesian text',
    'i18n: contacts.json only.here has no English text',
  ])
})

test('names a text whose placeholders differ, one that is empty, and a file of one language', () => {
  write('id', { hello: 'Halo {{name}}', empty: '' })
  write('en', { hello: 'Hello {{user}}', empty: 'Nothing' })
  write('id', {}, 'lists.json')
  expect(findTranslationDrift(folder)).toEqual([
    'i18n: contacts.json empty is empty',
    'i18n: contacts.json hello has different {{placeholders}}',
    'i18n: lists.json exists in id only',
  ])
})
