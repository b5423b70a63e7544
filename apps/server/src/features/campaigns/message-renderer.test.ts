import { describe, expect, test } from 'vitest'
import { checkContent } from './content-check.ts'
import { createMessageRenderer } from './message-renderer.ts'
import type { RenderContact } from './message-renderer.ts'
import type { RunContent } from './run-content.ts'

const content = (changes: Partial<RunContent> = {}): RunContent => ({
  templateId: 'tpl_1',
  templateName: 'Promo',
  texts: { id: 'Halo {name}', en: 'Hello {name}' },
  footer: '',
  media: null,
  variables: {},
  customKeys: [],
  language: 'id',
  ...changes,
})

const contact = (changes: Partial<RenderContact> = {}): RenderContact => ({
  fullName: 'Siti Aminah',
  firstName: '',
  lastName: '',
  phone: '+62812',
  email: null,
  company: null,
  language: null,
  custom: {},
  ...changes,
})

const renderer = (changes: Partial<RunContent> = {}) => {
  const result = createMessageRenderer(content(changes), {
    optOut: (id) => `https://siar.example/u/${id ?? 'example'}`,
  })
  if (!result.ok) throw new Error('no template')
  return result.renderer
}

describe('a message', () => {
  test('speaks the language of the person, else that of the workspace', () => {
    expect(renderer().render(contact({ language: 'en' }), 's').text).toBe('Hello Siti Aminah')
    expect(renderer().render(contact(), 's').text).toBe('Halo Siti Aminah')
    expect(renderer({ texts: { en: 'Hello {name}' } }).render(contact(), 's').text).toBe('Hello Siti Aminah')
  })

  test('takes values of the campaign before the contact, and custom fields by their key', () => {
    const texts = { id: '{company} {Kota} {setuju} {first_name}' }
    const own = renderer({ texts, variables: { company: 'Toko' }, customKeys: ['kota', 'setuju'] })
    const person = contact({ company: 'Lain', custom: { kota: 'Bandung', setuju: true } })
    expect(own.render(person, 's').text).toBe('Toko Bandung Ya Siti')
  })

  test('is the same for the same person and seed, with the footer behind it', () => {
    const own = renderer({ texts: { id: '{a|b|c|d|e|f} {g|h|i}' }, footer: 'Balas STOP untuk berhenti' })
    const first = own.render(contact(), 'seed/rcp_1').text
    expect(own.render(contact(), 'seed/rcp_1').text).toBe(first)
    expect(first).toMatch(/^[a-f] [g-i]\n\nBalas STOP untuk berhenti$/)
    expect(own.variantsCount).toBe(18)
  })

  test('names what is missing instead of sending a gap', () => {
    expect(renderer().render(contact({ fullName: '' }), 's')).toEqual({ missing: ['name'] })
    expect(renderer({ texts: { id: 'Halo {name=Kak}' } }).required).toEqual([])
  })
})

describe('advice', () => {
  test('asks for a way to stop, and for words of one’s own', () => {
    const codes = (text: string, purpose: 'marketing' | 'service' = 'marketing') =>
      checkContent(content({ texts: { id: text } }), purpose, { recipients: 500, variantsCount: 1 }).map(
        ({ code }) => code,
      )
    expect(codes('Promo hari ini')).toEqual(['no_opt_out', 'identical'])
    expect(codes('Halo {name}, balas STOP untuk berhenti')).toEqual([])
    expect(codes('Janji temu besok', 'service')).toEqual(['identical'])
    expect(codes('BELANJA SEKARANG JUGA SEMUA MURAH {name} STOP')).toContain('shouting')
    expect(codes('Klik bit.ly/abc {name} STOP')).toContain('short_link')
  })
})
