import type { Contact } from '@siar/contract'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Avatar } from '#ui/avatar.tsx'
import { ColumnMenu, useColumnChoice } from '#ui/column-choice.tsx'
import { Select } from '#ui/select.tsx'
import { Table } from '#ui/table.tsx'
import type { Column } from '#ui/table.tsx'
import { RelativeTime } from '#ui/time.tsx'
import { ConsentBadge } from './consent-badge.tsx'
import { contactName } from './contact-name.ts'
import type { ContactView } from './contact-view.ts'
import { phoneText } from './phone-text.ts'
import { TagChip } from './tag-chip.tsx'

export type ContactTableProps = {
  rows: readonly Contact[] | undefined
  total: { count: number; isExact: boolean } | null
  view: ContactView
  onSort: (sort: string) => void
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
  const columns = useColumns()
  const choice = useColumnChoice('contacts', columns)
  const unnamed = t('unnamed')
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex min-h-8 items-center justify-between gap-3">
        <p className="text-xs text-subtle tabular-nums" aria-live="polite">
          {total && t(total.isExact ? 'total' : 'totalMore', { count: total.count })}
        </p>
        <span className="flex items-center gap-2">
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
          <ColumnMenu columns={columns} choice={choice} />
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

function useColumns(): Column<Contact>[] {
  const { t } = useTranslation('contacts')
  return [
    { id: 'name', header: t('columns.name'), primary: true, cell: (row) => <Name contact={row} /> },
    {
      id: 'phone',
      header: t('columns.phone'),
      cell: (row) => (
        <span className="whitespace-nowrap tabular-nums">{row.phone ? phoneText(row.phone) : '–'}</span>
      ),
    },
    { id: 'consent', header: t('columns.consent'), cell: (row) => <ConsentBadge {...row} /> },
    {
      id: 'tags',
      header: t('columns.tags'),
      from: 'lg',
      cell: (row) => (row.tags.length > 0 ? <Tags tags={row.tags} /> : null),
    },
    {
      id: 'lists',
      header: t('columns.lists'),
      from: 'xl',
      cell: (row) => (row.lists.length > 0 ? <Names names={row.lists.map((list) => list.name)} /> : null),
    },
    {
      id: 'last',
      header: t('columns.lastContacted'),
      from: 'md',
      cell: (row) => (
        <span className="whitespace-nowrap text-muted">
          {row.lastContactedAt ? <RelativeTime at={row.lastContactedAt} /> : t('never')}
        </span>
      ),
    },
  ]
}

function Name({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts')
  const name = contactName(contact, t('unnamed'))
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar name={name.replace(/^\+.*/, '#')} size="sm" />
      <span className="max-w-40 truncate">{name}</span>
      {!contact.active && <span className="text-xs font-normal text-subtle">{t('inactive')}</span>}
    </span>
  )
}

function Tags({ tags }: { tags: Contact['tags'] }) {
  const format = useFormat()
  return (
    <span className="inline-flex items-center gap-1">
      {tags.slice(0, 2).map((tag) => (
        <TagChip key={tag.id} {...tag} />
      ))}
      {tags.length > 2 && (
        <span className="text-xs text-subtle" title={format.list(tags.map((tag) => tag.name))}>
          +{format.number(tags.length - 2)}
        </span>
      )}
    </span>
  )
}

function Names({ names }: { names: string[] }) {
  const format = useFormat()
  return (
    <span className="block max-w-30 truncate text-muted" title={format.list(names)}>
      {format.list(names)}
    </span>
  )
}
