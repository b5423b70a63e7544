/** A share, 0–1, with the interval that holds the true one 19 times out of 20. */
export interface ShareInterval {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** Of so many people, how many did what was hoped for; `goals` is at most `people`. */
export interface GoalCount {
  readonly people: number
  readonly goals: number
}

/** The normal quantile of a two-sided 95 % interval. */
const z95 = 1.959964

/**
 * A share with its 95 % interval; narrow only with many people, and never outside 0–1.
 *
 * @returns null for nobody.
 * Source: Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927) 209–212.
 */
export function shareInterval({ people, goals }: GoalCount): ShareInterval | null {
  if (people === 0) return null
  const value = goals / people
  const z2 = z95 ** 2
  const middle = value + z2 / (2 * people)
  const half = z95 * Math.sqrt((value * (1 - value)) / people + z2 / (4 * people ** 2))
  const scale = 1 + z2 / people
  const low = goals === 0 ? 0 : (middle - half) / scale
  const high = goals === people ? 1 : (middle + half) / scale
  return { value, low: Math.min(low, value), high: Math.max(high, value) }
}

/**
 * How much larger the first share is than the second, −1 … 1, with its 95 % interval.
 *
 * @returns null when either has nobody.
 * Source: Newcombe, Interval estimation for the difference between independent proportions (method 10),
 * Statistics in Medicine 17 (1998) 873–890.
 */
export function differenceInterval(first: GoalCount, second: GoalCount): ShareInterval | null {
  const one = shareInterval(first)
  const two = shareInterval(second)
  if (!one || !two) return null
  const value = one.value - two.value
  return {
    value,
    low: value - Math.hypot(one.value - one.low, two.high - two.value),
    high: value + Math.hypot(one.high - one.value, two.value - two.low),
  }
}

/** Expected people with and without the goal in each of two groups; below it the normal approximation is not to be trusted. */
const expectedMin = 10

interface Contrast {
  /** The squared difference of two shares in standard errors, as if both were the same. */
  readonly z2: number
  /** How much is known, growing with people and with goals: the clock of repeated looks. */
  readonly information: number
}

/** @returns null while too few people did it, or too few did not. */
function contrast(first: GoalCount, second: GoalCount): Contrast | null {
  const people = first.people + second.people
  const share = (first.goals + second.goals) / people
  const fewest = Math.min(first.people, second.people)
  if (!(Math.min(share, 1 - share) * fewest >= expectedMin)) return null
  const pairs = (first.people * second.people) / people
  const difference = first.goals / first.people - second.goals / second.people
  return { z2: (difference ** 2 * pairs) / (share * (1 - share)), information: (pairs * share) / (1 - share) }
}

/** Where the bound of repeated looks lies closest; chosen for some dozens to some thousands of answers. */
const tuning = 10

/**
 * The bound that a difference stays under with probability 1 − `error` at **all** looks together, as squared standard errors.
 *
 * People of one test answer over time, so the difference of two equal shares moves like a Brownian bridge in the share; in
 * the odds of the share that is a Brownian motion (Doob, Annals of Mathematical Statistics 20 (1949) 393–403), also while
 * people are still being added. The bound is Robbins' normal mixture on that clock.
 *
 * Source: Robbins, Statistical methods related to the law of the iterated logarithm, Annals of Mathematical Statistics 41
 * (1970) 1397–1409; for A/B tests Johari, Koomen, Pekelis, Walsh, Always valid inference, Operations Research 70 (2022).
 */
function alwaysValidBound(information: number, error: number): number {
  return (1 + tuning / information) * Math.log((1 + information / tuning) / error ** 2)
}

/**
 * Whether two shares surely differ, however often it is asked: wrong for at most `error` of the pairs that are equal.
 *
 * @param error 0–1, two-sided.
 */
export function isSurelyDifferent(first: GoalCount, second: GoalCount, error = 0.05): boolean {
  const found = contrast(first, second)
  return found !== null && found.z2 >= alwaysValidBound(found.information, error)
}

export interface VariantCount extends GoalCount {
  readonly key: string
}

export interface VariantVerdict {
  /** `waiting`: not enough data. `clear`: `leader` is surely better than each of the others. `open`: enough, and none is. */
  readonly state: 'waiting' | 'open' | 'clear'
  readonly leader: string | null
  /** About how many more people each variant needs; null unless it waits. */
  readonly moreNeeded: number | null
}

/** Who decides: a person whenever they like, or a job at one planned look. */
export type Decide = 'manual' | 'automatic'

/** Of tests between equal variants, how many may name a winner. */
const falseWinnerShare = 0.05

/** A job that decides by itself takes half of it for its one look and leaves half for all the looks of people. */
const errorOfLooks = (decide: Decide): number =>
  decide === 'automatic' ? falseWinnerShare / 2 : falseWinnerShare

/**
 * Tells how a comparison stands, at any time and as often as one likes.
 *
 * Honest under repeated looking and many variants: when all are equally good, a winner is ever named in at most 5 % of the
 * tests, all looks taken together (with `automatic`: together with `plannedWinner`). A winner must beat each of the others;
 * each pair gets 2/k of the error, two-sided, because each of k variants could be the false one (Bonferroni).
 *
 * @param variants Two to six, each with the people it was sent to in the test.
 */
export function judgeVariants(variants: readonly VariantCount[], decide: Decide): VariantVerdict {
  const pairError = (2 * errorOfLooks(decide)) / variants.length
  const leader = leaderOf(variants)
  if (leader && beatsAll(leader, variants, (other) => isSurelyDifferent(leader, other, pairError))) {
    return { state: 'clear', leader: leader.key, moreNeeded: null }
  }
  const moreNeeded = missingPeople(variants, pairError)
  return moreNeeded > 0
    ? { state: 'waiting', leader: null, moreNeeded }
    : { state: 'open', leader: null, moreNeeded: null }
}

/** Quantiles of the standard normal at 1 − 0.025/k, for k variants. */
const plannedQuantiles: Readonly<Record<number, number>> = {
  2: 2.241403,
  3: 2.39398,
  4: 2.497705,
  5: 2.575829,
  6: 2.638257,
}

/**
 * The winner at the one look that was planned before the start; needs a smaller difference than `judgeVariants`, because it
 * is asked once. A two-proportion test of each pair, corrected for the number of variants in the same way.
 *
 * @returns The key of the winner, or null when none is sure.
 */
export function plannedWinner(variants: readonly VariantCount[]): string | null {
  const bound = (plannedQuantiles[variants.length] ?? Infinity) ** 2
  const leader = leaderOf(variants)
  if (!leader) return null
  const isSure = beatsAll(leader, variants, (other) => (contrast(leader, other)?.z2 ?? 0) >= bound)
  return isSure ? leader.key : null
}

const shareOf = ({ people, goals }: GoalCount): number => (people === 0 ? 0 : goals / people)

function leaderOf(variants: readonly VariantCount[]): VariantCount | null {
  return variants.reduce<VariantCount | null>(
    (best, variant) => (best === null || shareOf(variant) > shareOf(best) ? variant : best),
    null,
  )
}

function beatsAll(
  leader: VariantCount,
  variants: readonly VariantCount[],
  beats: (other: VariantCount) => boolean,
): boolean {
  return variants.length > 1 && variants.every((other) => other === leader || beats(other))
}

/** Four times out of five. */
const powerQuantile = 0.841621
/** Source: Cohen, Statistical Power Analysis for the Behavioral Sciences (1988) §6.2: h = 0.2 is a small effect. */
const smallEffect = 0.2
const usualInformation = 100

/**
 * About how many people each variant lacks before a small difference (50 % to 60 %, or 3 % to 7 %) would be found four times
 * out of five, and before enough of them have done it at all; in tens.
 */
function missingPeople(variants: readonly VariantCount[], pairError: number): number {
  const fewest = Math.min(...variants.map(({ people }) => people))
  const bound = Math.sqrt(alwaysValidBound(usualInformation, pairError))
  const forPower = 2 * ((bound + powerQuantile) / smallEffect) ** 2
  const people = variants.reduce((sum, variant) => sum + variant.people, 0)
  const goals = variants.reduce((sum, variant) => sum + variant.goals, 0)
  const forGoals = goals === 0 ? fewest + forPower : (expectedMin * people) / goals
  return Math.ceil(Math.max(0, forPower - fewest, forGoals - fewest) / 10) * 10
}
