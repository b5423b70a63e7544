import fc from 'fast-check'
import { expect, test } from 'vitest'
import { experimentGroups, groupNumber, groupOf } from './experiment-groups.ts'

const shares = fc.record({
  variants: fc.oneof(
    fc.constant([]),
    fc
      .array(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 6 })
      .map((weights) => weights.map((weight, index) => ({ key: 'ABCDEF'.charAt(index), weight }))),
  ),
  testSharePercent: fc.integer({ min: 1, max: 100 }),
  holdoutPercent: fc.integer({ min: 0, max: 50 }),
})

test('never changes: people of a running campaign are stored by it', () => {
  expect(groupNumber('cmp_1', 'con_1')).toBe(0x83d0a4cf)
  expect(groupNumber('', '')).toBe(0x321a171c)
})

test('leaves nobody out: the groups cover every number once', () => {
  fc.assert(
    fc.property(shares, (plan) => {
      const groups = experimentGroups(plan)
      expect(groups.at(-1)?.upTo).toBe(2 ** 32)
      groups.reduce((from, { upTo }) => {
        expect(upTo).toBeGreaterThan(from)
        return upTo
      }, 0)
      expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length)
    }),
  )
})

test('a contact falls in the same group whatever the others are and in whatever order they come', () => {
  fc.assert(
    fc.property(shares, fc.uniqueArray(fc.string(), { minLength: 1 }), (plan, ids) => {
      const groups = experimentGroups(plan)
      const forward = ids.map((id) => groupOf(groups, 'cmp_1', id))
      const backward = ids.toReversed().map((id) => groupOf(experimentGroups(plan), 'cmp_1', id))
      expect(backward.toReversed()).toEqual(forward)
    }),
  )
})

test('shares people out as asked: 10 % get nothing, half of the others a variant, three to one', () => {
  const groups = experimentGroups({
    variants: [
      { key: 'A', weight: 3 },
      { key: 'B', weight: 1 },
    ],
    testSharePercent: 50,
    holdoutPercent: 10,
  })
  const counts = new Map<string | null, number>()
  for (let index = 0; index < 40_000; index += 1) {
    const key = groupOf(groups, 'cmp_1', `con_${index}`)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const share = (key: string | null): number => (counts.get(key) ?? 0) / 40_000
  expect(share('holdout')).toBeCloseTo(0.1, 1.9)
  expect(share('A')).toBeCloseTo(0.3375, 1.9)
  expect(share('B')).toBeCloseTo(0.1125, 1.9)
  expect(share(null)).toBeCloseTo(0.45, 1.9)
})

test('another campaign shares the same people out anew', () => {
  const groups = experimentGroups({ variants: [], testSharePercent: 100, holdoutPercent: 50 })
  const ids = Array.from({ length: 4_000 }, (_, index) => `con_${index}`)
  const same = ids.filter((id) => groupOf(groups, 'cmp_1', id) === groupOf(groups, 'cmp_2', id)).length
  expect(Math.abs(same / ids.length - 0.5)).toBeLessThan(0.04)
})
