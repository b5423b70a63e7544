import type { Import } from '@siar/contract'
import { importOperations } from '@siar/contract'
import { Link, useNavigate } from '@tanstack/react-router'
import { FileSpreadsheet, FileUp, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCursorPages } from '#app/cursor-pages.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useAction, useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { CursorPager } from '#ui/cursor-pager.tsx'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { Table } from '#ui/table.tsx'
import type { Column } from '#ui/table.tsx'
import { Figure, RelativeTime } from '#ui/time.tsx'
import { toast } from '#ui/toast.ts'
import { ImportStatusBadge } from './import-status-badge.tsx'

const pageSize = 25

/** Every file that was brought in, with its result; unfinished ones are continued from here. */
export function ImportsPage() {
  const { t } = useTranslation('imports')
  const can = useCan()
  const navigate = useNavigate()
  const pages = useCursorPages()
  const [removing, setRemoving] = useState<Import | null>(null)
  const imports = useOperation(
    importOperations.list,
    { query: { limit: pageSize, cursor: pages.cursor } },
    {
      keepPrevious: true,
      refetchMs: (page) => (page?.data.some(({ status }) => status === 'running') ? 3000 : false),
    },
  )
  const remove = useAction(importOperations.remove, {
    invalidates: ['imports.'],
    onSuccess: () => {
      toast.success(t('list.removed'))
      setRemoving(null)
    },
  })
  const canWrite = can('contacts.write')
  const columns = useColumns(canWrite ? setRemoving : null)
  const rows = imports.data?.data
  return (
    <Page>
      <PageHeader
        title={t('list.title')}
        text={t('list.text')}
        action={
          canWrite && (
            <Button tone="primary" asChild>
              <Link to="/contacts/imports/new">
                <FileUp aria-hidden />
                {t('list.new')}
              </Link>
            </Button>
          )
        }
      />
      {imports.error && !rows ? (
        <ProblemState error={imports.error} onRetry={() => void imports.refetch()} />
      ) : (
        <div className="flex min-w-0 flex-col gap-4">
          <Table
            label={t('list.title')}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            onOpen={(row) =>
              void navigate({ to: '/contacts/imports/$importId', params: { importId: row.id } })
            }
            empty={
              <EmptyState
                size="page"
                icon={FileSpreadsheet}
                title={t('list.emptyTitle')}
                text={t('list.emptyText')}
                action={
                  canWrite && (
                    <>
                      <Button asChild>
                        <Link to="/contacts/imports/new">
                          <FileUp aria-hidden />
                          {t('list.new')}
                        </Link>
                      </Button>
                      <Button asChild>
                        <Link to="/contacts/imports/new" search={{ sample: '1' }}>
                          {t('source.useSample')}
                        </Link>
                      </Button>
                    </>
                  )
                }
              />
            }
          />
          <CursorPager
            {...pages.pager(
              rows && { count: rows.length, nextCursor: imports.data?.nextCursor ?? null },
              pageSize,
            )}
          />
        </div>
      )}
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        danger
        title={t('list.removeTitle')}
        text={t('list.removeText', { file: removing?.fileName ?? '' })}
        action={t('list.remove')}
        busy={remove.isPending}
        onConfirm={() => removing && remove.mutate({ params: { importId: removing.id } })}
      />
    </Page>
  )
}

function useColumns(onRemove: ((row: Import) => void) | null): Column<Import>[] {
  const { t } = useTranslation('imports')
  const done = (row: Import) => row.status !== 'uploaded'
  const columns: Column<Import>[] = [
    {
      id: 'file',
      header: t('columns.file'),
      primary: true,
      cell: (row) => (
        <span className="block max-w-72 truncate">
          {row.format === 'paste' ? t('source.pasted') : row.fileName}
        </span>
      ),
    },
    { id: 'status', header: t('columns.status'), cell: (row) => <ImportStatusBadge status={row.status} /> },
    {
      id: 'valid',
      header: t('columns.valid'),
      numeric: true,
      cell: (row) => (done(row) ? <Figure value={row.valid} /> : '–'),
    },
    {
      id: 'duplicates',
      header: t('columns.duplicates'),
      numeric: true,
      from: 'md',
      cell: (row) => (done(row) ? <Figure value={row.duplicates} /> : '–'),
    },
    {
      id: 'invalid',
      header: t('columns.invalid'),
      numeric: true,
      cell: (row) => (done(row) ? <Figure value={row.invalid} /> : '–'),
    },
    {
      id: 'created',
      header: t('columns.when'),
      from: 'md',
      cell: (row) => (
        <span className="whitespace-nowrap text-muted">
          <RelativeTime at={row.createdAt} />
        </span>
      ),
    },
  ]
  if (!onRemove) return columns
  return [
    ...columns,
    {
      id: 'actions',
      header: t('columns.actions'),
      bare: true,
      width: '3.5rem',
      cell: (row) => (
        <DropdownMenu
          groups={[
            {
              items: [
                {
                  id: 'remove',
                  label: t('list.remove'),
                  icon: <Trash2 aria-hidden />,
                  danger: true,
                  disabled: row.status === 'running',
                  onSelect: () => onRemove(row),
                },
              ],
            },
          ]}
        />
      ),
    },
  ]
}
