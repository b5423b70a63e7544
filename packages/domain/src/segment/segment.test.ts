import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { problemsOfSegment, segmentProblems } from './check-segment.ts'
import type { SegmentVocabulary } from './check-segment.ts'
import { dateOfDay, instantOfDay, segmentDayRange, segmentToday } from './segment-days.ts'
import {
  conditionsOf,
  segmentDepthMax,
  segmentOperatorNames,
  segmentOperators,
  segmentRulesMax,
} from './segment-rule.ts'
import type { SegmentCondition, SegmentRule } from './segment-rule.ts'
import { anySegmentRule } from './segment.fixtures.ts'

const vocabulary: SegmentVocabulary = {
  customFields: new Map([
    ['fld_text', { type: 'text', choices: [] }],
    ['fld_number', { type: 'number', choices: [] }],
    ['fld_date', { type: 'date', choices: [] }],
    ['fld_choice', { type: 'choice', choices: ['S', 'M', 'L'] }],
    ['fld_yes', { type: 'yes_no', choices: [] }],
  ]),
  listIds: new Set(['lst_1', 'lst_2']),
  tagIds: new Set(['tag_1']),
  campaignIds: new Set(['cmp_1']),
}
const nothing: SegmentVocabulary = {
  customFields: new Map(),
  listIds: new Set(),
  tagIds: new Set(),
  campaignIds: new Set(),
}
const isEnglish: SegmentCondition = { kind: 'field', field: 'language', operator: 'any_of', value: ['en'] }
const codesOf = (rule: SegmentRule, known = vocabulary) =>
  problemsOfSegment(rule, known).map(({ path, code }) => `${path} ${code}`)

describe('judging a rule', () => {
  test('lets through every rule that is made of the table of operators', () => {
    fc.assert(
      fc.property(anySegmentRule(vocabulary), (rule) => {
        expect(problemsOfSegment(rule, vocabulary)).toEqual([])
      }),
    )
  })

  test('points at each rule that names something the workspace has not', () => {
    fc.assert(
      fc.property(anySegmentRule(vocabulary), (rule) => {
        const naming = conditionsOf(rule).filter(
          ({ condition }) =>
            ['custom', 'list', 'tag'].includes(condition.kind) ||
            (condition.kind === 'activity' && condition.campaignId !== null),
        )
        const found = problemsOfSegment(rule, nothing)
        expect(found.map(({ path }) => path.replace(/\.(fieldId|ids\.0|campaignId)$/, ''))).toEqual(
          naming.map(({ path }) => ['rule', ...path].join('.')),
        )
        for (const { code } of found) expect(code).toMatch(/^segment_(field|list|tag|campaign)_unknown$/)
      }),
    )
  })

  test('refuses every operator that does not belong to the type, and values of another kind', () => {
    const values = [undefined, 'x', 7, true, ['S'], [1, 2], ['2026-01-01', '2026-02-01'], '2026-01-01', []]
    const typeOf = {
      fld_text: 'text',
      fld_number: 'number',
      fld_date: 'date',
      fld_choice: 'choice',
      fld_yes: 'yes_no',
    } as const
    for (const [fieldId, type] of Object.entries(typeOf)) {
      for (const operator of segmentOperatorNames) {
        const fits = values.filter(
          (value) => codesOf({ kind: 'custom', fieldId, operator, value }).length === 0,
        )
        if (!Object.hasOwn(segmentOperators[type], operator)) expect(fits, `${type} ${operator}`).toEqual([])
        else expect(fits.length, `${type} ${operator}`).toBeGreaterThan(0)
      }
    }
  })

  test('tells what is wrong with a value, and where', () => {
    const name = (operator: 'is' | 'is_set', value?: string) =>
      codesOf({ kind: 'field', field: 'fullName', operator, value })
    expect(name('is')).toEqual(['rule.value segment_value_missing'])
    expect(name('is', '')).toEqual(['rule.value segment_value_missing'])
    expect(name('is', 'x'.repeat(201))).toEqual(['rule.value segment_value_too_long'])
    expect(name('is', 'a\0b')).toEqual(['rule.value segment_value_unfit'])
    expect(name('is_set', 'x')).toEqual(['rule.value segment_value_unfit'])
    const size = (value: string[]) =>
      codesOf({ kind: 'custom', fieldId: 'fld_choice', operator: 'any_of', value })
    expect(size(['S', 'XL'])).toEqual(['rule.value.1 segment_choice_unknown'])
    expect(size([])).toEqual(['rule.value segment_choices_unfit'])
    const added = (operator: 'on' | 'between' | 'in_last_days', value: string | string[] | number) =>
      codesOf({ kind: 'field', field: 'createdAt', operator, value })
    expect(added('on', '2026-02-30')).toEqual(['rule.value segment_value_unfit'])
    expect(added('between', ['2026-02-02', '2026-02-01'])).toEqual(['rule.value segment_range_reversed'])
    expect(added('in_last_days', 0)).toEqual(['rule.value segment_days_unfit'])
    expect(codesOf({ kind: 'tag', operator: 'any', ids: ['tag_1', 'tag_2'] })).toEqual([
      'rule.ids.1 segment_tag_unknown',
    ])
    expect(codesOf({ kind: 'consent', purpose: 'marketing', states: [] })).toEqual([
      'rule.states segment_choices_unfit',
    ])
  })

  test('refuses a group without a rule, one that is too deep, and one that is too large', () => {
    expect(codesOf({ kind: 'all', rules: [] })).toEqual(['rule segment_group_empty'])
    const nested = (levels: number): SegmentRule =>
      levels === 1 ? isEnglish : { kind: 'not', rule: nested(levels - 1) }
    expect(codesOf(nested(segmentDepthMax))).toEqual([])
    expect(codesOf(nested(segmentDepthMax + 1))).toEqual([
      `rule${'.rule'.repeat(segmentDepthMax)} segment_too_deep`,
    ])
    expect(codesOf(nested(2000))).toHaveLength(1)
    const wide = (count: number): SegmentRule => ({
      kind: 'any',
      rules: [{ kind: 'all', rules: Array.from({ length: count }, () => isEnglish) }, isEnglish],
    })
    expect(codesOf(wide(segmentRulesMax - 1))).toEqual([])
    expect(codesOf(wide(segmentRulesMax))).toEqual(['rule segment_too_large'])
  })

  test('every problem has words', () => {
    for (const text of Object.values(segmentProblems)) expect(text.length).toBeGreaterThan(10)
  })
})

