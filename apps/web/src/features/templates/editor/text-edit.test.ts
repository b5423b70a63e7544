import { describe, expect, test } from 'vitest'
import { insertText, toggleMark } from './text-edit.ts'
import type { Mark, TextEdit } from './text-edit.ts'

const apply = (text: string, edit: TextEdit) => text.slice(0, edit.from) + edit.insert + text.slice(edit.to)
const toggle = (text: string, part: string, mark: Mark) => {
  const from = text.indexOf(part)
  const edit = toggleMark(text, { from, to: from + part.length }, mark)
  const after = apply(text, edit)
  return { after, selected: after.slice(edit.selectFrom, edit.selectTo) }
}

describe('a mark of WhatsApp', () => {
  test('goes around the words, never beside a space', () => {
    expect(toggle('Halo Kak Sari ya', ' Kak Sari ', '*')).toEqual({
      after: 'Halo *Kak Sari* ya',
      selected: 'Kak Sari',
    })
  })

  test('comes off again, whether its signs are selected or not', () => {
    expect(toggle('a ~lama~ b', '~lama~', '~').after).toBe('a lama b')
    expect(toggle('a ~lama~ b', 'lama', '~').after).toBe('a lama b')
    expect(toggle('x ```kode``` y', 'kode', '```').after).toBe('x kode y')
  })

  test('leaves a smiley whole', () => {
    expect(toggle('Promo 🎉 ini', '🎉', '_').after).toBe('Promo _🎉_ ini')
  })

  test('without a selection puts the cursor between its signs', () => {
    expect(toggleMark('ab', { from: 1, to: 1 }, '*')).toMatchObject({
      insert: '**',
      selectFrom: 2,
      selectTo: 2,
    })
  })
})

test('inserting replaces the selection and goes on behind it', () => {
  const edit = insertText({ from: 5, to: 8 }, '{name}')
  expect(apply('Halo Kak!', edit)).toBe('Halo {name}!')
  expect(edit.selectFrom).toBe(11)
})
