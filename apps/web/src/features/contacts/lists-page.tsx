import { contactOperations } from '@siar/contract'
import { Link } from '@tanstack/react-router'
import { FolderOpen, ListPlus, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useAction, useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { Table } from '#ui/table.tsx'
import type { Column } from '#ui/table.tsx'
import { DateTime, Figure } from '#ui/time.tsx'
import { toast } from '#ui/toast.ts'
import { ListDialog } from './list-dialog.tsx'
import type { ListRow } from './list-row.ts'

/** The lists people are put on by hand or by an import. */
export function ListsPage() {
  const { t } = useTranslation('contacts')
  const can = useCan()
  const [editing, setEditing] = useState<ListRow | 'new' | null>(null)
  const [removing, setRemoving] = useState<ListRow | null>(null)
  const lists = useOperation(contactOperations.listLists, {})
  const remove = useAction(contactOperations.removeList, {
    invalidates: ['lists.', 'contacts.'],
    onSuccess: () => {
      toast.success(t('lists.removed'))
      setRemoving(null)
    },
  })
  const canWrite = can('contacts.write')
  const columns = useColumns(canWrite ? { onEdit: setEditing, onRemove: setRemoving } : null)
  const make = (
    <Button tone="primary" icon={<ListPlus aria-hidden />} onClick={() => setEditing('new')}>
      {t('lists.new')}
    </Button>
  )
  return (
    <Page>
      <PageHeader title={t('lists.title')} text={t('lists.text')} action={canWrite && make} />
      {lists.error && !lists.data ? (
        <ProblemState error={lists.error} onRetry={() => void lists.refetch()} />
      ) : (
        <Table
          label={t('lists.title')}
          columns={columns}
          rows={lists.data?.data}
          rowKey={(row) => row.id}
          empty={
            <EmptyState
              size="page"
              icon={FolderOpen}
              title={t('lists.emptyTitle')}
              text={t('lists.emptyText')}
              action={
                canWrite && (
                  <Button icon={<ListPlus aria-hidden />} onClick={() => setEditing('new')}>
                    {t('lists.new')}
                  </Button>
                )
              }
            />
          }
        />
      )}
      {editing && <ListDialog list={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        danger
        title={t('lists.removeTitle', { name: removing?.name ?? '' })}
        text={t('lists.removeText', { count: removing?.contacts ?? 0 })}
        action={t('lists.remove')}
        busy={remove.isPending}
        onConfirm={() => removing && remove.mutate({ params: { listId: removing.id } })}
      />
    </Page>
  )
}

type RowActions = { onEdit: (list: ListRow) => void; onRemove: (list: ListRow) => void }

function useColumns(actions: RowActions | null): Column<ListRow>[] {
  const { t } = useTranslation('contacts')
  const columns: Column<ListRow>[] = [
    {
      id: 'name',
      header: t('columns.name'),
      primary: true,
      cell: (row) => (
        <Link to="/contacts" search={{ list: row.id }} className="font-medium hover:underline">
          {row.name}
        </Link>
      ),
    },
    {
      id: 'description',
      header: t('lists.description'),
      from: 'md',
      cell: (row) => <span className="text-muted">{row.description || '–'}</span>,
    },
    { id: 'contacts', header: t('title'), numeric: true, cell: (row) => <Figure value={row.contacts} /> },
    {
      id: 'created',
      header: t('lists.createdAt'),
      from: 'lg',
      cell: (row) => (
        <span className="whitespace-nowrap text-muted">
          <DateTime at={row.createdAt} show="date" />
        </span>
      ),
    },
  ]
  if (!actions) return columns
  return [
    ...columns,
    {
      id: 'actions',
      header: t('actions'),
      menu: true,
      width: '3.5rem',
      cell: (row) => (
        <DropdownMenu
          groups={[
            {
              items: [
                {
                  id: 'edit',
                  label: t('lists.edit'),
                  icon: <Pencil aria-hidden />,
                  onSelect: () => actions.onEdit(row),
                },
                {
                  id: 'remove',
                  label: t('lists.remove'),
                  icon: <Trash2 aria-hidden />,
                  danger: true,
                  onSelect: () => actions.onRemove(row),
                },
              ],
            },
          ]}
        />
      ),
    },
  ]
}
