import { segmentDepthMax } from '@siar/domain'
import { expect, test } from 'vitest'
import { SegmentRule } from './segments.ts'

const isEnglish = { kind: 'field', field: 'language', operator: 'any_of', value: ['en'] }
const nested = (levels: number) => {
  let rule: object = isEnglish
  for (let level = 1; level < levels; level += 1) rule = { kind: 'all', rules: [rule] }
  return rule
}

test('a rule is refused for its depth before anything walks into it', () => {
  expect(SegmentRule.parse(nested(segmentDepthMax))).toEqual(nested(segmentDepthMax))
  for (const levels of [segmentDepthMax + 1, 50_000]) {
    const { error } = SegmentRule.safeParse(nested(levels))
    expect(error?.issues.map(({ message }) => message)).toEqual(['groups may be nested at most 8 deep'])
  }
})

test('an activity is asked about ever and in any campaign unless it is told otherwise', () => {
  const rule = SegmentRule.parse({
    kind: 'not',
    rule: { kind: 'activity', activity: 'read', operator: 'did' },
  })
  expect(rule).toMatchObject({ rule: { withinDays: null, campaignId: null } })
})

test.for([
  ['an operator there is not', { ...isEnglish, operator: 'like' }],
  ['a field there is not', { ...isEnglish, field: 'passwordHash' }],
  ['a kind there is not', { kind: 'sql', text: 'true' }],
  ['an id of another kind', { kind: 'list', operator: 'any', ids: [`tag_${'0'.repeat(32)}`] }],
  ['too many ids', { kind: 'list', operator: 'any', ids: Array(51).fill(`lst_${'0'.repeat(32)}`) }],
  ['a text that is too long', { ...isEnglish, value: 'x'.repeat(201) }],
] as const)('refuses %s', ([, rule]) => {
  expect(SegmentRule.safeParse(rule).success).toBe(false)
})
