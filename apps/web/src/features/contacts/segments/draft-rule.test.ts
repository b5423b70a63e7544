import { problemsOfSegment } from '@siar/domain'
import type { SegmentCondition, SegmentRule } from '@siar/domain'
import { describe, expect, test } from 'vitest'
import { draftOf, problemsByKey, ruleOf } from './draft-rule.ts'

const english: SegmentCondition = { kind: 'field', field: 'language', operator: 'any_of', value: ['en'] }
const suppressed: SegmentCondition = { kind: 'suppressed', value: true }
const nothing = {
  customFields: new Map(),
  listIds: new Set(''),
  tagIds: new Set(''),
  campaignIds: new Set(''),
}

describe('the builder of a rule', () => {
  test('gives a saved rule back as it was', () => {
    const rule: SegmentRule = {
      kind: 'any',
      rules: [english, { kind: 'not', rule: { kind: 'all', rules: [suppressed, english] } }],
    }
    expect(ruleOf(draftOf(rule)).rule).toEqual(rule)
  })

  test('puts a rule that is one line into a group, and a line that is turned around into one of its own', () => {
    expect(ruleOf(draftOf(english)).rule).toEqual({ kind: 'all', rules: [english] })
    const turned = { kind: 'not', rule: { kind: 'all', rules: [english] } }
    expect(ruleOf(draftOf({ kind: 'not', rule: english })).rule).toEqual(turned)
    expect(ruleOf(draftOf({ kind: 'not', rule: { kind: 'not', rule: english } })).rule).toEqual({
      kind: 'all',
      rules: [english],
    })
  })

  test('leads each problem to its line, also inside of a group that is turned around', () => {
    const draft = draftOf({
      kind: 'all',
      rules: [
        english,
        { kind: 'not', rule: { kind: 'any', rules: [{ kind: 'tag', operator: 'any', ids: [] }] } },
      ],
    })
    const built = ruleOf(draft)
    const group = draft.parts[1]
    const line = group?.kind === 'group' ? group.parts[0]?.key : ''
    expect([...problemsByKey(problemsOfSegment(built.rule, nothing), built)]).toEqual([
      [line, 'segment_choices_unfit'],
    ])
  })
})
