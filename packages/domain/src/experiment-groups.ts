import { hashText } from './hash-text.ts'

/** The group that gets nothing, so that the effect of a campaign can be seen. */
export const holdoutGroup = 'holdout'

/**
 * One group of people: those whose number lies below `upTo` and not in a group before it.
 *
 * `key`: `holdout`, the key of a variant, or null for the others: they wait for the winner where there are variants, and
 * get the message of the campaign itself where there are none.
 */
export interface ExperimentGroup {
  readonly key: string | null
  /** A whole number, 1 … 2^32. */
  readonly upTo: number
}

/** What decides the sizes of the groups; bounds as in the contract's `Experiment`. */
export interface ExperimentShares {
  readonly variants: readonly { readonly key: string; readonly weight: number }[]
  /** Of those who are not held out, percent who get a variant at once. */
  readonly testSharePercent: number
  /** Of everybody, percent who get nothing. */
  readonly holdoutPercent: number
}

const numbers = 2 ** 32

/**
 * Cuts the numbers people fall on (0 … 2^32 - 1) into groups: holdout, the variants by weight, and whoever is left.
 *
 * @returns At least one group, in rising order, the last one up to 2^32; groups of nobody are left out.
 */
export function experimentGroups(shares: ExperimentShares): ExperimentGroup[] {
  const { variants, testSharePercent, holdoutPercent } = shares
  const held = holdoutPercent / 100
  const tested = variants.length === 0 ? 0 : (1 - held) * (testSharePercent / 100)
  const weights = variants.reduce((sum, { weight }) => sum + weight, 0)
  const groups: ExperimentGroup[] = []
  let from = 0
  const add = (key: string | null, upToShare: number): void => {
    const upTo = Math.round(upToShare * numbers)
    if (upTo > from) groups.push({ key, upTo })
    from = Math.max(from, upTo)
  }
  add(holdoutGroup, held)
  let weight = 0
  for (const variant of variants) {
    weight += variant.weight
    add(variant.key, held + tested * (weight / weights))
  }
  add(null, 1)
  return groups
}

/**
 * The number a contact falls on, 0 … 2^32 - 1: the `hashtext` of `seed/contactId`.
 *
 * PostgreSQL has it too and never changes it: the freeze computes the same number in SQL. It shares people out evenly; it keeps
 * no secret.
 */
export function groupNumber(seed: string, contactId: string): number {
  return hashText(`${seed}/${contactId}`)
}

/**
 * The group of one contact. Depends on nothing else: neither on the others nor on their order.
 *
 * @param seed The id of the campaign: the same person stays in the same group in each of its runs.
 */
export function groupOf(groups: readonly ExperimentGroup[], seed: string, contactId: string): string | null {
  const number = groupNumber(seed, contactId)
  return groups.find(({ upTo }) => number < upTo)?.key ?? null
}

/** Whether some people get nothing until a winner is chosen. */
export function hasWaitingGroup(shares: ExperimentShares): boolean {
  return shares.variants.length > 0 && shares.testSharePercent < 100
}

/**
 * How much later than their turn people who wait for the winner are due, in hours: a thousand years. So far that no lane looks
 * at them, and a real instant, so that they are queued like everybody else and their own turn is not lost.
 */
export const winnerAwaitedForHours = 8_766_000
