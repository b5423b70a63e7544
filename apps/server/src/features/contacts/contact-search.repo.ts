import type { WorkspaceScope } from '@siar/database'
import type { CursorKeys } from '../../list-cursor.ts'
import type { ContactFilter, ContactSort } from './contact-query.ts'
import { countInSegment, listInSegment, searchedIn } from './segment-search.repo.ts'

export type { ContactFilter, ContactSort } from './contact-query.ts'

export interface ContactPage {
  readonly sort: ContactSort
  readonly after: CursorKeys | null
  readonly limit: number
}

/** A statement, or a part of one, with its own values. */
export interface FoundSql {
  readonly sql: string
  readonly values: readonly unknown[]
}

const everyone = 2_147_483_647

/** Arguments of the search functions; `first` is the number of the first one. */
const argumentsFrom = (first: number): string => {
  const types = ['text[]', 'text[]', 'text', 'text', 'text', 'boolean']
  return types.map((type, index) => `$${first + index}::${type}`).join(', ')
}

const valuesOf = (filter: ContactFilter): readonly unknown[] => [
  filter.words,
  filter.numbers,
  filter.listId,
  filter.tagId,
  filter.consent,
  filter.suppressed,
]

/** SQL that gives the id of everybody a filter finds, with `$1` the workspace and its own values from number `first`. */
export function everyoneFound(filter: ContactFilter, first: number): FoundSql {
  if (filter.segment) {
    const { from, values } = searchedIn(filter, filter.segment, first)
    return { sql: `select c.id ${from}`, values }
  }
  return {
    sql: `select id from search_contact_ids(${argumentsFrom(first)}, 'newest', null, null, ${everyone}) as id`,
    values: valuesOf(filter),
  }
}

/** Ids of a page, in its order. The search itself runs in a database function, because row security hides its index. */
export async function searchContactIds(
  scope: WorkspaceScope,
  filter: ContactFilter,
  page: ContactPage,
): Promise<string[]> {
  if (filter.segment) return listInSegment(scope, filter, filter.segment, page)
  const rows = await scope.query<{ id: string }>(
    `select id from search_contact_ids(${argumentsFrom(1)}, $7, $8, $9, $10) as id`,
    [...valuesOf(filter), page.sort, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit],
  )
  return rows.map(({ id }) => id)
}

/** So many people are gathered to answer a search; words that more have turn up soon along the order of a page. */
const searchGatheredMax = 5_000

export interface SearchedPage {
  /** In the order of the page. */
  readonly ids: readonly string[]
  /** On all pages together. */
  readonly found: number
}

/** A page of a search, and how many it finds, counted up to one more than `gatheredMax`. */
export async function searchContactPage(
  scope: WorkspaceScope,
  filter: ContactFilter,
  page: ContactPage,
  gatheredMax: number = searchGatheredMax,
): Promise<SearchedPage> {
  const [row] = await scope.query<SearchedPage>(
    `select ids, total as found from search_contact_page(${argumentsFrom(1)}, $7, $8, $9, $10, $11)`,
    [
      ...valuesOf(filter),
      page.sort,
      page.after?.[0] ?? null,
      page.after?.[1] ?? null,
      page.limit,
      gatheredMax,
    ],
  )
  return row ?? { ids: [], found: 0 }
}

/** How many a filter finds, counted no further than `countMax`. */
export async function countContacts(
  scope: WorkspaceScope,
  filter: ContactFilter,
  countMax: number = everyone,
): Promise<number> {
  if (filter.segment) return countInSegment(scope, filter, filter.segment, countMax)
  const rows = await scope.query<{ count: number }>(
    `select count_contacts_found(${argumentsFrom(1)}, $7) as count`,
    [...valuesOf(filter), countMax],
  )
  return rows[0]?.count ?? 0
}
