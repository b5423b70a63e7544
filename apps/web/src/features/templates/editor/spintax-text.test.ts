import { describe, expect, test } from 'vitest'
import { alternativesOf, buildChoice, groupAround, groupsOf } from './spintax-text.ts'

describe('a choice of words', () => {
  test('comes back as it was built, with empty and nested alternatives', () => {
    const alternatives = ['Halo', 'Hai {name=Kak}', '{Selamat {pagi|siang}|Assalamualaikum}', '']
    expect(alternativesOf(buildChoice(alternatives))).toEqual(alternatives)
  })

  test('is told from a variable, plain text and two groups', () => {
    for (const text of ['{name}', 'Halo', '{a|b} {c|d}', '{a|b', '{a\\|b}']) {
      expect(alternativesOf(text)).toBeNull()
    }
  })
})

test('groups are the outermost braces; escaped and unpaired ones are none', () => {
  const text = 'a {x|{y}} \\{z} {n} }{'
  expect(groupsOf(text).map(({ from, to }) => text.slice(from, to))).toEqual(['{x|{y}}', '{n}'])
})

test('the group around the cursor is found, also at its first sign, not behind its last', () => {
  const text = 'ab {x|y} c'
  expect(groupAround(text, { from: 3, to: 3 })).toEqual({ from: 3, to: 8 })
  expect(groupAround(text, { from: 5, to: 6 })).toEqual({ from: 3, to: 8 })
  expect(groupAround(text, { from: 8, to: 8 })).toBeNull()
})
