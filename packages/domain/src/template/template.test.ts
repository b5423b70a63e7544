import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseTemplate, templateMaxDepth, templateMaxLength } from './parse-template.ts'
import type { ParseTemplateOptions } from './parse-template.ts'
import { render } from './render-template.ts'
import { sampleVariants } from './sample-variants.ts'
import { escapeTemplate } from './template-structure.ts'
import type { TemplateAst } from './template-node.ts'
import { canonicalVariableName, isContactVariable, isVariableName, variableValues } from './variable-names.ts'

const budi = { name: 'Budi', first_name: 'Budi', phone: '+62812', email: 'b@x.id', company: 'Toko Maju' }

function parsed(text: string, options?: ParseTemplateOptions): TemplateAst {
  const result = parseTemplate(text, options)
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result.ast
}

const textOf = (
  text: string,
  values: Record<string, string> = budi,
  seed = 's',
  options?: ParseTemplateOptions,
) => render(parsed(text, options), { values: variableValues({ contact: {}, campaign: values }), seed })

const errorsOf = (text: string, options?: ParseTemplateOptions) => {
  const result = parseTemplate(text, options)
  return result.ok ? [] : result.errors
}

const variantsOf = (text: string, options?: ParseTemplateOptions): string[] =>
  sampleVariants(parsed(text, options), budi, 200).sort()

describe('variables', () => {
  test.each([
    ['{name}', 'Budi'],
    ['{ NaMe }', 'Budi'],
    ['{nama}, {perusahaan}, {TELEPON}', 'Budi, Toko Maju, +62812'],
    ['[name] [NAMA]', 'Budi Budi'],
    ['{last_name=Kak}', 'Kak'],
    ['{last_name=}!', '!'],
    ['[last_name=Kak]', 'Kak'],
    ['[last_name=]!', '!'],
    ['{name=Kak}', 'Budi'],
    ['{last_name={first_name=Kak}}', 'Budi'],
    ['{last_name=a=b}', 'a=b'],
    ['[last_name=a|b]', 'a|b'],
    ['{last_name=\\}}', '}'],
  ])('%s gives %s', (text, expected) => {
    expect(textOf(text)).toEqual({ text: expected })
  })

  test('names may hold spaces, in any case and spacing', () => {
    const options = { knownNames: ['Nama  Toko'] }
    expect(textOf('{nama toko} [NAMA TOKO]', { 'nama TOKO': 'Maju' }, 's', options)).toEqual({
      text: 'Maju Maju',
    })
  })

  test('a variable without value or default is reported once, only where it was chosen', () => {
    expect(textOf('{last_name} {last_name} {email}', { email: '' })).toEqual({
      missing: ['last_name', 'email'],
    })
    const results = ['a', 'b', 'c', 'd', 'e', 'f'].map((seed) => textOf('{Hi {last_name}|Hello}', budi, seed))
    expect(results).toContainEqual({ text: 'Hello' })
    expect(results).toContainEqual({ missing: ['last_name'] })
  })

  test('an unknown {name} is an error when names are known, with its place', () => {
    expect(errorsOf('Hi {name} {nmae} {x=1}', { knownNames: [] })).toEqual([
      { position: 10, code: 'unknown_variable', name: 'nmae' },
      { position: 17, code: 'unknown_variable', name: 'x' },
    ])
    expect(errorsOf('{product}', { knownNames: ['Product'] })).toEqual([])
    expect(errorsOf('{gone}', { knownNames: [], allowUnknown: true })).toEqual([])
  })

  test('finds unknown names inside alternatives and defaults', () => {
    expect(errorsOf('{a|{b|{nope}}} {name={gone}}', { knownNames: [] }).map(({ name }) => name)).toEqual([
      'nope',
      'gone',
    ])
  })

  test('lists variables in order of first use, and which of them need a value', () => {
    const ast = parsed('{phone} {name=x} {a {email}|{phone}} [company]')
    expect(ast.variables).toEqual(['phone', 'name', 'email', 'company'])
    expect(ast.required).toEqual(['phone', 'email', 'company'])
  })

  test('campaign variables win over contact fields, contact fields over custom fields', () => {
    const values = variableValues({
      contact: { name: 'contact', email: 'contact' },
      custom: { NAMA: 'custom', email: 'custom', Kota: 'custom' },
      campaign: { Nama: 'campaign', email: '' },
    })
    expect({ ...values }).toEqual({ name: 'campaign', email: 'contact', kota: 'custom' })
  })

  test('names of the language are ordinary names', () => {
    const options = { knownNames: ['constructor', '__proto__', 'toString'] }
    const text = '{constructor=a}{__proto__=b}{toString=c}'
    expect(render(parsed(text, options), { values: {}, seed: 's' })).toEqual({ text: 'abc' })
    expect({
      ...variableValues({ contact: {}, custom: JSON.parse('{"__proto__":"x"}') }),
    }).not.toHaveProperty('x')
  })

  test('says which names may be given to fields', () => {
    expect(canonicalVariableName('  Nama ')).toBe('name')
    expect(isVariableName('Nama Toko')).toBe(true)
    for (const name of ['', ' ', 'a|b', 'a=b', '{a', 'a]', 'a\\b', 'x'.repeat(101)])
      expect(isVariableName(name)).toBe(false)
    expect(isContactVariable('TELEPON')).toBe(true)
    expect(isContactVariable('kota')).toBe(false)
  })
})

