import { describe, expect, test } from 'vitest'
import { idsOf, includesEveryone, withIds } from './audience-rules.ts'
import type { AudienceRule } from './audience-rules.ts'

const rules: AudienceRule[] = [
  { kind: 'list', id: 'lst_1' },
  { kind: 'tag', id: 'tag_1' },
  { kind: 'list', id: 'lst_2' },
]

describe('rules of an audience', () => {
  test('changing the lists leaves the tags alone', () => {
    const changed = withIds(rules, 'list', ['lst_3'])
    expect(idsOf(changed, 'list')).toEqual(['lst_3'])
    expect(idsOf(changed, 'tag')).toEqual(['tag_1'])
  })

  test('everyone is a rule of its own', () => {
    expect(includesEveryone(rules)).toBe(false)
    expect(includesEveryone([{ kind: 'everyone' }])).toBe(true)
  })
})
