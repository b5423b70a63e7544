import type { Experiment } from '@siar/contract'
import { variantKeys } from '@siar/contract'
import { experimentGroups } from '@siar/domain'

export type Variant = Experiment['variants'][number]
export type VariantKey = Variant['key']

/** Neither a comparison nor a holdout yet; what is saved is null then. */
const none: Experiment = {
  variants: [],
  testSharePercent: 100,
  holdoutPercent: 0,
  goal: 'read',
  decide: 'manual',
  decideAfterHours: 24,
}

const usualHoldoutPercent = 10
const usualTestPercent = 20

/** What is left of an experiment after a change: null when it compares nothing and holds nobody out. */
export function changed(experiment: Experiment | null, patch: Partial<Experiment>): Experiment | null {
  const next = { ...(experiment ?? none), ...patch }
  return next.variants.length === 0 && next.holdoutPercent === 0 ? null : next
}

/** Begins with the campaign's own message twice, the second waiting for another text or time; or ends the comparison. */
export function withComparison(experiment: Experiment | null, on: boolean): Experiment | null {
  if (!on) return changed(experiment, { ...none, holdoutPercent: experiment?.holdoutPercent ?? 0 })
  return changed(experiment, { variants: [newVariant('A'), newVariant('B')] })
}

export function withHoldout(experiment: Experiment | null, on: boolean): Experiment | null {
  return changed(experiment, { holdoutPercent: on ? usualHoldoutPercent : 0 })
}

/** Everybody is in the test, or a part first: then somebody must choose what the others get. */
export function withTestOf(experiment: Experiment, who: 'everybody' | 'part'): Experiment {
  if (who === 'everybody') return { ...experiment, testSharePercent: 100, decide: 'manual' }
  return { ...experiment, testSharePercent: usualTestPercent, decide: 'automatic' }
}

/** @returns the same variants and one more with the first free key; the same when there are six. */
export function withOneMore(variants: readonly Variant[]): Variant[] {
  const free = variantKeys.find((key) => variants.every((variant) => variant.key !== key))
  const all = free ? [...variants, newVariant(free)] : [...variants]
  return all.sort((a, b) => a.key.localeCompare(b.key))
}

/** @returns the same variants without one; the keys of the others stay. A comparison keeps two. */
export function without(variants: readonly Variant[], key: VariantKey): Variant[] {
  return variants.length <= 2 ? [...variants] : variants.filter((variant) => variant.key !== key)
}

function newVariant(key: VariantKey): Variant {
  return { key, templateId: null, weight: 1, delayMinutes: 0 }
}

/** One group of people: a variant, those who get nothing (`holdout`), or the others (null). */
export type Group = { key: string | null; share: number }

const numbers = 2 ** 32

/** How the people are shared out, 0–1 each and 1 together, as the server will do it. */
export function groupsOf(experiment: Experiment): Group[] {
  const groups = experimentGroups(experiment)
  return groups.map(({ key, upTo }, index) => ({
    key,
    share: (upTo - (groups[index - 1]?.upTo ?? 0)) / numbers,
  }))
}
