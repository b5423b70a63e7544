import { workspaceOperations } from '@siar/contract'
import { Copy, Mail, UserPlus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationOutput } from '#app/operation.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useAction, useOperation } from '#app/query.ts'
import { Badge } from '#ui/badge.tsx'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { Table } from '#ui/table.tsx'
import { RelativeTime } from '#ui/time.tsx'
import { toast } from '#ui/toast.ts'

type Row = OperationOutput<typeof workspaceOperations.listInvitations>['data'][number]

/** Invitations nobody answered yet: copy the link again, or take one back. Hidden while there are none, except for a person alone. */
export function InvitationTable({ alone, onInvite }: { alone: boolean; onInvite: () => void }) {
  const { t } = useTranslation(['settings', 'app'])
  const invitations = useOperation(workspaceOperations.listInvitations, {})
  const [cancelling, setCancelling] = useState<Row | null>(null)
  if (invitations.error) {
    return <ProblemState error={invitations.error} onRetry={() => void invitations.refetch()} />
  }
  const open = invitations.data?.data.filter(({ status }) => status === 'pending' || status === 'expired')
  if (!open) return null
  if (open.length === 0) return alone ? <Alone onInvite={onInvite} /> : null
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-base font-semibold">{t('invitations.title')}</h2>
      <Table
        label={t('invitations.title')}
        rows={open}
        rowKey={(row) => row.id}
        columns={[
          {
            id: 'email',
            header: t('invitations.email'),
            primary: true,
            cell: (row) => <span className="break-all">{row.email}</span>,
          },
          {
            id: 'role',
            header: t('members.role'),
            width: '9rem',
            cell: (row) => <span className="text-muted">{t(`app:roles.${row.role}`)}</span>,
          },
          {
            id: 'expires',
            header: t('invitations.expires'),
            width: '11rem',
            cell: (row) =>
              row.status === 'expired' ? (
                <Badge tone="warn">{t('invitations.expired')}</Badge>
              ) : (
                <RelativeTime at={row.expiresAt} />
              ),
          },
          {
            id: 'actions',
            header: '',
            menu: true,
            width: '6rem',
            cell: (row) => <Actions row={row} onCancel={() => setCancelling(row)} />,
          },
        ]}
      />
      <CancelInvitation row={cancelling} onClose={() => setCancelling(null)} />
    </section>
  )
}

function Alone({ onInvite }: { onInvite: () => void }) {
  const { t } = useTranslation('settings')
  return (
    <EmptyState
      className="rounded-lg border border-dashed border-line-strong"
      icon={Mail}
      title={t('invitations.emptyTitle')}
      text={t('invitations.emptyText')}
      action={
        <Button icon={<UserPlus aria-hidden />} onClick={onInvite}>
          {t('members.invite')}
        </Button>
      }
    />
  )
}

function Actions({ row, onCancel }: { row: Row; onCancel: () => void }) {
  const { t } = useTranslation('settings')
  const copy = async () => {
    await navigator.clipboard.writeText(row.link)
    toast.success(t('invitations.copied', { email: row.email }))
  }
  return (
    <span className="flex justify-end gap-1">
      {row.status === 'pending' && (
        <IconButton
          size="sm"
          label={t('invitations.copy')}
          icon={<Copy aria-hidden />}
          onClick={() => void copy()}
        />
      )}
      <IconButton size="sm" label={t('invitations.cancel')} icon={<X aria-hidden />} onClick={onCancel} />
    </span>
  )
}

function CancelInvitation({ row, onClose }: { row: Row | null; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const cancel = useAction(workspaceOperations.cancelInvitation, {
    invalidates: ['invitations.'],
    onSuccess: onClose,
  })
  if (!row) return null
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      danger
      busy={cancel.isPending}
      title={t('invitations.cancelTitle', { email: row.email })}
      text={t('invitations.cancelText')}
      action={t('invitations.cancelAction')}
      onConfirm={() => cancel.mutate({ params: { invitationId: row.id } })}
    />
  )
}
