import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { scanTexts } from './scan-texts.ts'
import type { SourceTexts } from './scan-texts.ts'
import { baseKey, compareLanguages, flatten } from './text-files.ts'
import type { Texts } from './text-files.ts'

const src = fileURLToPath(new URL('..', import.meta.url))

function readTexts(language: string): Texts {
  const folder = `${src}i18n/${language}/`
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return new Map(
    files.map((name) => [
      name.slice(0, -5),
      new Map(flatten(JSON.parse(readFileSync(folder + name, 'utf8')))),
    ]),
  )
}

/** Sources of the product; the gallery exists in development only and its samples stay as they are. */
function readSources(): Map<string, SourceTexts> {
  const names = readdirSync(src, { recursive: true, encoding: 'utf8' }).map((name) =>
    name.replaceAll('\\', '/'),
  )
  const wanted = names.filter(
    (name) =>
      /\.tsx?$/.test(name) &&
      !/\.test\.tsx?$|\.d\.ts$|\.fixtures\.tsx?$/.test(name) &&
      !/^(app\/gallery|i18n)\//.test(name),
  )
  return new Map(wanted.map((name) => [name, scanTexts(name, readFileSync(src + name, 'utf8'))]))
}

/** The namespaces a key without one may belong to in this file: those it reads, and its own feature's. */
function homesOf(name: string, source: SourceTexts): string[] {
  const [top, folder] = name.split('/')
  const own = top === 'features' ? [folder ?? ''] : top === 'ui' ? ['ui'] : ['app']
  return [...new Set([...source.namespaces, ...own])]
}

function usedKeys(texts: Texts, sources: Map<string, SourceTexts>): Set<string> {
  const used = new Set<string>()
  for (const [name, source] of sources) {
    const homes = homesOf(name, source)
    for (const [namespace, keys] of texts) {
      const isHome = homes.includes(namespace) || source.literals.has(namespace)
      for (const key of keys.keys()) {
        const base = baseKey(key)
        if (says(source, `${namespace}:${base}`) || (isHome && says(source, base)))
          used.add(`${namespace}:${base}`)
      }
    }
  }
  return used
}

function says(source: SourceTexts, key: string): boolean {
  if (source.literals.has(key)) return true
  return source.patterns.some(
    ([head, tail]) => head.length > 2 && /[.:]/.test(head) && key.startsWith(head) && key.endsWith(tail),
  )
}

const id = readTexts('id')
const en = readTexts('en')
const sources = readSources()

describe('texts', () => {
  test('every key exists in both languages, translated, with the same variables', () => {
    expect(compareLanguages(id, en)).toEqual([])
  })

  test('every key that code asks for exists', () => {
    const missing = [...sources].flatMap(([name, source]) =>
      source.calls.flatMap(({ key, line }) => {
        const [namespace, path] = key.includes(':') ? (key.split(':', 2) as [string, string]) : [null, key]
        const homes = namespace ? [namespace] : homesOf(name, source)
        const known = homes.some((home) =>
          [...(en.get(home)?.keys() ?? [])].some((one) => baseKey(one) === path),
        )
        return known ? [] : [`${name}:${line} ${key}`]
      }),
    )
    expect(missing).toEqual([])
  })

  test('no key is left that no code asks for', () => {
    const used = usedKeys(en, sources)
    const unused = [...en].flatMap(([namespace, keys]) =>
      [...keys.keys()].map((key) => `${namespace}:${baseKey(key)}`).filter((key) => !used.has(key)),
    )
    expect([...new Set(unused)]).toEqual([])
  })

  test('no text for people is written in code', () => {
    const found = [...sources].flatMap(([name, source]) =>
      name.endsWith('.tsx') ? source.hardCoded.map(({ text, line }) => `${name}:${line} “${text}”`) : [],
    )
    expect(found).toEqual([])
  })
})

describe('the guard itself', () => {
  test('reads a real number of files and keys, so that an empty scan cannot pass', () => {
    expect(sources.size).toBeGreaterThan(60)
    expect(en.get('ui')?.size).toBeGreaterThan(60)
  })

  test('sees text in elements, visible attributes and visible properties, and nothing else', () => {
    const { hardCoded } = scanTexts(
      'x.tsx',
      `const a = <p className="Big one" id={'Some id'}>Halo <b>{'Dunia baru'}</b><i title="Judul" label="contacts:a.b">{t('x')}…</i></p>
       const b = { header: 'Nama', label: 'app:nav.x', kind: 'Some Kind' }`,
    )
    expect(hardCoded.map(({ text }) => text)).toEqual(['Halo', 'Dunia baru', 'Judul', 'Nama'])
  })

  test('names a key that is missing, not translated, or lacks a variable or a plural', () => {
    const texts = (value: object) => new Map([['x', new Map(flatten(value))]])
    const problems = compareLanguages(
      texts({ a: 'Simpan', c: 'Hapus {{name}}', d: 'Same long phrase', n_other: '{{count}} baris' }),
      texts({ a: 'Save', b: 'Open', c: 'Delete it', d: 'Same long phrase', n_other: '{{count}} rows' }),
    )
    expect(problems).toEqual([
      'x:c has other {{variables}} in id and en',
      'x:d is not translated: “Same long phrase”',
      'x:n needs _one and _other in en',
      'x:b is missing in id',
    ])
  })
})
