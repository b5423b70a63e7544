import type { Forecast } from '@siar/contract'
import { senderStatuses } from '@siar/domain'
import type { SenderStatus } from '@siar/domain'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Card } from '#ui/card.tsx'
import { SenderBadge } from '#ui/state-badge.tsx'

type ForecastSender = Forecast['senders'][number]

/** Which numbers would send, how many each, and until when. */
export function ForecastSenders({ forecast }: { forecast: Forecast }) {
  const { t } = useTranslation('wizard')
  if (forecast.senders.length === 0) return null
  return (
    <Card title={t('review.senders')} text={t('review.sendersText')}>
      <ul className="divide-y divide-line">
        {forecast.senders.map((sender) => (
          <SenderLine key={sender.senderId} sender={sender} />
        ))}
      </ul>
    </Card>
  )
}

function isStatus(status: string): status is SenderStatus {
  return senderStatuses.some((known) => known === status)
}

function SenderLine({ sender }: { sender: ForecastSender }) {
  const { t } = useTranslation('wizard')
  const format = useFormat()
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5 first:pt-0 last:pb-0">
      <span className="min-w-0 flex-1 truncate font-medium">{sender.name}</span>
      {isStatus(sender.status) && <SenderBadge status={sender.status} />}
      <span className="text-muted tabular-nums max-sm:basis-full sm:w-64 sm:text-right sm:whitespace-nowrap">
        {t('review.people', { count: sender.recipients })}
        {sender.endAt && ` · ${t('review.until', { time: format.dateTime(sender.endAt) })}`}
      </span>
    </li>
  )
}
