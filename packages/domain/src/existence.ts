/** What a look-up said of a number, and when. */
export type KnownExistence = { readonly exists: boolean; readonly atMs: number }

/** `ask`: look the number up before anything is sent. */
export type ExistenceVerdict = 'go' | 'ask' | 'absent'

const dayMs = 86_400_000
/** Numbers are given to other people; who was not there yesterday may be there next week. */
const presentForMs = 30 * dayMs
const absentForMs = 7 * dayMs

/**
 * Whether a number may be written to without being looked up: messages to numbers that are not on WhatsApp harm the sender.
 *
 * Only the first message to a person ever needs it, and only where they are known by a phone number. Pure. Source: channels.md §2.
 *
 * @param known What the last look-up said; null without one. @param isStranger Nobody of the workspace ever talked with the person.
 */
export function judgeExistence(
  address: string,
  isStranger: boolean,
  known: KnownExistence | null,
  nowMs: number,
): ExistenceVerdict {
  if (!isStranger || !address.startsWith('+')) return 'go'
  if (known === null) return 'ask'
  const ageMs = nowMs - known.atMs
  if (ageMs >= (known.exists ? presentForMs : absentForMs)) return 'ask'
  return known.exists ? 'go' : 'absent'
}
