import type { Segment } from '@siar/contract'
import { segmentOperations } from '@siar/contract'
import { Link, useNavigate } from '@tanstack/react-router'
import { Filter, ListFilterPlus, Pencil, Trash2, TriangleAlert, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '#app/problem.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { toastProblem } from '#app/problem-toast.ts'
import { useAction, useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Badge } from '#ui/badge.tsx'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { Table } from '#ui/table.tsx'
import type { Column } from '#ui/table.tsx'
import { DateTime } from '#ui/time.tsx'
import { toast } from '#ui/toast.ts'
import { useSegmentWords } from './use-segment-words.ts'
import { useSummary } from './use-summary.ts'

/** Saved rules, each said in a sentence. */
export function SegmentsPage() {
  const { t } = useTranslation('segments')
  const canWrite = useCan()('contacts.write')
  const [removing, setRemoving] = useState<Segment | null>(null)
  const segments = useOperation(segmentOperations.list, {})
  const columns = useColumns(canWrite, setRemoving)
  const make = (tone?: 'primary') => (
    <Button {...(tone ? { tone } : {})} asChild>
      <Link to="/contacts/segments/new">
        <ListFilterPlus aria-hidden />
        {t('new')}
      </Link>
    </Button>
  )
  return (
    <Page>
      <PageHeader title={t('title')} text={t('text')} action={canWrite && make('primary')} />
      {segments.error && !segments.data ? (
        <ProblemState error={segments.error} onRetry={() => void segments.refetch()} />
      ) : (
        <Table
          label={t('title')}
          columns={columns}
          rows={segments.data?.data}
          rowKey={(row) => row.id}
          empty={
            <EmptyState
              size="page"
              icon={Filter}
              title={t('emptyTitle')}
              text={t('emptyText')}
              action={canWrite && make()}
            />
          }
        />
      )}
      {removing && <RemoveDialog segment={removing} onClose={() => setRemoving(null)} />}
    </Page>
  )
}

function RemoveDialog({ segment, onClose }: { segment: Segment; onClose: () => void }) {
  const { t } = useTranslation('segments')
  const remove = useAction(segmentOperations.remove, {
    invalidates: ['segments.', 'contacts.list', 'campaigns.'],
    onSuccess: () => {
      toast.success(t('removed'))
      onClose()
    },
    onProblem: (problem: ApiProblem) => {
      onClose()
      if (problem.code === 'segment_in_use')
        toast.error(problem.title, { description: t('usedBy', { names: problem.detail }) })
      else toastProblem(problem)
    },
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      danger
      title={t('removeTitle', { name: segment.name })}
      text={t('removeText')}
      action={t('remove')}
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ params: { segmentId: segment.id } })}
    />
  )
}

function useColumns(canWrite: boolean, onRemove: (segment: Segment) => void): Column<Segment>[] {
  const { t } = useTranslation('segments')
  const summary = useSummary(useSegmentWords())
  const navigate = useNavigate()
  return [
    {
      id: 'name',
      header: t('columns.name'),
      primary: true,
      cell: (row) => (
        <span className="flex flex-wrap items-center gap-2">
          <Link to="/contacts" search={{ segment: row.id }} className="font-medium hover:underline">
            {row.name}
          </Link>
          {row.problems.length > 0 && (
            <Badge tone="warn" icon={<TriangleAlert aria-hidden />}>
              {t('broken')}
            </Badge>
          )}
        </span>
      ),
    },
    {
      id: 'rule',
      header: t('columns.rule'),
      cell: (row) => <span className="text-pretty text-muted">{summary(row.rule)}</span>,
    },
    {
      id: 'updated',
      header: t('columns.updated'),
      from: 'lg',
      cell: (row) => (
        <span className="whitespace-nowrap text-muted">
          <DateTime at={row.updatedAt} show="date" />
        </span>
      ),
    },
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
                  id: 'show',
                  label: t('show'),
                  icon: <Users aria-hidden />,
                  onSelect: () => void navigate({ to: '/contacts', search: { segment: row.id } }),
                },
                ...(canWrite
                  ? [
                      {
                        id: 'edit',
                        label: t('edit'),
                        icon: <Pencil aria-hidden />,
                        onSelect: () =>
                          void navigate({
                            to: '/contacts/segments/$segmentId',
                            params: { segmentId: row.id },
                          }),
                      },
                      {
                        id: 'remove',
                        label: t('remove'),
                        icon: <Trash2 aria-hidden />,
                        danger: true,
                        onSelect: () => onRemove(row),
                      },
                    ]
                  : []),
              ],
            },
          ]}
        />
      ),
    },
  ]
}
