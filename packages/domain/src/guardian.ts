/** What people and channels do that hurts a number: closed, gravest first. */
export const harms = ['block', 'opt_out', 'refused', 'wrong_number', 'missing'] as const

export type Harm = (typeof harms)[number]

/** `harmed` of `messages` met a harm; 0 ≤ harmed, and both are counts of the same messages. */
export type HarmCount = { readonly harmed: number; readonly messages: number }

export type HarmCounts = Readonly<Record<Harm, HarmCount>>

export const noHarm: HarmCounts = {
  block: { harmed: 0, messages: 0 },
  opt_out: { harmed: 0, messages: 0 },
  refused: { harmed: 0, messages: 0 },
  wrong_number: { harmed: 0, messages: 0 },
  missing: { harmed: 0, messages: 0 },
}

type HarmRule = {
  /** What an ordinary audience that agreed shows, and how many messages of own history weigh as much. */
  readonly usualRate: number
  readonly usualWeight: number
  /** No habit makes a higher share harmless. */
  readonly baseRateMax: number
  /** Fewer say nothing, however unlikely. */
  readonly harmedMin: number
  /** A smaller share is never worth a halt. */
  readonly shareMin: number
}

/**
 * Source of the usual rates: the limits of a healthy number (channels.md §6), and of `missing` phones that are switched
 * off; an own history of some hundred messages outweighs them.
 */
export const harmRules: Readonly<Record<Harm, HarmRule>> = {
  block: { usualRate: 0.004, usualWeight: 250, baseRateMax: 0.02, harmedMin: 3, shareMin: 0.006 },
  opt_out: { usualRate: 0.015, usualWeight: 200, baseRateMax: 0.08, harmedMin: 5, shareMin: 0.02 },
  refused: { usualRate: 0.02, usualWeight: 200, baseRateMax: 0.15, harmedMin: 6, shareMin: 0.03 },
  wrong_number: { usualRate: 0.04, usualWeight: 200, baseRateMax: 0.2, harmedMin: 8, shareMin: 0.06 },
  missing: { usualRate: 0.1, usualWeight: 100, baseRateMax: 0.9, harmedMin: 12, shareMin: 0.2 },
}

/** Fewer messages than this stop nobody. */
export const guardedMessagesMin = 20

/** In how many stretches of counting, at most, one is halted although nothing rose: a bound over all harms together. */
export const falseAlarmShareMax = 0.01

/** Rises the test is prepared for, as multiples of the odds; each carries an equal part of the stake. */
const rises = [2, 4, 8, 16] as const

const logThreshold = Math.log(harms.length / falseAlarmShareMax)

/**
 * The rate of a harm that a sender may be expected to show: its own history, drawn towards what is usual while it is
 * young, plus one standard deviation of what is not known of it yet.
 *
 * @returns A rate in (0, 1).
 */
export function baseRateOf(harm: Harm, history: HarmCount): number {
  const { usualRate, usualWeight, baseRateMax } = harmRules[harm]
  const messages = Math.max(0, history.messages) + usualWeight
  const mean = (Math.min(history.harmed, history.messages) + usualRate * usualWeight) / messages
  return Math.min(baseRateMax, mean + Math.sqrt((mean * (1 - mean)) / messages))
}

/**
 * The logarithm of the evidence that messages are harmed more often than `baseRate`: how many times over somebody who
 * had staked 1 on a rise before the first message would have won by now.
 *
 * A finite mixture of likelihood ratios of the binomial (a mixture SPRT). Under any rate up to `baseRate` it is a
 * supermartingale that starts at 1, so by Ville's inequality it ever reaches 1/α with a probability of at most α, however
 * often and whenever one looks. It depends on the counts alone. Harm that is told late only makes it smaller meanwhile.
 */
export function logEvidence({ harmed, messages }: HarmCount, baseRate: number): number {
  const terms = rises.map(
    (rise) => harmed * Math.log(rise) - messages * Math.log1p((rise - 1) * baseRate) - Math.log(rises.length),
  )
  const largest = Math.max(...terms)
  return largest + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - largest), 0))
}

/** Why to halt: `harmed` of `messages`, where one of `usualOneOf` is usual. */
export type HarmAlarm = HarmCount & { readonly harm: Harm; readonly usualOneOf: number }

/**
 * Tells whether a harm has risen above what a sender, or the senders of a run together, normally show.
 *
 * Halts at most `falseAlarmShareMax` of all stretches of counting in which nothing rose, of whatever length. A stretch
 * begins when the counts begin: a run, two days of a sender, the release after a halt.
 *
 * @param counts Since the stretch began.
 * @param history What was before, of the same sender or senders.
 * @returns The harm with the strongest evidence, or null while all is well.
 */
export function findHarm(counts: HarmCounts, history: HarmCounts): HarmAlarm | null {
  let found: HarmAlarm | null = null
  let strongest = logThreshold
  for (const harm of harms) {
    const count = counts[harm]
    if (!isWeighty(harm, count)) continue
    const baseRate = baseRateOf(harm, history[harm])
    const evidence = logEvidence(count, baseRate)
    if (evidence < strongest || count.harmed < 2 * baseRate * count.messages) continue
    strongest = evidence
    found = { ...count, harm, usualOneOf: Math.max(1, Math.round(1 / usualRateOf(harm, history[harm]))) }
  }
  return found
}

function isWeighty(harm: Harm, { harmed, messages }: HarmCount): boolean {
  const { harmedMin, shareMin } = harmRules[harm]
  return messages >= guardedMessagesMin && harmed >= harmedMin && harmed >= shareMin * messages
}

function usualRateOf(harm: Harm, history: HarmCount): number {
  const { usualRate, usualWeight } = harmRules[harm]
  return (history.harmed + usualRate * usualWeight) / (history.messages + usualWeight)
}

/** Counts of several senders or days as one. */
export function addHarm(left: HarmCounts, right: HarmCounts): HarmCounts {
  return combine(left, right, (a, b) => a + b)
}

/** What came after `before` was counted; never below 0. */
export function harmSince(counts: HarmCounts, before: HarmCounts): HarmCounts {
  return combine(counts, before, (a, b) => Math.max(0, a - b))
}

function combine(left: HarmCounts, right: HarmCounts, join: (a: number, b: number) => number): HarmCounts {
  const entries = harms.map((harm) => [
    harm,
    {
      harmed: join(left[harm].harmed, right[harm].harmed),
      messages: join(left[harm].messages, right[harm].messages),
    },
  ])
  return Object.fromEntries(entries) as HarmCounts
}