describe('brackets', () => {
  test.each([
    '[PROMO]',
    '[ ]',
    '[]',
    '[name',
    'name]',
    '[[',
    '[promo [x]]',
    '[a|b]',
    '[name {phone=}',
    '[x=name]',
  ])('%s stays text as far as it names nothing known', (text) => {
    expect(textOf(text.replace('{phone=}', ''), {})).toEqual({ text: text.replace('{phone=}', '') })
  })

  test('a | in brackets that stay text belongs to the braces around', () => {
    expect(variantsOf('{[a|b]|c}')).toEqual(['[a', 'b]', 'c'])
    expect(variantsOf('{[last_name=a|b]|c}')).toEqual(['a|b', 'c'])
  })

  test('become variables when a custom field of that name is known', () => {
    expect(textOf('[PROMO]', { promo: '10%' }, 's', { knownNames: ['promo'] })).toEqual({ text: '10%' })
  })
})

describe('spintax', () => {
  test.each([
    ['{Hi|Hello|}', ['', 'Hello', 'Hi']],
    ['{a|{b|c}} {d|e}', ['a d', 'a e', 'b d', 'b e', 'c d', 'c e']],
    ['{|}', ['']],
    ['{a\\|b|c}', ['a|b', 'c']],
    ['{x=1|y}', ['x=1', 'y']],
    ['{{name}|{phone}}', ['+62812', 'Budi']],
    ['{ a | b }', [' a ', ' b ']],
    ['{last_name={x|y}}', ['x', 'y']],
  ])('%s makes %j', (text, expected) => {
    expect(variantsOf(text)).toEqual(expected)
  })

  test('a | outside braces is text', () => {
    expect(textOf('A | B')).toEqual({ text: 'A | B' })
  })

  test('chooses alternatives about equally often', () => {
    const ast = parsed('{a|b|c|d}')
    const counts = new Map<string, number>()
    for (let index = 0; index < 8000; index += 1) {
      const { text = '' } = render(ast, { values: {}, seed: `rcp_${index}` })
      counts.set(text, (counts.get(text) ?? 0) + 1)
    }
    for (const count of counts.values()) expect(count).toBeGreaterThan(1800)
    expect(counts.size).toBe(4)
  })

  test('the choice at one place does not decide the one at another', () => {
    expect(variantsOf('{a|b}{a|b}{a|b}')).toHaveLength(8)
  })
})

