import { Experiment } from '@siar/contract'
import type { Template } from '@siar/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyDraft } from '../draft.ts'
import type { Draft } from '../draft.ts'
import {
  changed,
  groupsOf,
  withComparison,
  withHoldout,
  withOneMore,
  withTestOf,
  without,
} from './experiment.ts'
import type { Variant } from './experiment.ts'
import { experimentGaps } from './experiment-gaps.ts'

const compared = withComparison(null, true) ?? expect.fail('no comparison')
const other = {
  id: 'tpl_b',
  purpose: 'marketing',
  variables: [{ name: 'diskon', kind: 'campaign', hasDefault: false }],
}
const templates = new Map([['tpl_b', other as Template]])
const draft: Draft = { ...emptyDraft, templateId: 'tpl_a', experiment: compared }
const withVariant = (patch: Partial<Variant>, rest: Partial<Draft> = {}): Draft => ({
  ...draft,
  ...rest,
  experiment: {
    ...compared,
    variants: compared.variants.map((one) => (one.key === 'B' ? { ...one, ...patch } : one)),
  },
})

describe('making a comparison', () => {
  test('whatever is switched on and off, what is saved is what the server takes, or nothing', () => {
    const steps = fc.array(
      fc.constantFrom<(now: Experiment | null) => Experiment | null>(
        (now) => withComparison(now, true),
        (now) => withComparison(now, false),
        (now) => withHoldout(now, true),
        (now) => withHoldout(now, false),
        (now) =>
          now && changed(now, { variants: now.variants.length === 0 ? [] : withOneMore(now.variants) }),
        (now) => now && changed(now, { variants: without(now.variants, 'B') }),
        (now) => now && withTestOf(now, 'part'),
        (now) => now && withTestOf(now, 'everybody'),
      ),
    )
    fc.assert(
      fc.property(steps, (taken) => {
        const made = taken.reduce<Experiment | null>((now, step) => step(now), null)
        if (made) expect(Experiment.parse(made)).toEqual(made)
      }),
    )
  })

  test('six variants at most and two at least, each key once and in order', () => {
    const six = Array.from({ length: 9 }).reduce<Variant[]>((now) => withOneMore(now), compared.variants)
    expect(six.map(({ key }) => key)).toEqual(['A', 'B', 'C', 'D', 'E', 'F'])
    expect(withOneMore(without(six, 'C')).map(({ key }) => key)).toEqual(['A', 'B', 'C', 'D', 'E', 'F'])
    expect(without(compared.variants, 'B')).toEqual(compared.variants)
  })

  test('the groups are shown as they will be: nobody twice, nobody forgotten', () => {
    const groups = groupsOf({ ...compared, testSharePercent: 20, holdoutPercent: 10 })
    expect(groups.map(({ key }) => key)).toEqual(['holdout', 'A', 'B', null])
    expect(groups.map(({ share }) => Math.round(share * 100))).toEqual([10, 9, 9, 72])
    expect(groups.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
  })
})

describe('a comparison is not ready', () => {
  const gaps = (one: Draft) => experimentGaps(one, templates)

  test('while two variants are the same message at the same time', () => {
    expect(gaps(draft)).toEqual(['variantsSame'])
    expect(gaps(withVariant({ templateId: 'tpl_a' }))).toEqual(['variantsSame'])
    expect(gaps(withVariant({ delayMinutes: 180 }))).toEqual([])
  })

  test('while a message lacks a value, or is marketing in a service campaign', () => {
    expect(gaps(withVariant({ templateId: 'tpl_b' }))).toEqual(['variantValues'])
    const filled = { variables: { diskon: '20 %' } }
    expect(gaps(withVariant({ templateId: 'tpl_b' }, filled))).toEqual([])
    expect(gaps(withVariant({ templateId: 'tpl_b' }, { ...filled, purpose: 'service' }))).toEqual([
      'variantPurpose',
    ])
  })

  test('while clicks are to be compared and nobody counts them', () => {
    const clicks = { ...compared, goal: 'click' as const, variants: [...compared.variants] }
    const later = withVariant({ delayMinutes: 60 })
    const byClicks = { ...later, experiment: { ...clicks, variants: later.experiment?.variants ?? [] } }
    expect(gaps(byClicks)).toEqual(['clickLinks'])
    expect(gaps({ ...byClicks, trackLinks: true })).toEqual([])
  })

  test('never for a holdout alone', () => {
    expect(gaps({ ...draft, experiment: withHoldout(null, true) })).toEqual([])
  })
})
