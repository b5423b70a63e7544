import { contactOperations } from '@siar/contract'
import { useState } from 'react'
import { useCursorPages } from '#app/cursor-pages.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { CursorPager } from '#ui/cursor-pager.tsx'
import { ExportContacts } from './export-contacts.tsx'
import { ContactFilters } from './contact-filters.tsx'
import { ContactTable } from './contact-table.tsx'
import { filterOf } from './contact-view.ts'
import type { ContactView } from './contact-view.ts'
import { ContactsBulk } from './contacts-bulk.tsx'
import { ContactsEmpty, ContactsNoMatch } from './contacts-empty.tsx'

const pageSize = 50

export type ContactListProps = {
  view: ContactView
  setView: (patch: Partial<ContactView>) => void
  onAdd: () => void
  canWrite: boolean
}

/** The people that the filters find, page by page, with what can be done to many of them. */
export function ContactList({ view, setView, onAdd, canWrite }: ContactListProps) {
  const pages = useCursorPages()
  const [picked, setPicked] = useState<Set<string>>(new Set())
  const [everyMatch, setEveryMatch] = useState(false)
  const filter = filterOf(view)
  const sort = view.sort === 'name' ? 'name' : 'newest'
  const query = { ...filter, sort, limit: pageSize, cursor: pages.cursor } as const
  const contacts = useOperation(contactOperations.list, { query }, { keepPrevious: true })
  const rows = contacts.data?.data
  const total = contacts.data ? { count: contacts.data.total, isExact: contacts.data.totalIsExact } : null
  const isFiltered = Object.keys(filter).length > 0
  const pick = (next: Set<string>, every = false) => {
    setPicked(next)
    setEveryMatch(every)
  }
  const change = (patch: Partial<ContactView>) => {
    pick(new Set())
    setView({ ...patch, cursor: '', page: '1' })
  }
  const clear = () => change({ search: '', consent: '', list: '', tag: '', segment: '' })
  if (contacts.error && !rows) {
    return <ProblemState error={contacts.error} onRetry={() => void contacts.refetch()} />
  }
  if (rows?.length === 0 && !isFiltered && !pages.cursor) {
    return <ContactsEmpty onAdd={onAdd} canWrite={canWrite} />
  }
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <ContactFilters view={view} onChange={change} isFiltered={isFiltered} onClear={clear} />
      <ContactTable
        rows={rows}
        total={total}
        view={view}
        onSort={(next) => change({ sort: next })}
        onApply={change}
        onOpen={(contactId) => setView({ contact: contactId })}
        selection={canWrite ? picked : undefined}
        everyMatch={everyMatch}
        onSelectionChange={pick}
        bulk={
          <ContactsBulk
            picked={picked}
            everyMatch={everyMatch}
            onEveryMatch={() => setEveryMatch(true)}
            filter={filter}
            rows={rows ?? []}
            total={total}
            onDone={() => pick(new Set())}
          />
        }
        tools={<ExportContacts selection={{ filter }} total={total} />}
        empty={<ContactsNoMatch onClear={clear} />}
      />
      <CursorPager
        {...pages.pager(
          rows && { count: rows.length, nextCursor: contacts.data?.nextCursor ?? null },
          pageSize,
        )}
        total={total?.isExact ? total.count : undefined}
      />
    </div>
  )
}
