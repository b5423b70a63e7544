import { parseTemplate } from '@siar/domain'
import { describe, expect, test } from 'vitest'
import { countSigns, highlight, lineAndColumn } from './highlight.ts'

const problemsOf = (text: string) => {
  const parsed = parseTemplate(text, { knownNames: [] })
  return parsed.ok ? [] : parsed.errors
}

describe('the pieces of a text', () => {
  test('joined are the text, whatever is wrong with it', () => {
    for (const text of ['', 'Halo {name} 🎉', '{a|b', '}', '{kota}{kota', 'x {} y']) {
      expect(
        highlight(text, problemsOf(text))
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text)
    }
  })

  test('underline the whole of an unknown name and only it', () => {
    const text = 'Hai {name}, ke {kota} yuk'
    const wrong = highlight(text, problemsOf(text)).filter((piece) => piece.isProblem)
    expect(wrong.map((piece) => piece.text)).toEqual(['{kota}'])
  })
})

test('an emoji counts as one sign in lines and lengths', () => {
  expect(lineAndColumn('satu\n👨‍👩‍👧 x', 'satu\n👨‍👩‍👧 '.length)).toEqual({ line: 2, column: 3 })
  expect(countSigns('🇮🇩👍🏽')).toBe(2)
})
