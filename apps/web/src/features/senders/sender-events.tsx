import { senderOperations } from '@siar/contract'
import type { ResponseOf } from '@siar/contract'
import { senderStatuses } from '@siar/domain'
import type { SenderStatus } from '@siar/domain'
import { History } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { useReasonText } from '#features/campaigns/reason-text.ts'
import { Card } from '#ui/card.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { SkeletonText } from '#ui/skeleton.tsx'
import { SenderBadge } from '#ui/state-badge.tsx'
import { DateTime } from '#ui/time.tsx'

type SenderEvent = ResponseOf<typeof senderOperations.listEvents>['data'][number]

/** What happened to this sender, newest first. */
export function SenderEvents({ senderId }: { senderId: string }) {
  const { t } = useTranslation('senders')
  const events = useOperation(senderOperations.listEvents, { params: { senderId } })
  if (events.error) {
    return (
      <Card>
        <ProblemState error={events.error} onRetry={() => void events.refetch()} />
      </Card>
    )
  }
  if (!events.data) {
    return (
      <Card>
        <SkeletonText lines={6} />
      </Card>
    )
  }
  if (events.data.data.length === 0) {
    return (
      <Card>
        <EmptyState icon={History} title={t('events.emptyTitle')} text={t('events.emptyText')} />
      </Card>
    )
  }
  return (
    <Card padding="none">
      <ol className="divide-y divide-line" aria-label={t('tabs.events')}>
        {events.data.data.map((event) => (
          <EventLine key={event.id} event={event} />
        ))}
      </ol>
    </Card>
  )
}

function isStatus(kind: string): kind is SenderStatus {
  return senderStatuses.some((status) => status === kind)
}

const ownKinds = [
  'created',
  'guardian_halted',
  'guardian_released',
  'egress_proxy',
  'egress_waits',
  'egress_direct',
] as const

function isOwnKind(kind: string): kind is (typeof ownKinds)[number] {
  return ownKinds.some((own) => own === kind)
}

function EventLine({ event }: { event: SenderEvent }) {
  const { t } = useTranslation('senders')
  const reasonText = useReasonText()
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-3">
      <span className="w-32 max-sm:w-auto">
        {isStatus(event.kind) ? (
          <SenderBadge status={event.kind} />
        ) : (
          <span className="font-medium">
            {isOwnKind(event.kind) ? t(`events.${event.kind}`) : event.kind}
          </span>
        )}
      </span>
      <span className="min-w-0 flex-1 text-muted max-sm:order-3 max-sm:basis-full">
        {reasonText(event.detail)}
      </span>
      <span className="text-xs text-subtle max-sm:ml-auto">
        <DateTime at={event.at} />
      </span>
    </li>
  )
}