describe('escapes and errors', () => {
  test.each([
    ['\\{name\\} \\[name\\] \\|', '{name} [name] |'],
    ['C:\\new \\\\ \\', 'C:\\new \\\\ \\'],
  ])('%s shows %s', (text, expected) => {
    expect(textOf(text)).toEqual({ text: expected })
  })

  test.each([
    ['{a', 0, 'unclosed_brace'],
    ['ab}', 2, 'unopened_brace'],
    ['{name}}', 6, 'unopened_brace'],
    ['x{}', 1, 'empty_name'],
    ['{ }', 0, 'empty_name'],
    ['{=x}', 0, 'empty_name'],
    ['{na{a|b}me}', 0, 'invalid_name'],
    [`{${'x'.repeat(101)}}`, 0, 'invalid_name'],
    ['\\{name}', 6, 'unopened_brace'],
  ])('%s is an error at %i: %s', (text, position, code) => {
    expect(errorsOf(text)[0]).toMatchObject({ position, code })
  })

  test('reports every problem at once', () => {
    expect(errorsOf('} {a {b').map(({ code }) => code)).toEqual([
      'unopened_brace',
      'unclosed_brace',
      'unclosed_brace',
    ])
  })

  test('nests to the limit and not further', () => {
    const nested = (depth: number): string => '{a|'.repeat(depth) + 'b' + '}'.repeat(depth)
    expect(errorsOf(nested(templateMaxDepth))).toEqual([])
    expect(errorsOf(nested(templateMaxDepth + 1))[0]?.code).toBe('too_deep')
    expect(errorsOf('x'.repeat(templateMaxLength))).toEqual([])
    expect(errorsOf('x'.repeat(templateMaxLength + 1))[0]?.code).toBe('too_long')
  })

  test.each([
    '{',
    '[',
    '{a|',
    '[name=',
    '{name=',
    '[[name]',
    '\\',
    '{}',
    '}{',
    '{a}',
    '|',
    '[x',
    '{name=1}',
    ']',
  ])('takes a text full of %s in its stride', (piece) => {
    const text = piece.repeat(Math.floor(templateMaxLength / piece.length))
    expect(parseTemplate(text, { knownNames: ['x'] }).ok).toBeTypeOf('boolean')
  })
})

const grammarText = fc
  .array(fc.constantFrom('{', '}', '[', ']', '|', '=', '\\', 'name', 'nama', 'x', ' ', 'Hi', '😀', '\n'), {
    maxLength: 40,
  })
  .map((pieces) => pieces.join(''))

/** Texts that are right by construction, with how many variants they have. */
const { template: rightText } = fc.letrec<{ template: { text: string; count: number } }>((tie) => ({
  template: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', ' ', '{name}', '[nama]', '{email=x}', '\\{').map((text) => ({ text, count: 1 })),
    fc.array(tie('template'), { minLength: 2, maxLength: 3 }).map((parts) => ({
      text: `{${parts.map(({ text }) => text).join('|')}}`,
      count: parts.reduce((sum, { count }) => sum + count, 0),
    })),
    fc.array(tie('template'), { minLength: 2, maxLength: 3 }).map((parts) => ({
      text: parts.map(({ text }) => text).join(''),
      count: parts.reduce((product, { count }) => product * count, 1),
    })),
  ),
}))

describe('for any text', () => {
  test('parsing and rendering never throw', () => {
    fc.assert(
      fc.property(fc.oneof(grammarText, fc.string({ unit: 'binary' })), fc.string(), (text, seed) => {
        const result = parseTemplate(text, { knownNames: ['x'] })
        if (!result.ok) expect(result.errors.length).toBeGreaterThan(0)
        else expect(render(result.ast, { values: {}, seed })).toBeTypeOf('object')
      }),
      { numRuns: 2000 },
    )
  })

  test('an escaped text comes out unchanged', () => {
    fc.assert(
      fc.property(fc.oneof(grammarText, fc.string()), (text) => {
        expect(textOf(escapeTemplate(text))).toEqual({ text })
      }),
    )
  })

  test('the same text, values and seed give the same result', () => {
    fc.assert(
      fc.property(rightText, fc.string(), ({ text }, seed) => {
        expect(textOf(text, budi, seed)).toEqual(textOf(text, budi, seed))
      }),
    )
  })

  test('a value is inserted as it is and never parsed again', () => {
    fc.assert(
      fc.property(
        fc.oneof(grammarText, fc.string()).filter((value) => value !== ''),
        (value) => {
          expect(textOf('<{name}|[name]>', { name: value })).toEqual({ text: `<${value}|${value}>` })
        },
      ),
    )
  })

  test('the number of variants is the product of sums of alternatives, and no draw leaves them', () => {
    fc.assert(
      fc.property(rightText, ({ text, count }) => {
        const ast = parsed(text)
        expect(ast.variantsCount).toBe(Math.min(count, Number.MAX_SAFE_INTEGER))
        expect(sampleVariants(ast, budi, 20).length).toBeLessThanOrEqual(ast.variantsCount)
      }),
    )
  })

  test('a number of variants too large to count is still a number', () => {
    expect(parsed('{a|b}'.repeat(5000)).variantsCount).toBe(Number.MAX_SAFE_INTEGER)
  })
})
