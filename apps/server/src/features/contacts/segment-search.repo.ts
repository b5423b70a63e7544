import type { WorkspaceScope } from '@siar/database'
import type { CursorKeys } from '../../list-cursor.ts'
import { segmentPeopleSql } from '../segments/index.ts'
import type { ContactFilter, ContactSort, SegmentMembers } from './contact-query.ts'

/** The conditions of `contact_search_condition` of the database, within a segment; `$1` is the workspace. */
export function searchedIn(
  filter: ContactFilter,
  segment: SegmentMembers,
  first: number,
): { readonly from: string; readonly values: unknown[]; readonly add: (value: unknown) => string } {
  const values: unknown[] = []
  const add = (value: unknown): string => `$${first - 1 + values.push(value)}`
  const conditions = [
    'c.workspace_id = $1',
    `c.id in (${segmentPeopleSql(segment.loaded, [segment.id], add)})`,
    ...searchConditions(filter, add),
  ]
  if (filter.listId !== null)
    conditions.push(
      `exists (select from list_members m where m.contact_id = c.id and m.list_id = ${add(filter.listId)})`,
    )
  if (filter.tagId !== null)
    conditions.push(
      `exists (select from contact_tags t where t.contact_id = c.id and t.tag_id = ${add(filter.tagId)})`,
    )
  if (filter.consent !== null) conditions.push(`c.marketing_consent = ${add(filter.consent)}`)
  if (filter.suppressed !== null) {
    conditions.push(`${filter.suppressed ? '' : 'not '}exists (select from addresses a
      join suppressions s using (workspace_id, kind, value) where a.contact_id = c.id)`)
  }
  return { from: `from contacts c where ${conditions.join(' and ')}`, values, add }
}

function searchConditions({ words, numbers }: ContactFilter, add: (value: unknown) => string): string[] {
  const byWords = words.map((word) => `c.search_text like lower(${add(word)})`)
  const byNumbers = numbers.map((number) =>
    number.startsWith('+')
      ? `exists (select from addresses a where a.contact_id = c.id and a.kind = 'phone'
          and starts_with(a.value, ${add(number)}))`
      : `c.search_text like ${add(number)}`,
  )
  const alternatives = [...(byWords.length > 0 ? [`(${byWords.join(' and ')})`] : []), ...byNumbers]
  return alternatives.length > 0 ? [`(${alternatives.join(' or ')})`] : []
}

/** Ids of a page within a segment, in its order. */
export async function listInSegment(
  scope: WorkspaceScope,
  filter: ContactFilter,
  segment: SegmentMembers,
  page: { readonly sort: ContactSort; readonly after: CursorKeys | null; readonly limit: number },
): Promise<string[]> {
  const { from, values, add } = searchedIn(filter, segment, 2)
  const [key = null, id = null] = page.after ?? []
  const isByName = page.sort === 'name'
  const after = () =>
    isByName
      ? `and (c.full_name, c.id) > (${add(key)}::text, ${add(id)}::text)`
      : `and (c.created_at, c.id) < (${add(key)}::timestamptz, ${add(id)}::text)`
  const rows = await scope.query<{ id: string }>(
    `select c.id ${from} ${page.after ? after() : ''}
     order by ${isByName ? 'c.full_name, c.id' : 'c.created_at desc, c.id desc'} limit ${add(page.limit)}`,
    [scope.workspaceId, ...values],
  )
  return rows.map((row) => row.id)
}

/** How many there are, counted no further than `countMax`. */
export async function countInSegment(
  scope: WorkspaceScope,
  filter: ContactFilter,
  segment: SegmentMembers,
  countMax: number,
): Promise<number> {
  const { from, values, add } = searchedIn(filter, segment, 2)
  const [row] = await scope.query<{ count: number }>(
    `select count(*)::int as count from (select ${from} limit ${add(countMax)}) found`,
    [scope.workspaceId, ...values],
  )
  return row?.count ?? 0
}
