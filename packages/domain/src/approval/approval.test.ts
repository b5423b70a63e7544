import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapeTemplate } from '../template/template-structure.ts'
import { variableValues } from '../template/variable-names.ts'
import { approvalProblems, approvalProblemText } from './approval-problem.ts'
import { approvalLimits, compileApproval } from './compile-approval.ts'
import type { ApprovalSource, ApprovalText } from './compile-approval.ts'
import { fillApproval } from './fill-approval.ts'

const source = (text: string, more: Partial<ApprovalSource> = {}): ApprovalSource => ({
  text,
  footer: '',
  media: null,
  knownNames: ['Kota', 'produk'],
  ...more,
})

function compiled(text: string, more?: Partial<ApprovalSource>): ApprovalText {
  const result = compileApproval(source(text, more))
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.text
}

const codesOf = (text: string, more?: Partial<ApprovalSource>): string[] => {
  const result = compileApproval(source(text, more))
  return result.ok ? [] : result.problems.map(({ code }) => code)
}

const fill = (text: ApprovalText, values: Record<string, string>) =>
  fillApproval(text, variableValues({ contact: {}, campaign: values }))

describe('the form Meta approves', () => {
  test('variables become named parameters, each once, in order of first use', () => {
    const { body, parameters } = compiled('Halo {Nama}, {produk} ada di {kota}. Sampai jumpa, {name}!')
    expect(body).toBe('Halo {{name}}, {{produk}} ada di {{kota}}. Sampai jumpa, {{name}}!')
    expect(parameters.map(({ name, variable }) => [name, variable])).toEqual([
      ['name', 'name'],
      ['produk', 'produk'],
      ['kota', 'kota'],
    ])
  })

  test('a variable with another default is another parameter', () => {
    const text = compiled('Halo {name=Kak}, kabar {name=Anda}? Ya, {name=Kak}.')
    expect(text.body).toBe('Halo {{name}}, kabar {{name_b}}? Ya, {{name}}.')
    expect(fill(text, {})).toMatchObject({ text: 'Halo Kak, kabar Anda? Ya, Kak.' })
  })

  test('of spintax the first alternative stays, in defaults too, and it is told how many were fixed', () => {
    const text = compiled('{Hai|Halo} {name={Kak|Sis}}, {promo|diskon {besar|kecil}} hari ini')
    expect(text).toMatchObject({ body: 'Hai {{name}}, promo hari ini', choicesFixed: 4 })
    expect(fill(text, {})).toMatchObject({ text: 'Hai Kak, promo hari ini' })
  })

  test('square brackets are a parameter only when the name is known', () => {
    expect(compiled('Pakai [PROMO] di [kota] ya').body).toBe('Pakai [PROMO] di {{kota}} ya')
  })

  test('names are such as Meta takes, whatever a field is called', () => {
    const knownNames = [
      'Tanggal lahir!',
      '2024',
      'Ünïcode',
      'ünicode',
      'a very long name of a custom field',
      '生日',
    ]
    const text = compiled(knownNames.map((name) => `a {${name}} b`).join(' '), { knownNames })
    const names = text.parameters.map(({ name }) => name)
    for (const name of names) expect(name).toMatch(/^[a-z_]{1,20}$/)
    expect(new Set(names).size).toBe(names.length)
  })

  test('footer and kind of the file above come along', () => {
    const media = { kind: 'image', mimeType: 'image/png', sizeBytes: 1_000 } as const
    expect(compiled('Promo', { footer: ' Balas STOP ', media })).toMatchObject({
      header: 'image',
      footer: 'Balas STOP',
    })
  })
})

