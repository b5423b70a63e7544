import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { createInstance } from 'i18next'
import type { TFunction } from 'i18next'
import { describe, expect, test } from 'vitest'
import { makeFormatter } from '#i18n/format.ts'
import { recurrences } from './recurrence.fixtures.ts'
import type { Recurrence } from './recurrence.ts'
import { recurrenceText } from './sentence.ts'

function wordsOf(language: 'id' | 'en') {
  const file = new URL(`../../../../i18n/${language}/campaigns.json`, import.meta.url)
  const texts = createInstance()
  void texts.init({
    lng: language,
    initAsync: false,
    resources: { [language]: { campaigns: JSON.parse(readFileSync(file, 'utf8')) as object } },
    interpolation: { escapeValue: false },
  })
  const t: TFunction<'campaigns'> = texts.getFixedT(language, 'campaigns')
  return { t, format: makeFormatter(language, 'Asia/Jakarta') }
}

const words = { id: wordsOf('id'), en: wordsOf('en') }
const both = (recurrence: Recurrence) => [
  recurrenceText(recurrence, '09.00 (WIB)', words.id),
  recurrenceText(recurrence, '09:00 (WIB)', words.en),
]

describe('the sentence of a recurrence', () => {
  test('is a whole sentence in both languages, with nothing left to fill in', () => {
    fc.assert(
      fc.property(recurrences, (recurrence) => {
        for (const sentence of both(recurrence)) {
          expect(sentence).toMatch(/^\p{Lu}.+ (pukul|at) 09[.:]00 \(WIB\)/u)
          expect(sentence).not.toMatch(/repeat\.|\{\{|undefined|FREQ|BYDAY/)
        }
      }),
    )
  })

  test('two different plans never read the same', () => {
    const different = fc.uniqueArray(recurrences, { selector: (one) => JSON.stringify(one), maxLength: 20 })
    fc.assert(
      fc.property(different, (plans) => {
        const sentences = plans.flatMap(both)
        expect(new Set(sentences).size).toBe(sentences.length)
      }),
      { numRuns: 20 },
    )
  })

  test.each<[Recurrence, string, string]>([
    [
      { every: 1, pattern: { unit: 'week', weekdays: ['MO', 'TH'] }, ending: { kind: 'never' } },
      'Setiap Senin dan Kamis pukul 09.00 (WIB)',
      'Every Monday and Thursday at 09:00 (WIB)',
    ],
    [
      {
        every: 1,
        pattern: { unit: 'month', on: { kind: 'weekday', place: -1, weekday: 'FR' } },
        ending: { kind: 'times', times: 6 },
      },
      'Setiap Jumat terakhir tiap bulan pukul 09.00 (WIB), 6 kali',
      'On the last Friday of every month at 09:00 (WIB), 6 times',
    ],
    [
      {
        every: 2,
        pattern: { unit: 'month', on: { kind: 'day', day: 1 } },
        ending: { kind: 'day', day: '2027-03-01' },
      },
      'Setiap 2 bulan pada tanggal 1 pukul 09.00 (WIB), sampai 1 Mar 2027',
      'Every 2 months on the 1st at 09:00 (WIB), until 1 Mar 2027',
    ],
  ])('reads as people say it: %j', (recurrence, id, en) => {
    expect(both(recurrence)).toEqual([id, en])
  })
})
