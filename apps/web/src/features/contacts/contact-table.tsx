import type { Contact } from '@siar/contract'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ColumnMenu, useColumnChoice } from '#ui/column-choice.tsx'
import { Select } from '#ui/select.tsx'
import { Table } from '#ui/table.tsx'
import { useContactColumns } from './contact-columns.tsx'
import { contactName } from './contact-name.ts'
import type { ContactView } from './contact-view.ts'
import { ContactViews } from './contact-views.tsx'

export type ContactTableProps = {
  rows: readonly Contact[] | undefined
  total: { count: number; isExact: boolean } | null
  view: ContactView
  onSort: (sort: string) => void
  /** Takes filter and order of a saved view. */
  onApply: (patch: Partial<ContactView>) => void
  onOpen: (contactId: string) => void
  selection: ReadonlySet<string> | undefined
  everyMatch: boolean
  onSelectionChange: (selection: Set<string>) => void
  bulk: ReactNode
  /** Buttons beside the choice of columns. */
  tools: ReactNode
  empty: ReactNode
}

/** The people the filters find, with how many they are and in which order. */
export function ContactTable(props: ContactTableProps) {
  const { t } = useTranslation('contacts')
  const { rows, total, view, onSort, selection } = props
  const columns = useContactColumns()
  const choice = useColumnChoice('contacts', columns)
  const unnamed = t('unnamed')
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-3 gap-y-2">
        <p className="text-xs text-subtle tabular-nums" aria-live="polite">
          {total && t(total.isExact ? 'total' : 'totalMore', { count: total.count })}
        </p>
        <span className="flex flex-wrap items-center gap-2">
          <Select
            size="sm"
            label={t('sort.label')}
            value={view.sort === 'name' ? 'name' : 'newest'}
            onValueChange={onSort}
            options={[
              { value: 'newest', label: t('sort.newest') },
              { value: 'name', label: t('sort.name') },
            ]}
            className="w-36"
          />
          <ColumnMenu columns={columns} choice={choice} onPhones />
          <ContactViews view={view} columns={columns} choice={choice} onApply={props.onApply} />
          {props.tools}
        </span>
      </div>
      <Table
        label={t('title')}
        columns={choice.shown}
        rows={rows}
        rowKey={(row) => row.id}
        rowName={(row) => contactName(row, unnamed)}
        onOpen={(row) => props.onOpen(row.id)}
        activeKey={view.contact || null}
        {...(selection ? { selection, onSelectionChange: props.onSelectionChange, bulk: props.bulk } : {})}
        selectedCount={props.everyMatch ? total?.count : undefined}
        empty={props.empty}
      />
    </div>
  )
}
