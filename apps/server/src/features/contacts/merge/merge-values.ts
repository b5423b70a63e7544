import type { MERGE_VALUES } from '@siar/contract'
import type { ContactRow, ContactValues } from '../contacts.repo.ts'

export type MergeValue = (typeof MERGE_VALUES)[number]

export interface MergeChoice {
  readonly take: readonly MergeValue[]
  readonly takeCustom: readonly string[]
}

const names = ['fullName', 'firstName', 'lastName'] as const

/**
 * The values of one contact made of two: the survivor's, the other's where it has none, and what was chosen of the other. Notes of
 * both stand one after the other; who is switched off in one is switched off.
 */
export function mergeValues(survivor: ContactRow, loser: ContactRow, choice: MergeChoice): ContactValues {
  const pick = <Key extends Exclude<MergeValue, 'name'>>(key: Key): ContactRow[Key] =>
    choice.take.includes(key) ? (loser[key] ?? survivor[key]) : (survivor[key] ?? loser[key])
  const named = (contact: ContactRow): boolean => names.some((key) => contact[key] !== '')
  const takesName = named(loser) && (choice.take.includes('name') || !named(survivor))
  const { fullName, firstName, lastName } = takesName ? loser : survivor
  const chosen = Object.entries(loser.custom).filter(
    ([key]) => choice.takeCustom.includes(key) || !Object.hasOwn(survivor.custom, key),
  )
  return {
    fullName,
    firstName,
    lastName,
    email: pick('email'),
    company: pick('company'),
    language: pick('language'),
    timeZone: pick('timeZone'),
    notes: [...new Set([survivor.notes.trim(), loser.notes.trim()])].filter(Boolean).join('\n\n'),
    custom: { ...survivor.custom, ...Object.fromEntries(chosen) },
    active: survivor.active && loser.active,
  }
}

export type MergeConsent = 'granted' | 'withdrawn'

/** What has to be written into the survivor's ledger: a withdrawal of either holds; else an agreement of either; null for nothing. */
export function joinedConsent(
  survivor: ContactRow['marketingConsent'],
  loser: ContactRow['marketingConsent'],
): MergeConsent | null {
  if (loser === 'unknown' || survivor === loser || survivor === 'withdrawn') return null
  return loser
}
