import type { WorkspaceScope } from '@siar/database'
import type { CursorKeys } from '../../list-cursor.ts'

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
}

export type ContactSort = 'newest' | 'name'

export interface FoundKey {
  readonly id: string
}

const everyone = 2_147_483_647

/** Arguments of the search functions; `first` is the number of the first one. */
const argumentsFrom = (first: number): string => {
  const types = ['text[]', 'text[]', 'text', 'text', 'text', 'boolean']
  return types.map((type, index) => `$${first + index}::${type}`).join(', ')
}

export const valuesOf = (filter: ContactFilter): readonly unknown[] => [
  filter.words,
  filter.numbers,
  filter.listId,
  filter.tagId,
  filter.consent,
  filter.suppressed,
]

/** SQL that gives the id of everybody a filter finds; its values are `valuesOf`, the first of them number `first`. */
export const everyoneFound = (first: number): string =>
  `select id from search_contact_ids(${argumentsFrom(first)}, 'newest', null, null, ${everyone}) as id`

/** Ids of a page, in its order. The search itself runs in a database function, because row security hides its index. */
export async function searchContactIds(
  scope: WorkspaceScope,
  filter: ContactFilter,
  page: { sort: ContactSort; after: CursorKeys | null; limit: number },
): Promise<string[]> {
  const rows = await scope.query<{ id: string }>(
    `select id from search_contact_ids(${argumentsFrom(1)}, $7, $8, $9, $10) as id`,
    [...valuesOf(filter), page.sort, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit],
  )
  return rows.map(({ id }) => id)
}

/** How many a filter finds, counted no further than `countMax`. */
export async function countContacts(
  scope: WorkspaceScope,
  filter: ContactFilter,
  countMax: number = everyone,
): Promise<number> {
  const rows = await scope.query<{ count: number }>(
    `select count_contacts_found(${argumentsFrom(1)}, $7) as count`,
    [...valuesOf(filter), countMax],
  )
  return rows[0]?.count ?? 0
}
