import { workspaceOperations } from '@siar/contract'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationOutput } from '#app/operation.ts'
import { useAction } from '#app/query.ts'
import { Badge } from '#ui/badge.tsx'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { Table } from '#ui/table.tsx'
import { RelativeTime } from '#ui/time.tsx'
import { toast } from '#ui/toast.ts'

type Row = OperationOutput<typeof workspaceOperations.listApiKeys>['data'][number]

const soonMs = 14 * 24 * 3_600_000

/** API keys without their secrets. */
export function ApiKeyTable({ rows, empty }: { rows: readonly Row[] | undefined; empty: ReactNode }) {
  const { t } = useTranslation('settings')
  const [revoking, setRevoking] = useState<Row | null>(null)
  return (
    <>
      <Table
        label={t('apiKeys.title')}
        rows={rows}
        skeletonRows={3}
        empty={empty}
        rowKey={(row) => row.id}
        columns={[
          { id: 'name', header: t('apiKeys.name'), primary: true, cell: (row) => <KeyName row={row} /> },
          { id: 'scopes', header: t('apiKeys.scopes'), cell: (row) => <Scopes row={row} /> },
          {
            id: 'expires',
            header: t('apiKeys.expires'),
            width: '10rem',
            cell: (row) => <Expiry row={row} />,
          },
          {
            id: 'used',
            header: t('apiKeys.lastUsed'),
            width: '9rem',
            from: 'lg',
            cell: (row) =>
              row.lastUsedAt ? (
                <RelativeTime at={row.lastUsedAt} />
              ) : (
                <span className="text-subtle">{t('apiKeys.neverUsed')}</span>
              ),
          },
          {
            id: 'actions',
            header: '',
            bare: true,
            width: '6rem',
            cell: (row) => (
              <span className="flex justify-end max-sm:pt-2">
                <Button size="sm" tone="danger-quiet" onClick={() => setRevoking(row)}>
                  {t('apiKeys.revoke')}
                </Button>
              </span>
            ),
          },
        ]}
      />
      <RevokeApiKey row={revoking} onClose={() => setRevoking(null)} />
    </>
  )
}

function KeyName({ row }: { row: Row }) {
  return (
    <span className="block min-w-0 py-1">
      <span className="block truncate font-medium">{row.name}</span>
      <code className="font-mono text-xs font-normal text-subtle">{`${row.start}…`}</code>
    </span>
  )
}

function Scopes({ row }: { row: Row }) {
  const { t } = useTranslation('settings')
  const names = row.scopes.map((scope) => t(`scopes.${scope}`))
  const shown = names.slice(0, 2)
  const hidden = names.slice(2)
  return (
    <span className="flex flex-wrap gap-1 max-sm:justify-end">
      {shown.map((name) => (
        <Badge key={name}>{name}</Badge>
      ))}
      {hidden.length > 0 && (
        <span title={hidden.join('\n')}>
          <Badge tone="outline">{t('apiKeys.moreScopes', { count: hidden.length })}</Badge>
          <span className="sr-only">{hidden.join(', ')}</span>
        </span>
      )}
    </span>
  )
}

function Expiry({ row }: { row: Row }) {
  const { t } = useTranslation('settings')
  const [nowMs] = useState(() => Date.now())
  if (row.expiresAt === null) return <span className="text-muted">{t('apiKeys.noExpiry')}</span>
  const leftMs = new Date(row.expiresAt).getTime() - nowMs
  if (leftMs <= 0) return <Badge tone="danger">{t('apiKeys.expired')}</Badge>
  if (leftMs > soonMs) return <RelativeTime at={row.expiresAt} />
  return (
    <Badge tone="warn">
      <RelativeTime at={row.expiresAt} />
    </Badge>
  )
}

function RevokeApiKey({ row, onClose }: { row: Row | null; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const revoke = useAction(workspaceOperations.revokeApiKey, {
    invalidates: ['apiKeys.'],
    onSuccess: () => {
      toast.success(t('apiKeys.revoked', { name: row?.name ?? '' }))
      onClose()
    },
  })
  if (!row) return null
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      danger
      busy={revoke.isPending}
      title={t('apiKeys.revokeTitle', { name: row.name })}
      text={t('apiKeys.revokeText')}
      action={t('apiKeys.revokeAction')}
      onConfirm={() => revoke.mutate({ params: { apiKeyId: row.id } })}
    />
  )
}
