import { describe, expect, test } from 'vitest'
import type { Config } from '../../config.ts'
import { trackableUrls } from './content-links.ts'
import { linkAdvice } from './link-advice.ts'
import type { RunContent } from './run-content.ts'

const content = (text: string, changes: Partial<RunContent> = {}): RunContent => ({
  templateId: 'tpl_1',
  templateName: 'Promo',
  texts: { id: text },
  footer: '',
  media: null,
  variables: {},
  customKeys: [],
  language: 'id',
  ...changes,
})

const codes = (publicUrl: string, channel: string, text: string, trackLinks = true) =>
  linkAdvice({ config: { publicUrl } as Config }, { trackLinks }, content(text), [{ channel }]).map(
    ({ code }) => code,
  )

describe('advice on tracked links', () => {
  test('warns of an address nobody can open, unless all of it is simulated', () => {
    const text = 'Lihat https://toko.id/a'
    expect(codes('http://localhost:3000', 'cloud_api', text)).toEqual(['links_lead_nowhere'])
    expect(codes('http://127.0.0.1:3000', 'linked_device', text)).toEqual(['links_lead_nowhere'])
    expect(codes('http://localhost:3000', 'simulator', text)).toEqual([])
    expect(codes('https://siar.example.com', 'cloud_api', text)).toEqual([])
    expect(codes('http://localhost:3000', 'cloud_api', 'tanpa tautan')).toEqual([])
  })

  test('names links that are not counted, and says nothing where none are', () => {
    expect(codes('https://siar.example.com', 'cloud_api', 'https://toko.id/{name}')).toEqual([
      'links_untracked',
    ])
    expect(codes('https://siar.example.com', 'cloud_api', 'https://toko.id/{name}', false)).toEqual([])
  })
})

test('the links of a run are those of all its texts, languages, footers and variants', () => {
  const own = content('https://a.id', {
    texts: { id: 'https://a.id', en: 'https://b.id' },
    footer: 'https://c.id',
  })
  const variant = content('https://d.id/{kode}', { variables: { kode: 'x' } })
  expect(
    new Set(
      trackableUrls({ content: own, experiment: { variants: [{ content: variant }, { content: null }] } }),
    ),
  ).toEqual(new Set(['https://a.id', 'https://b.id', 'https://c.id', 'https://d.id/x']))
})
