import { senderOperations } from '@siar/contract'
import type { ResponseOf, Sender } from '@siar/contract'
import { senderStatuses } from '@siar/domain'
import type { SenderStatus } from '@siar/domain'
import { History } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { Card } from '#ui/card.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { SkeletonText } from '#ui/skeleton.tsx'
import { SenderBadge } from '#ui/state-badge.tsx'
import { Button } from '#ui/button.tsx'
import { DateTime } from '#ui/time.tsx'
import { useUrlState } from '#ui/url-state.ts'
import { useSenderReason } from './sender-reason.ts'

type SenderEvent = ResponseOf<typeof senderOperations.listEvents>['data'][number]

/** What happened to this sender, newest first. */
export function SenderEvents({ sender }: { sender: Sender }) {
  const { t } = useTranslation('senders')
  const events = useOperation(senderOperations.listEvents, { params: { senderId: sender.id } })
  const [state, setState] = useUrlState({ only: '' })
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
  const onlyErrors = state.only === 'errors'
  const shown = events.data.data.filter(({ kind }) => !onlyErrors || kind === 'console_error')
  return (
    <div className="flex flex-col gap-3">
      {sender.channel === 'web_browser' && (
        <div>
          <Button
            size="sm"
            aria-pressed={onlyErrors}
            onClick={() => setState({ only: onlyErrors ? '' : 'errors' })}
          >
            {onlyErrors ? t('events.showAll') : t('events.showErrors')}
          </Button>
        </div>
      )}
      <Card padding="none">
        {shown.length === 0 ? (
          <EmptyState icon={History} title={t('events.noErrorsTitle')} text={t('events.noErrorsText')} />
        ) : (
          <ol className="divide-y divide-line" aria-label={t('tabs.events')}>
            {shown.map((event) => (
              <EventLine key={event.id} event={event} />
            ))}
          </ol>
        )}
      </Card>
    </div>
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
  'trouble',
  'new_chats_locked',
  'new_chats_free',
  'quality_green',
  'quality_yellow',
  'quality_red',
  'console_error',
  'disconnected',
  'pairing_code_failed',
  'pairing_code_refused',
  'message_unreadable',
  'unreadable_message',
  'profile_not_archived',
  'service_error',
  'ambiguous_echo',
] as const

function isOwnKind(kind: string): kind is (typeof ownKinds)[number] {
  return ownKinds.some((own) => own === kind)
}

function EventLine({ event }: { event: SenderEvent }) {
  const { t } = useTranslation('senders')
  const reasonText = useSenderReason()
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-3">
      <span className="w-40 max-sm:w-auto">
        {isStatus(event.kind) ? (
          <SenderBadge status={event.kind} />
        ) : (
          <span className="font-medium">
            {isOwnKind(event.kind) ? t(`events.${event.kind}`) : event.kind}
          </span>
        )}
      </span>
      <span className="min-w-0 flex-1 text-muted max-sm:order-3 max-sm:basis-full">
        {event.kind === 'new_chats_locked' ? (
          <DateTime at={event.detail} />
        ) : (
          <span className="break-words">{reasonText(event.detail)}</span>
        )}
      </span>
      <span className="text-xs text-subtle max-sm:ml-auto">
        <DateTime at={event.at} />
      </span>
    </li>
  )
}
