import { expect, test } from 'vitest'
import { hashText } from './hash-text.ts'

test('never changes, and is what PostgreSQL says of the same text', () => {
  const found = [
    '',
    'a',
    'abcdefghijk',
    'abcdefghijkl',
    'abcdefghijklm',
    'x'.repeat(24),
    'héllo wörld ünïcode 🙂',
  ].map((text) => hashText(text))
  expect(found).toEqual([2817148525, 1075015857, 2811163603, 2708880084, 405849808, 1380215333, 3297671761])
})
