import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  differenceInterval,
  isSurelyDifferent,
  judgeVariants,
  plannedWinner,
  shareInterval,
} from './experiment-statistics.ts'
import type { Decide, VariantCount } from './experiment-statistics.ts'
import { mix32 } from './hash.ts'

const counts = fc
  .record({ people: fc.integer({ min: 1, max: 5_000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ people, share }) => ({ people, goals: Math.round(people * share) }))

describe('intervals', () => {
  test('agree with the published examples', () => {
    // Newcombe 1998, table II, example (a): 56/70 − 48/80 = 0.2, 0.0524 to 0.3339.
    const difference = differenceInterval({ people: 70, goals: 56 }, { people: 80, goals: 48 })
    expect(difference?.low).toBeCloseTo(0.0524, 4)
    expect(difference?.high).toBeCloseTo(0.3339, 4)
    // Newcombe 1998 (single proportion), 81/263: 0.2553 to 0.3662.
    const share = shareInterval({ people: 263, goals: 81 })
    expect(share?.low).toBeCloseTo(0.2553, 4)
    expect(share?.high).toBeCloseTo(0.3662, 4)
  })

  test('hold the share, stay within 0–1, and are absent for nobody', () => {
    expect(shareInterval({ people: 0, goals: 0 })).toBeNull()
    expect(differenceInterval({ people: 0, goals: 0 }, { people: 5, goals: 1 })).toBeNull()
    fc.assert(
      fc.property(counts, counts, (first, second) => {
        const { value, low, high } = shareInterval(first) ?? { value: 2, low: 2, high: 2 }
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(value)
        expect(high).toBeGreaterThanOrEqual(value)
        expect(high).toBeLessThanOrEqual(1)
        const there = differenceInterval(first, second)
        const back = differenceInterval(second, first)
        expect(there?.low).toBeCloseTo(-(back?.high ?? 9), 9)
      }),
    )
  })
})

/** Uniform numbers in [0, 1) that are the same in every run. */
function createUniform(seed: number): () => number {
  let step = 0
  return () => mix32(Math.imul(seed + 1, 0x9e3779b1) ^ (step += 1)) / 2 ** 32
}

interface Trial {
  readonly shares: readonly number[]
  readonly people: readonly number[]
  readonly decide: Decide
  readonly looks?: number
}

/**
 * One test as it happens: everybody is sent to at some time of the first half, and answers, if at all, some time later.
 * @returns The winners ever named at its looks, and the one of the planned look at the end.
 */
function runTrial({ shares, people, decide, looks = 40 }: Trial, seed: number): (string | null)[] {
  const uniform = createUniform(seed)
  const times = shares.map((share, index) => {
    const sent: number[] = []
    const answered: number[] = []
    for (let person = 0; person < (people[index] ?? 0); person += 1) {
      const sentAt = uniform() / 2
      sent.push(sentAt)
      const lag = -Math.log(1 - uniform()) / 6
      if (uniform() < share) answered.push(sentAt + lag)
    }
    return { sent, answered }
  })
  const at = (time: number): VariantCount[] =>
    times.map(({ sent, answered }, index) => ({
      key: 'ABCDEF'.charAt(index),
      people: sent.filter((one) => one <= time).length,
      goals: answered.filter((one) => one <= time).length,
    }))
  const seen = Array.from(
    { length: looks },
    (_, look) => judgeVariants(at((look + 1) / looks), decide).leader,
  )
  return decide === 'automatic' ? [...seen, plannedWinner(at(1))] : seen
}

function winnerShare(trial: Trial, trials: number): { any: number; best: number; wrong: number } {
  const best = Math.max(...trial.shares)
  const tally = { any: 0, best: 0, wrong: 0 }
  for (let seed = 0; seed < trials; seed += 1) {
    const named = new Set(runTrial(trial, seed).filter((winner) => winner !== null))
    if (named.size > 0) tally.any += 1
    const isBest = (key: string): boolean => trial.shares['ABCDEF'.indexOf(key)] === best
    if ([...named].some(isBest)) tally.best += 1
    if ([...named].some((key) => !isBest(key))) tally.wrong += 1
  }
  return { any: tally.any / trials, best: tally.best / trials, wrong: tally.wrong / trials }
}

describe('equal variants', () => {
  const equal: readonly (Trial & { readonly name: string })[] = [
    { name: 'two, half of them read', shares: [0.5, 0.5], people: [300, 300], decide: 'manual' },
    { name: 'two, one in twenty replies', shares: [0.05, 0.05], people: [600, 600], decide: 'automatic' },
    { name: 'two, nine in ten read', shares: [0.9, 0.9], people: [400, 400], decide: 'automatic' },
    { name: 'two of very different sizes', shares: [0.2, 0.2], people: [100, 900], decide: 'automatic' },
    { name: 'three', shares: [0.4, 0.4, 0.4], people: [250, 250, 250], decide: 'automatic' },
    {
      name: 'six',
      shares: [0.3, 0.3, 0.3, 0.3, 0.3, 0.3],
      people: [150, 150, 150, 150, 150, 150],
      decide: 'automatic',
    },
  ]
  test.each(equal)('name a false winner in at most 5 % of the tests, over all looks: $name', (trial) => {
    const { any } = winnerShare(trial, 600)
    expect(any).toBeLessThanOrEqual(0.05)
  })
})

describe('a large true difference', () => {
  test('is found, and never the other way round', () => {
    const reads: Trial = { shares: [0.3, 0.5], people: [400, 400], decide: 'manual' }
    const replies: Trial = { shares: [0.03, 0.08, 0.03], people: [900, 900, 900], decide: 'automatic' }
    for (const trial of [reads, replies]) {
      const { best, wrong } = winnerShare(trial, 200)
      expect(best).toBeGreaterThan(0.95)
      expect(wrong).toBeLessThanOrEqual(0.01)
    }
  })
})

describe('the verdict', () => {
  test('says how many more people are needed while there are few, and stops saying so', () => {
    const few = judgeVariants(
      [
        { key: 'A', people: 30, goals: 12 },
        { key: 'B', people: 28, goals: 14 },
      ],
      'manual',
    )
    expect(few).toMatchObject({ state: 'waiting', leader: null })
    expect(few.moreNeeded).toBeGreaterThan(500)
    const many = [
      { key: 'A', people: 30 + (few.moreNeeded ?? 0), goals: 400 },
      { key: 'B', people: 28 + (few.moreNeeded ?? 0), goals: 405 },
    ]
    expect(judgeVariants(many, 'manual')).toEqual({ state: 'open', leader: null, moreNeeded: null })
  })

  test('waits while nobody, or nearly nobody, has done it, however many were sent to', () => {
    for (const goals of [0, 3]) {
      const variants = ['A', 'B'].map((key) => ({ key, people: 2_000, goals }))
      const { state, moreNeeded } = judgeVariants(variants, 'automatic')
      expect(state).toBe('waiting')
      expect(moreNeeded).toBeGreaterThan(0)
    }
  })

  test('never trusts a handful, however lopsided, nor a tie, nor nobody', () => {
    const pair = (first: number, second: number, people: number) => [
      { key: 'A', people, goals: first },
      { key: 'B', people, goals: second },
    ]
    expect(judgeVariants(pair(9, 0, 9), 'manual').state).toBe('waiting')
    expect(plannedWinner(pair(9, 0, 9))).toBeNull()
    expect(plannedWinner(pair(500, 500, 1_000))).toBeNull()
    expect(plannedWinner(pair(0, 0, 0))).toBeNull()
    expect(judgeVariants(pair(0, 0, 0), 'automatic')).toMatchObject({ state: 'waiting', leader: null })
  })

  test('names the planned winner with a smaller difference than at any time', () => {
    const variants = [
      { key: 'A', people: 500, goals: 150 },
      { key: 'B', people: 500, goals: 186 },
    ]
    expect(plannedWinner(variants)).toBe('B')
    expect(judgeVariants(variants, 'automatic').state).not.toBe('clear')
  })

  test('does not depend on the order of the variants', () => {
    fc.assert(
      fc.property(fc.array(counts, { minLength: 2, maxLength: 6 }), (list) => {
        const variants = list.map((count, index) => ({ ...count, key: 'ABCDEF'.charAt(index) }))
        expect(judgeVariants(variants.toReversed(), 'manual')).toEqual(judgeVariants(variants, 'manual'))
        expect(plannedWinner(variants.toReversed())).toBe(plannedWinner(variants))
      }),
    )
  })

  test('a difference is sure from both sides or from neither', () => {
    fc.assert(
      fc.property(counts, counts, (first, second) => {
        expect(isSurelyDifferent(first, second)).toBe(isSurelyDifferent(second, first))
      }),
    )
  })
})
