import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { baseRateOf, findHarm, harmRules, harms, logEvidence, noHarm } from './guardian.ts'
import type { Harm, HarmCount } from './guardian.ts'
import { hashFraction } from './hash.ts'

/** The same numbers in every run: the bounds below are facts, not chances. */
function dice(seed: string): () => number {
  let rolled = 0
  return () => hashFraction(`${seed}/${(rolled += 1)}`)
}

const draw = (roll: () => number, messages: number, rate: number): HarmCount => {
  let harmed = 0
  for (let message = 0; message < messages; message += 1) if (roll() < rate) harmed += 1
  return { harmed, messages }
}

interface World {
  readonly harm: Harm
  readonly rate: number
  readonly history: HarmCount
  readonly messages: number
}

/** The message at which a campaign is halted, looking after every single harm; Infinity when it never is. */
function haltedAt(roll: () => number, { harm, rate, history, messages }: World): number {
  let harmed = 0
  for (let message = 1; message <= messages; message += 1) {
    if (roll() >= rate) continue
    harmed += 1
    const counts = { ...noHarm, [harm]: { harmed, messages: message } }
    if (findHarm(counts, { ...noHarm, [harm]: history }) !== null) return message
  }
  return Infinity
}

/** Messages within which 9 of 10 campaigns at 5 times their usual rate are halted. */
const detectedWithin = { block: 1_500, opt_out: 400, refused: 300, wrong_number: 150, missing: 60 } as const

describe.each(harms)('the guardian, watching %s', (harm) => {
  const { usualRate } = harmRules[harm]

  test.each([0, 300, 3_000])(
    'halts at most 1 % of campaigns of 500 messages in which nothing rose, with %i messages of history',
    (historyMessages) => {
      const roll = dice(`calm/${harm}/${historyMessages}`)
      const campaigns = 400
      let halted = 0
      for (let campaign = 0; campaign < campaigns; campaign += 1) {
        const history = draw(roll, historyMessages, usualRate)
        if (haltedAt(roll, { harm, rate: usualRate, history, messages: 500 }) < Infinity) halted += 1
      }
      expect(halted / campaigns).toBeLessThanOrEqual(0.01)
    },
  )

  test('halts 9 of 10 campaigns at five times the usual rate within a bounded number of messages', () => {
    const roll = dice(`storm/${harm}`)
    const campaigns = 200
    let inTime = 0
    for (let campaign = 0; campaign < campaigns; campaign += 1) {
      const history = draw(roll, 2_000, usualRate)
      const world = { harm, rate: Math.min(0.95, usualRate * 5), history, messages: detectedWithin[harm] }
      if (haltedAt(roll, world) < Infinity) inTime += 1
    }
    expect(inTime / campaigns).toBeGreaterThanOrEqual(0.9)
  })

  test('measures a sender by its own habit: what is a storm for one is an ordinary day for another', () => {
    const share = Math.min(0.9, usualRate * 3)
    const messages = 4_000
    const counts = { ...noHarm, [harm]: { harmed: Math.round(share * messages), messages } }
    const calm = { ...noHarm, [harm]: { harmed: Math.round(usualRate * 5_000), messages: 5_000 } }
    const used = { ...noHarm, [harm]: { harmed: Math.round(share * 5_000), messages: 5_000 } }
    expect(findHarm(counts, calm)?.harm).toBe(harm)
    expect(findHarm(counts, used)).toBeNull()
  })
})

test('one block in three messages of a tiny shop stops nothing, nor do a few in its first twenty', () => {
  const count = (harmed: number, messages: number) => ({ ...noHarm, block: { harmed, messages } })
  expect(findHarm(count(1, 3), noHarm)).toBeNull()
  expect(findHarm(count(3, 10), noHarm)).toBeNull()
  expect(findHarm(count(2, 40), noHarm)).toBeNull()
})

test('a wave of blocks is halted early, with the figures and what is usual', () => {
  const history = { ...noHarm, block: { harmed: 10, messages: 3_000 } }
  const alarm = findHarm({ ...noHarm, block: { harmed: 12, messages: 180 } }, history)
  expect(alarm).toEqual({ harm: 'block', harmed: 12, messages: 180, usualOneOf: 295 })
})

test('no habit makes a terrible share harmless', () => {
  const history = { ...noHarm, block: { harmed: 2_000, messages: 10_000 } }
  expect(findHarm({ ...noHarm, block: { harmed: 60, messages: 300 } }, history)?.harm).toBe('block')
})

test('evidence depends on the counts alone, grows with harm and falls with every message that does none', () => {
  fc.assert(
    fc.property(
      fc.nat(500),
      fc.nat(5_000),
      fc.double({ min: 0.0005, max: 0.9, noNaN: true }),
      (harmed, more, baseRate) => {
        const messages = harmed + more
        const now = logEvidence({ harmed, messages }, baseRate)
        expect(logEvidence({ harmed: harmed + 1, messages }, baseRate)).toBeGreaterThan(now)
        expect(logEvidence({ harmed, messages: messages + 1 }, baseRate)).toBeLessThan(now)
        expect(Number.isFinite(now)).toBe(true)
      },
    ),
  )
})

test('the stake never grows on average while nothing rose: each next message is a fair bet or a losing one', () => {
  fc.assert(
    fc.property(
      fc.nat(50),
      fc.nat(500),
      fc.double({ min: 0.001, max: 0.5, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (harmed, more, baseRate, share) => {
        const messages = harmed + more
        const rate = baseRate * share
        const win = Math.exp(logEvidence({ harmed: harmed + 1, messages: messages + 1 }, baseRate))
        const loss = Math.exp(logEvidence({ harmed, messages: messages + 1 }, baseRate))
        const now = Math.exp(logEvidence({ harmed, messages }, baseRate))
        expect(rate * win + (1 - rate) * loss).toBeLessThanOrEqual(now * (1 + 1e-9))
      },
    ),
  )
})

test('a young sender is drawn towards what is usual, an old one goes by its own', () => {
  const usual = harmRules.block.usualRate
  expect(baseRateOf('block', { harmed: 0, messages: 0 })).toBeGreaterThan(usual)
  expect(baseRateOf('block', { harmed: 0, messages: 0 })).toBeLessThan(3 * usual)
  expect(baseRateOf('block', { harmed: 20, messages: 20_000 })).toBeLessThan(0.0015)
})
