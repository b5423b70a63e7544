import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findLinks } from './links-in-text.ts'
import { linkVariable, splitLinks } from './links-in-text-template.ts'
import { parseTemplate } from './template/parse-template.ts'
import { render } from './template/render-template.ts'

const urlsOf = (text: string): string[] => findLinks(text).map(({ url }) => url)

describe('links in a text', () => {
  test.each([
    ['Lihat https://toko.id/promo.', ['https://toko.id/promo']],
    ['(https://toko.id/a_(b)) ya', ['https://toko.id/a_(b)']],
    ['*https://toko.id* dan _klik http://toko.id/x_', ['https://toko.id', 'http://toko.id/x']],
    ['https://toko.id/nama_ biasa', ['https://toko.id/nama_']],
    ['https://toko.id/?a=1&b=2#c, https://toko.id/!', ['https://toko.id/?a=1&b=2#c', 'https://toko.id/']],
    ['HTTPS://TOKO.ID/A', ['HTTPS://TOKO.ID/A']],
    ['https://tokó.id/é', ['https://tokó.id/é']],
    ['“https://toko.id”', ['https://toko.id']],
    ['toko.id www.toko.id ftp://toko.id javascript:alert(1) https:// https://. http://x', []],
    ['javascript:https://toko.id', ['https://toko.id']],
  ])('%s', (text, urls) => expect(urlsOf(text)).toEqual(urls))

  test('lie in the text where they say, whatever it is made of', () => {
    const part = fc.oneof(
      fc.constantFrom('https://', 'a.id', '/', ')', '(', '*', '_', '.', ' ', '\n', 'x', '\ud83d'),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
        const text = parts.join('')
        let end = 0
        for (const link of findLinks(text)) {
          expect(link.from).toBeGreaterThanOrEqual(end)
          expect(text.slice(link.from, link.to)).toBe(link.url)
          end = link.to
        }
      }),
    )
  })

  test('of a hostile text are found without a pause', () => {
    for (const sign of [')', '_', '.', 'https://a.b_ ']) {
      const text = `https://a.id/${sign.repeat(60_000 / sign.length)}`
      expect(findLinks(text).length).toBeLessThan(10_000)
    }
  })
})

function split(text: string, constants: Record<string, string> = {}, tail = '') {
  const parsed = parseTemplate(text)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return { plain: parsed.ast, ...splitLinks(parsed.ast, new Map(Object.entries(constants)), tail) }
}

const shortValues = (urls: readonly string[]) =>
  Object.fromEntries(urls.map((url) => [linkVariable(url), '<short>']))

describe('links of a template', () => {
  test('are taken out of every alternative, default and footer, each once', () => {
    const { urls, mixed } = split(
      '{Klik https://a.id/1|Buka https://a.id/2 ya} {promo=https://a.id/3}\nhttps://a.id/1',
      {},
      '\n\nhttps://a.id/4',
    )
    expect(urls).toEqual(['https://a.id/1', 'https://a.id/2', 'https://a.id/3', 'https://a.id/4'])
    expect(mixed).toEqual([])
  })

  test('that go on with a variable or an alternative stay as they are and are named', () => {
    const { urls, mixed } = split(
      'https://a.id/{name} https://b.id{/x|/y} {https://c.id|https://d.id}{name} https://e.id, {name}',
    )
    expect(urls).toEqual(['https://e.id'])
    expect(mixed).toEqual(['https://a.id/', 'https://b.id', 'https://c.id', 'https://d.id'])
  })

  test('may be made of what is the same for everybody', () => {
    const { urls, ast } = split('Ke {toko}/{kode} ya', { toko: 'https://a.id', kode: 'HEMAT' })
    expect(urls).toEqual(['https://a.id/HEMAT'])
    expect(render(ast, { values: shortValues(urls), seed: '1' }).text).toBe('Ke <short> ya')
  })

  test('give the text of before when each stands for itself', () => {
    const piece = fc.constantFrom(
      'https://a.id/x',
      'https://b.id',
      ' ',
      '.',
      '{name}',
      '{name=https://c.id}',
      '{a|https://d.id|}',
      '{kode}',
      '\\{',
      'kata',
      '\n',
      '{|{name}https://e.id}',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), fc.string(), (pieces, seed) => {
        const values = { name: 'Sari', kode: 'https://f.id/9' }
        const { plain, ast, urls } = split(pieces.join(''), { kode: values.kode })
        const itself = Object.fromEntries(urls.map((url) => [linkVariable(url), url]))
        expect(render(ast, { values: { ...values, ...itself }, seed })).toEqual(
          render(plain, { values, seed }),
        )
        expect(ast.required).toEqual(plain.required)
      }),
      { numRuns: 1000 },
    )
  })
})
