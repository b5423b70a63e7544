import type { ContactViewFilter, contactOperations } from '@siar/contract'
import { CONSENT_STATES } from '@siar/contract'
import type { OperationInput } from '#app/operation.ts'

/** What the contact list shows, as it stands in the URL. `consent` also takes `suppressed`. */
export type ContactView = {
  search: string
  consent: string
  list: string
  tag: string
  segment: string
  sort: string
  /** The contact whose side panel is open. */
  contact: string
  /** `1` while somebody is being added. */
  new: string
  cursor: string
  page: string
}

export const initialView: ContactView = {
  search: '',
  consent: '',
  list: '',
  tag: '',
  segment: '',
  sort: 'newest',
  contact: '',
  new: '',
  cursor: '',
  page: '1',
}

type ListQuery = NonNullable<OperationInput<typeof contactOperations.list>['query']>
export type ContactFilter = Pick<
  ListQuery,
  'search' | 'listId' | 'tagId' | 'segmentId' | 'consent' | 'suppressed'
>

/** The filter of the contract that a view stands for; values that mean "any" are left out. */
export function filterOf(view: ContactView): ContactFilter {
  const consent = CONSENT_STATES.find((state) => state === view.consent)
  return {
    ...(view.search ? { search: view.search } : {}),
    ...(view.list ? { listId: view.list } : {}),
    ...(view.tag ? { tagId: view.tag } : {}),
    ...(view.segment ? { segmentId: view.segment } : {}),
    ...(consent ? { consent } : {}),
    ...(view.consent === 'suppressed' ? { suppressed: 'true' as const } : {}),
  }
}

/** The same filter as a saved view keeps it. */
export function savedFilterOf(view: ContactView): ContactViewFilter {
  const { search, listId, tagId, segmentId, consent, suppressed } = filterOf(view)
  return {
    ...(search ? { search } : {}),
    ...(listId ? { listId } : {}),
    ...(tagId ? { tagId } : {}),
    ...(segmentId ? { segmentId } : {}),
    ...(consent ? { consent } : {}),
    ...(suppressed === undefined ? {} : { suppressed: true }),
  }
}

/** What a saved filter puts into the URL; everything it does not name is taken off. */
export function viewOf(filter: ContactViewFilter): Partial<ContactView> {
  return {
    search: filter.search ?? '',
    list: filter.listId ?? '',
    tag: filter.tagId ?? '',
    segment: filter.segmentId ?? '',
    consent: filter.suppressed ? 'suppressed' : (filter.consent ?? ''),
  }
}
