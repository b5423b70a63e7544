import type { LoadedSegments } from '../segments/index.ts'

/** One segment, loaded, with what tells its rule and its day from all others. */
export interface SegmentMembers {
  readonly id: string
  readonly key: string
  readonly loaded: LoadedSegments
}

/** Which contacts: every condition holds. */
export interface ContactFilter {
  /** `like` patterns that all hold. */
  readonly words: readonly string[]
  /** `like` patterns or beginnings of numbers, of which one is enough; in place of `words`. */
  readonly numbers: readonly string[]
  readonly listId: string | null
  readonly tagId: string | null
  readonly consent: string | null
  readonly suppressed: boolean | null
  /** Those who belong to a segment now; null for everybody. */
  readonly segment: SegmentMembers | null
}

export type ContactSort = 'newest' | 'name'
