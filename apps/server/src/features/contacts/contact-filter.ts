import type { WorkspaceScope } from '@siar/database'
import { callingCodeOf } from '@siar/domain/phone'
import { getPhoneRules } from '../addresses/index.ts'
import type { ContactSelection } from './contact-bulk.repo.ts'
import type { ContactFilter } from './contact-search.repo.ts'
import { toSearchPatterns } from './search-patterns.ts'

/** Conditions of a list of contacts, as a request brings them. */
export interface ContactFilterInput {
  readonly search?: string | undefined
  readonly listId?: string | undefined
  readonly tagId?: string | undefined
  readonly consent?: 'unknown' | 'granted' | 'withdrawn' | undefined
  readonly suppressed?: boolean | undefined
}

/** Contacts by their ids, or everybody a filter finds. */
export type SelectionInput =
  { readonly contactIds: readonly string[] } | { readonly filter: ContactFilterInput }

/** Reads the search by the country of the workspace. */
export async function toFilter(scope: WorkspaceScope, input: ContactFilterInput): Promise<ContactFilter> {
  const search = input.search ?? ''
  const callingCode = search === '' ? null : callingCodeOf((await getPhoneRules(scope)).country)
  return {
    ...toSearchPatterns(search, callingCode),
    listId: input.listId ?? null,
    tagId: input.tagId ?? null,
    consent: input.consent ?? null,
    suppressed: input.suppressed ?? null,
  }
}

export async function toSelection(scope: WorkspaceScope, input: SelectionInput): Promise<ContactSelection> {
  return 'filter' in input ? { filter: await toFilter(scope, input.filter) } : input
}
