import { expect, test } from 'vitest'
import { Experiment } from './campaign-plan.ts'

const pair = [{ key: 'A' }, { key: 'B' }]
const pathsOf = (input: unknown): string[] =>
  Experiment.safeParse(input).error?.issues.map(({ path }) => path.join('.')) ?? []

test('a plan needs no more than two variants, or a holdout', () => {
  expect(Experiment.parse({ variants: pair })).toEqual({
    variants: pair.map(({ key }) => ({ key, templateId: null, weight: 1, delayMinutes: 0 })),
    testSharePercent: 100,
    holdoutPercent: 0,
    goal: 'read',
    decide: 'manual',
    decideAfterHours: 24,
  })
  expect(pathsOf({ holdoutPercent: 10 })).toEqual([])
})

test('names the field of a plan that makes no sense', () => {
  const cases: [unknown, string][] = [
    [{ variants: [{ key: 'A' }] }, 'variants'],
    [{}, 'variants'],
    [{ variants: [{ key: 'A' }, { key: 'A' }] }, 'variants'],
    [{ variants: [...pair, { key: 'G' }] }, 'variants.2.key'],
    [{ variants: [{ key: 'A', weight: 0 }, { key: 'B' }] }, 'variants.0.weight'],
    [{ variants: [{ key: 'A', weight: 101 }, { key: 'B' }] }, 'variants.0.weight'],
    [{ variants: [{ key: 'A', delayMinutes: 10_081 }, { key: 'B' }] }, 'variants.0.delayMinutes'],
    [{ variants: pair, testSharePercent: 0 }, 'testSharePercent'],
    [{ variants: pair, holdoutPercent: 51 }, 'holdoutPercent'],
    [{ variants: pair, decideAfterHours: 0 }, 'decideAfterHours'],
  ]
  for (const [input, path] of cases) expect(pathsOf(input)).toEqual([path])
})
