import { Link } from '@tanstack/react-router'
import { senderOperations } from '@siar/contract'
import { Plus, Smartphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { Skeleton, SkeletonText } from '#ui/skeleton.tsx'
import { SenderCard } from './sender-card.tsx'

export function SendersPage() {
  const { t } = useTranslation('senders')
  const senders = useOperation(senderOperations.list, {})
  const rows = senders.data?.data
  return (
    <Page>
      <PageHeader
        title={t('list.title')}
        text={t('list.text')}
        action={rows && rows.length > 0 ? <AddSender /> : undefined}
      />
      {senders.error ? (
        <Card>
          <ProblemState error={senders.error} onRetry={() => void senders.refetch()} />
        </Card>
      ) : (
        <SenderCards rows={rows} />
      )}
    </Page>
  )
}

function SenderCards({ rows }: { rows: Parameters<typeof SenderCard>[0]['sender'][] | undefined }) {
  const { t } = useTranslation('senders')
  if (rows?.length === 0) {
    return (
      <Card>
        <EmptyState
          icon={Smartphone}
          title={t('list.emptyTitle')}
          text={t('list.emptyText')}
          action={<AddSender />}
        />
      </Card>
    )
  }
  return (
    <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3" aria-busy={rows === undefined}>
      {rows
        ? rows.map((sender) => (
            <li key={sender.id} className="flex min-w-0">
              <SenderCard sender={sender} />
            </li>
          ))
        : Array.from({ length: 3 }, (_, index) => (
            <li key={index} className="rounded-lg border border-line bg-surface p-5">
              <Skeleton className="h-5 w-40" />
              <SkeletonText lines={4} className="mt-5" />
            </li>
          ))}
    </ul>
  )
}

function AddSender() {
  const { t } = useTranslation('senders')
  const can = useCan()
  if (!can('senders.manage')) return null
  return (
    <Button tone="primary" asChild>
      <Link to="/senders/new">
        <Plus aria-hidden />
        {t('list.add')}
      </Link>
    </Button>
  )
}
