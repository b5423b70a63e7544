import { Weights } from '@siar/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWeightless, sharesOf, weightMax, weightOf, withWeight } from './weights.ts'

const ids = ['a', 'b', 'c'].map((sign) => `snd_${sign.repeat(32)}`)
const weighings = fc
  .array(fc.tuple(fc.constantFrom(...ids), fc.integer({ min: 0, max: weightMax })))
  .map((steps) => steps.reduce<Weights>((now, [id, weight]) => withWeight(now, id, weight), {}))

test('weights are what the server takes, and shares add up to everybody unless all are 0', () => {
  fc.assert(
    fc.property(weighings, (weights) => {
      expect(Weights.parse(weights)).toEqual(weights)
      const sum = sharesOf(weights, ids).reduce((total, share) => total + share, 0)
      const isNobody = isWeightless({ rotation: 'weighted', weights }, ids)
      expect(sum).toBeCloseTo(isNobody ? 0 : 1)
    }),
  )
})

test('a sender nobody weighed has the share of a weight of 1', () => {
  expect(weightOf({}, 'snd_a')).toBe(1)
  expect(sharesOf({ snd_a: 3 }, ['snd_a', 'snd_b'])).toEqual([0.75, 0.25])
  expect(withWeight({ snd_a: 3 }, 'snd_a', 1)).toEqual({})
})

test('all weights 0 is a mistake only where people are shared out by weight', () => {
  expect(isWeightless({ rotation: 'weighted', weights: { a: 0, b: 0 } }, ['a', 'b'])).toBe(true)
  expect(isWeightless({ rotation: 'round_robin', weights: { a: 0, b: 0 } }, ['a', 'b'])).toBe(false)
  expect(isWeightless({ rotation: 'weighted', weights: { a: 0 } }, null)).toBe(false)
})
