import { readFileSync } from 'node:fs'
import { segmentOperators } from '@siar/domain'
import type { SegmentOperator, SegmentRule, SegmentValueType } from '@siar/domain'
import { createInstance } from 'i18next'
import type { TFunction } from 'i18next'
import { describe, expect, test } from 'vitest'
import { makeFormatter } from '#i18n/format.ts'
import { startOfCondition, startOfValue, subjectNames, typeOf } from './subjects.ts'
import { summaryOf } from './summary.ts'

function wordsOf(language: 'id' | 'en') {
  const file = new URL(`../../../i18n/${language}/segments.json`, import.meta.url)
  const texts = createInstance()
  void texts.init({
    lng: language,
    initAsync: false,
    resources: { [language]: { segments: JSON.parse(readFileSync(file, 'utf8')) as object } },
    interpolation: { escapeValue: false },
  })
  const t: TFunction<'segments'> = texts.getFixedT(language, 'segments')
  const names = new Map([
    ['tag_1', 'VIP'],
    ['tag_2', 'Baru'],
    ['lst_1', 'Toko'],
    ['cmp_1', 'Promo Juli'],
    ['fld_1', 'Ulang tahun'],
  ])
  return {
    t,
    format: makeFormatter(language, 'Asia/Jakarta'),
    words: { nameOf: (id: string) => names.get(id) ?? null, customFields },
  }
}

const customFields = [{ id: 'fld_1', label: 'Ulang tahun', type: 'date', choices: [] }] as const
const words = { id: wordsOf('id'), en: wordsOf('en') }
const both = (rule: SegmentRule) => [summaryOf(rule, words.en), summaryOf(rule, words.id)]

const vip: SegmentRule = { kind: 'tag', operator: 'any', ids: ['tag_1'] }
const activity = (more: object): SegmentRule => ({
  kind: 'activity',
  activity: 'read',
  operator: 'did_not',
  withinDays: 30,
  campaignId: null,
  ...more,
})

function asked(condition: SegmentRule, type: SegmentValueType, operator: SegmentOperator): SegmentRule {
  const value = startOfValue(type, operator)
  const { value: _, ...rest } = condition as Extract<SegmentRule, { kind: 'field' }>
  return { ...rest, operator, ...(value === undefined ? {} : { value }) }
}

describe('the sentence of a rule', () => {
  test('reads like speech for the plainest rules', () => {
    expect(both({ kind: 'all', rules: [vip, activity({})] })).toEqual([
      'People with the tag VIP who did not read any message in the last 30 days',
      'Orang dengan tag VIP yang tidak membaca pesan apa pun dalam 30 hari terakhir',
    ])
    expect(
      both(activity({ activity: 'clicked', operator: 'did', withinDays: null, campaignId: 'cmp_1' })),
    ).toEqual(['People who clicked a link of “Promo Juli”', 'Orang yang membuka tautan dari “Promo Juli”'])
  })

  test('keeps apart what belongs together', () => {
    const rule: SegmentRule = {
      kind: 'all',
      rules: [
        { kind: 'tag', operator: 'any', ids: ['tag_1', 'tag_2'] },
        {
          kind: 'any',
          rules: [
            { kind: 'list', operator: 'none', ids: ['lst_1'] },
            { kind: 'field', field: 'active', operator: 'is', value: false },
          ],
        },
        { kind: 'not', rule: { kind: 'all', rules: [{ kind: 'suppressed', value: true }, vip] } },
      ],
    }
    expect(both(rule)).toEqual([
      'People with the tag VIP or Baru and (not on the list Toko or who are switched off) and not (who are on the do-not-send list and with the tag VIP)',
      'Orang dengan tag VIP atau Baru dan (di luar daftar Toko atau yang dinonaktifkan) dan bukan (yang ada di daftar jangan dikirimi dan dengan tag VIP)',
    ])
  })

  test('writes dates, numbers and choices in the language of the reader, and says what is gone', () => {
    const birthday = (operator: SegmentOperator, value: number | string | string[]): SegmentRule => ({
      kind: 'custom',
      fieldId: 'fld_1',
      operator,
      value,
    })
    expect(both(birthday('between', ['2026-11-01', '2026-11-30']))).toEqual([
      'People whose Ulang tahun is between 1 Nov 2026 and 30 Nov 2026',
      'Orang yang Ulang tahun di antara 1 Nov 2026 dan 30 Nov 2026',
    ])
    expect(summaryOf(birthday('in_next_days', 7), words.en)).toBe(
      'People whose Ulang tahun is in the next 7 days',
    )
    expect(
      summaryOf({ kind: 'field', field: 'language', operator: 'any_of', value: ['id', 'en'] }, words.en),
    ).toBe('People whose language is “id” or “en”')
    expect(summaryOf({ kind: 'tag', operator: 'none', ids: ['tag_9'] }, words.en)).toBe(
      'People without the tag (deleted)',
    )
    expect(summaryOf({ kind: 'all', rules: [] }, words.en)).toBe('Nobody yet: add a line.')
    expect(summaryOf(birthday('between', ['2026-11-01', '']), words.en)).toBe(
      'People whose Ulang tahun is between 1 Nov 2026 and …',
    )
  })

  test('has words for every subject and every question in both languages', () => {
    for (const subject of [...subjectNames, 'custom:fld_1']) {
      const condition = startOfCondition(subject, customFields)
      const type = typeOf(condition, customFields)
      for (const operator of type ? Object.keys(segmentOperators[type]) : ['']) {
        for (const text of both(type ? asked(condition, type, operator as SegmentOperator) : condition))
          expect(text).not.toMatch(/say\.|fields\.|undefined|\{\{/)
      }
    }
  })
})