describe('what stands against it', () => {
  test.each([
    ['  ', 'text_missing'],
    ['{|Halo}', 'text_missing'],
    ['Halo {name', 'text_invalid'],
    ['{name}, ada promo', 'variable_at_edge'],
    ['Ada promo untuk {name}\n', 'variable_at_edge'],
    ['Halo {first_name}{last_name}, promo', 'variables_touch'],
    ['Halo {name=}, promo', 'empty_default'],
    ['Halo {name={last_name= }}, promo', 'empty_default'],
    ['Halo\n\n\nPromo', 'blank_lines'],
    ['Halo\n \n \nPromo', 'blank_lines'],
    ['Pakai \\{\\{kode\\}\\} ya', 'braces'],
    ['x'.repeat(1_025), 'body_too_long'],
  ])('%j: %s', (text, code) => {
    expect(codesOf(text)).toContain(code)
  })

  test.each([
    [{ footer: 'x'.repeat(61) }, 'footer_too_long'],
    [{ footer: 'Toko 🎉' }, 'footer_signs'],
    [{ footer: 'Toko {name}' }, 'footer_signs'],
    [{ media: { kind: 'image', mimeType: 'image/webp', sizeBytes: 1 } }, 'header_format'],
    [{ media: { kind: 'document', mimeType: 'text/plain', sizeBytes: 1 } }, 'header_format'],
    [{ media: { kind: 'image', mimeType: 'image/jpeg', sizeBytes: 6_000_000 } }, 'header_too_large'],
  ] as const)('%j: %s', (more, code) => {
    expect(codesOf('Promo', more)).toEqual([code])
  })

  test('what is exactly as long as allowed passes', () => {
    expect(codesOf('x'.repeat(approvalLimits.bodyLengthMax))).toEqual([])
    expect(codesOf('Halo {name=Kak}, satu\n\ndua', { footer: 'x'.repeat(60) })).toEqual([])
  })

  test('everything is told at once, in both languages, with its facts', () => {
    const result = compileApproval(source(`{name}${'x'.repeat(1_100)}`, { footer: '🎉' }))
    const problems = result.ok ? [] : result.problems
    expect(problems.map(({ code }) => code)).toEqual(['body_too_long', 'variable_at_edge', 'footer_signs'])
    expect(approvalProblemText(problems[0] as never, 'en')).toBe(
      'The text has 1108 characters; Meta takes 1024 at most.',
    )
    for (const code of Object.keys(approvalProblems) as (keyof typeof approvalProblems)[])
      expect(approvalProblemText({ code, facts: {} }, 'id')).not.toBe('')
  })
})

describe('filled for one person', () => {
  const text = compiled('Halo {name=Kak}, {produk} untuk {kota} sudah ada.', { footer: 'Toko Melati' })

  test('gives the values in order, and what the person reads', () => {
    expect(fill(text, { name: 'Sari', produk: 'Kopi', kota: 'Bandung' })).toEqual({
      kind: 'filled',
      parameters: [
        { name: 'name', text: 'Sari' },
        { name: 'produk', text: 'Kopi' },
        { name: 'kota', text: 'Bandung' },
      ],
      text: 'Halo Sari, Kopi untuk Bandung sudah ada.\n\nToko Melati',
    })
  })

  test('what has neither value nor default is named', () => {
    expect(fill(text, { produk: ' \n ' })).toEqual({ kind: 'missing', names: ['produk', 'kota'] })
  })

  test('line breaks and runs of blanks within a value become one blank', () => {
    expect(fill(text, { produk: ' Kopi\n\tsusu     besar ', kota: 'Solo' })).toMatchObject({
      text: 'Halo Kak, Kopi susu besar untuk Solo sudah ada.\n\nToko Melati',
    })
  })

  test('a body that grows too long with its values is told', () => {
    expect(fill(text, { produk: 'x'.repeat(1_000), kota: 'Solo' })).toEqual({ kind: 'too_long' })
  })

  test('a value is put in as it is, whatever signs it has', () => {
    const value = fc.string({ maxLength: 40 }).filter((given) => given.trim() !== '')
    fc.assert(
      fc.property(value, (produk) => {
        const filled = fill(text, { produk, kota: '{{produk}} $& {name}' })
        const shown = produk.replace(/\s+/g, ' ').trim()
        expect(filled).toMatchObject({
          text: `Halo Kak, ${shown} untuk {{produk}} $& {name} sudah ada.\n\nToko Melati`,
        })
      }),
    )
  })

  test('whatever the text, what Meta is given has no place without a value', () => {
    const word = fc.string({ maxLength: 10 }).map((given) => escapeTemplate(given))
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        const result = compileApproval(source(`Halo ${words.join(' {name=Kak} ')} ya`))
        if (!result.ok) return
        const filled = fillApproval(result.text, {})
        expect(filled.kind).toBe('filled')
        if (filled.kind !== 'filled') return
        const asked = [...result.text.body.matchAll(/\{\{([a-z_]+)\}\}/g)].map((match) => match[1])
        expect(new Set(asked)).toEqual(new Set(filled.parameters.map(({ name }) => name)))
      }),
    )
  })
})
