import type { WorkspaceScope } from '@siar/database'
import { segmentToday } from '@siar/domain'
import { callingCodeOf } from '@siar/domain/phone'
import { getPhoneRules } from '../addresses/index.ts'
import { loadSegments } from '../segments/index.ts'
import type { ContactSelection } from './contact-bulk.repo.ts'
import type { ContactFilter } from './contact-search.repo.ts'
import type { SegmentMembers } from './contact-query.ts'
import { toSearchPatterns } from './search-patterns.ts'

/** Conditions of a list of contacts, as a request brings them. */
export interface ContactFilterInput {
  readonly search?: string | undefined
  readonly listId?: string | undefined
  readonly tagId?: string | undefined
  readonly consent?: 'unknown' | 'granted' | 'withdrawn' | undefined
  readonly suppressed?: boolean | undefined
  readonly segmentId?: string | undefined
}

/** Contacts by their ids, or everybody a filter finds. */
export type SelectionInput =
  { readonly contactIds: readonly string[] } | { readonly filter: ContactFilterInput }

/** Reads the search by the country of the workspace, and the segment by its rule of now; an unknown segment has nobody. */
export async function toFilter(
  scope: WorkspaceScope,
  input: ContactFilterInput,
  now: Date,
): Promise<ContactFilter> {
  const search = input.search ?? ''
  const callingCode = search === '' ? null : callingCodeOf((await getPhoneRules(scope)).country)
  return {
    ...toSearchPatterns(search, callingCode),
    listId: input.listId ?? null,
    tagId: input.tagId ?? null,
    consent: input.consent ?? null,
    suppressed: input.suppressed ?? null,
    segment: input.segmentId === undefined ? null : await loadMembers(scope, input.segmentId, now),
  }
}

async function loadMembers(scope: WorkspaceScope, id: string, now: Date): Promise<SegmentMembers> {
  const loaded = await loadSegments(scope, [id], now)
  const { timeZone } = loaded.context
  const key = JSON.stringify([
    id,
    loaded.rules.get(id) ?? null,
    timeZone,
    segmentToday(timeZone, now.getTime()),
  ])
  return { id, key, loaded }
}

export async function toSelection(
  scope: WorkspaceScope,
  input: SelectionInput,
  now: Date,
): Promise<ContactSelection> {
  return 'filter' in input ? { filter: await toFilter(scope, input.filter, now) } : input
}
