import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contexts, recurrences } from './recurrence.fixtures.ts'
import { recurrenceOf } from './recurrence-of.ts'
import { ruleOf } from './rule-of.ts'

const context = { at: '2026-11-23T09:00', timeZone: 'Asia/Jakarta' }
const read = (rule: string) => recurrenceOf(rule, context)

describe('rules and the fields of the wizard', () => {
  test('whatever the fields say comes back the same from the rule they make', () => {
    fc.assert(
      fc.property(recurrences, contexts, (recurrence, where) => {
        expect(recurrenceOf(ruleOf(recurrence, where.timeZone), where)).toEqual(recurrence)
      }),
    )
  })

  test('the order and the case of the parts do not matter', () => {
    fc.assert(
      fc.property(recurrences, contexts, fc.infiniteStream(fc.nat()), (recurrence, where, keys) => {
        const rule = ruleOf(recurrence, where.timeZone)
        const mixed = rule
          .toLowerCase()
          .split(';')
          .map((part) => ({ part, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
        expect(recurrenceOf(mixed.map(({ part }) => part).join(';'), where)).toEqual(recurrence)
      }),
    )
  })

  test('no text makes it fail: it is a recurrence within bounds, or nothing', () => {
    const words = fc.constantFrom(
      'FREQ=',
      'WEEKLY',
      'MONTHLY',
      ';',
      'BYDAY=',
      'MO',
      '-1',
      'UNTIL=',
      '20261301',
      'COUNT=',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((parts) => parts.join('')),
        ),
        (text) => {
          const recurrence = read(text)
          if (recurrence) expect(read(ruleOf(recurrence, context.timeZone))).toEqual(recurrence)
        },
      ),
    )
  })

  test('a last day holds until its midnight in the zone of the schedule', () => {
    const daily = { every: 1, pattern: { unit: 'day' }, ending: { kind: 'day', day: '2026-12-31' } } as const
    expect(ruleOf(daily, 'Asia/Jakarta')).toBe('FREQ=DAILY;UNTIL=20261231T165959Z')
  })

  test('an end before the time of the last day means the day before', () => {
    expect(read('FREQ=DAILY;UNTIL=20261231T015900Z')?.ending).toEqual({ kind: 'day', day: '2026-12-30' })
    expect(read('FREQ=DAILY;UNTIL=20261231T020000Z')?.ending).toEqual({ kind: 'day', day: '2026-12-31' })
    expect(read('FREQ=DAILY;UNTIL=20261231')?.ending).toEqual({ kind: 'day', day: '2026-12-31' })
  })

  test('what a rule leaves to its first start is filled in from it', () => {
    expect(read('FREQ=WEEKLY')?.pattern).toEqual({ unit: 'week', weekdays: ['MO'] })
    expect(read('FREQ=MONTHLY')?.pattern).toEqual({ unit: 'month', on: { kind: 'day', day: 23 } })
    expect(read('FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1')?.pattern).toEqual(
      read('FREQ=MONTHLY;BYDAY=-1FR')?.pattern,
    )
  })

  test.each([
    'FREQ=YEARLY',
    'FREQ=DAILY;BYDAY=MO',
    'FREQ=MONTHLY;BYMONTHDAY=1,15',
    'FREQ=MONTHLY;BYDAY=FR',
    'FREQ=MONTHLY;BYDAY=5FR',
    'FREQ=WEEKLY;BYDAY=1MO',
    'FREQ=WEEKLY;BYDAY=MO;BYHOUR=9',
    'FREQ=WEEKLY;WKST=SU',
    'FREQ=DAILY;COUNT=3;UNTIL=20261231',
    'FREQ=DAILY;FREQ=WEEKLY',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;COUNT=1000',
    'FREQ=DAILY;UNTIL=20261301T000000Z',
    '',
  ])('%s is more than the fields can show', (rule) => {
    expect(read(rule)).toBeNull()
  })
})