describe('days of a rule', () => {
  const today = segmentToday('Asia/Jakarta', Date.parse('2026-11-20T18:00:00Z'))
  const range = (
    ...[operator, value]: Parameters<typeof segmentDayRange> extends [infer O, infer V, unknown]
      ? [O, V]
      : never
  ) => {
    const { from, until } = segmentDayRange(operator, value, today)
    return [from, until].map((day) => day && dateOfDay(day))
  }

  test('are those of the zone, not of the server', () => {
    expect(dateOfDay(today)).toBe('2026-11-21')
    expect(instantOfDay('Asia/Jakarta', today).toISOString()).toBe('2026-11-20T17:00:00.000Z')
    expect(dateOfDay(segmentToday('America/New_York', Date.parse('2026-11-20T03:00:00Z')))).toBe('2026-11-19')
  })

  test('include both ends of what is named', () => {
    expect(range('on', '2026-11-20')).toEqual(['2026-11-20', '2026-11-21'])
    expect(range('before', '2026-11-20')).toEqual([null, '2026-11-20'])
    expect(range('after', '2026-11-20')).toEqual(['2026-11-21', null])
    expect(range('between', ['2026-11-01', '2026-11-30'])).toEqual(['2026-11-01', '2026-12-01'])
    expect(range('in_last_days', 7)).toEqual(['2026-11-14', '2026-11-22'])
    expect(range('in_next_days', 7)).toEqual(['2026-11-21', '2026-11-29'])
  })

  test('begin at the clock change when midnight is skipped', () => {
    const day = segmentToday('America/Santiago', Date.parse('2026-09-06T12:00:00Z'))
    expect(instantOfDay('America/Santiago', day).toISOString()).toBe('2026-09-06T04:00:00.000Z')
  })
})
