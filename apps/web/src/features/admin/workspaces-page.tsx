import { adminOperations } from '@siar/contract'
import { Building2, CirclePause, CirclePlay, PencilLine } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useAction, useOperation } from '#app/query.ts'
import { Badge } from '#ui/badge.tsx'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { Table } from '#ui/table.tsx'
import { DateTime, Figure } from '#ui/time.tsx'
import { toast } from '#ui/toast.ts'
import { QuotaDialog } from './quota-dialog.tsx'
import type { WorkspaceRow } from './workspace-row.ts'

/** Every workspace of the installation with its size; one can be suspended and taken up again, and its messages limited. */
export function WorkspacesPage() {
  const { t } = useTranslation('admin')
  const [planned, setPlanned] = useState<WorkspaceRow | null>(null)
  const [limited, setLimited] = useState<WorkspaceRow | null>(null)
  const workspaces = useOperation(adminOperations.listWorkspaces, {})
  return (
    <Page>
      <PageHeader title={t('workspaces.title')} text={t('workspaces.text')} />
      {workspaces.error ? (
        <ProblemState error={workspaces.error} onRetry={() => void workspaces.refetch()} />
      ) : (
        <WorkspaceTable rows={workspaces.data?.data} onPlan={setPlanned} onLimit={setLimited} />
      )}
      <SuspendDialog row={planned} onClose={() => setPlanned(null)} />
      {limited && <QuotaDialog row={limited} onClose={() => setLimited(null)} />}
    </Page>
  )
}

type WorkspaceTableProps = {
  rows: readonly WorkspaceRow[] | undefined
  onPlan: (row: WorkspaceRow) => void
  onLimit: (row: WorkspaceRow) => void
}

function WorkspaceTable({ rows, onPlan, onLimit }: WorkspaceTableProps) {
  const { t } = useTranslation('admin')
  const figure = (id: 'members' | 'contacts' | 'senders') => ({
    id,
    header: t(`workspaces.${id}`),
    numeric: true,
    width: '6rem',
    cell: (row: WorkspaceRow) => <Figure value={row[id]} />,
  })
  return (
    <Table
      label={t('workspaces.title')}
      rows={rows}
      rowKey={(row) => row.id}
      empty={
        <EmptyState icon={Building2} title={t('workspaces.noneTitle')} text={t('workspaces.noneText')} />
      }
      columns={[
        {
          id: 'name',
          header: t('workspaces.name'),
          primary: true,
          cell: (row) => (
            <span className="flex flex-wrap items-center gap-2 font-medium">
              {row.name}
              {row.isDemo && <Badge tone="outline">{t('workspaces.demo')}</Badge>}
              {row.status === 'suspended' && <Badge tone="danger">{t('workspaces.suspended')}</Badge>}
            </span>
          ),
        },
        figure('members'),
        figure('contacts'),
        figure('senders'),
        {
          id: 'quota',
          header: t('quota.column'),
          numeric: true,
          width: '9.5rem',
          cell: (row) => <QuotaCell row={row} onLimit={onLimit} />,
        },
        {
          id: 'since',
          header: t('workspaces.since'),
          width: '8rem',
          from: 'xl',
          cell: (row) => <DateTime at={row.createdAt} show="date" />,
        },
        {
          id: 'actions',
          header: '',
          bare: true,
          width: '8.5rem',
          cell: (row) => (
            <span className="flex justify-end max-sm:pt-2">
              <Button
                size="sm"
                tone={row.status === 'active' ? 'danger-quiet' : 'secondary'}
                icon={row.status === 'active' ? <CirclePause aria-hidden /> : <CirclePlay aria-hidden />}
                onClick={() => onPlan(row)}
              >
                {row.status === 'active' ? t('workspaces.suspend') : t('workspaces.resume')}
              </Button>
            </span>
          ),
        },
      ]}
    />
  )
}

function QuotaCell({ row, onLimit }: { row: WorkspaceRow; onLimit: (row: WorkspaceRow) => void }) {
  const { t } = useTranslation('admin')
  return (
    <span className="inline-flex items-center justify-end gap-1">
      {row.messageQuota === null ? (
        <span className="text-subtle">{t('quota.none')}</span>
      ) : (
        <Figure value={row.messageQuota} />
      )}
      <IconButton
        size="sm"
        label={t('quota.change', { name: row.name })}
        icon={<PencilLine aria-hidden />}
        onClick={() => onLimit(row)}
      />
    </span>
  )
}

function SuspendDialog({ row, onClose }: { row: WorkspaceRow | null; onClose: () => void }) {
  const { t } = useTranslation('admin')
  const active = row?.status === 'active'
  const change = useAction(adminOperations.updateWorkspace, {
    invalidates: ['admin.listWorkspaces'],
    onSuccess: () => {
      const name = row?.name ?? ''
      toast.success(active ? t('workspaces.didSuspend', { name }) : t('workspaces.didResume', { name }))
      onClose()
    },
  })
  if (!row) return null
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      danger={active}
      busy={change.isPending}
      title={
        active
          ? t('workspaces.suspendTitle', { name: row.name })
          : t('workspaces.resumeTitle', { name: row.name })
      }
      text={active ? t('workspaces.suspendText') : t('workspaces.resumeText')}
      action={active ? t('workspaces.suspend') : t('workspaces.resume')}
      onConfirm={() =>
        change.mutate({
          params: { workspaceId: row.id },
          body: { status: active ? 'suspended' : 'active' },
        })
      }
    />
  )
}
