import type { Forecast } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Card } from '#ui/card.tsx'

/** What is left of the plan's messages, and what this campaign takes; nothing without a limit. */
export function ForecastQuota({ forecast: { quota } }: { forecast: Forecast }) {
  const { t } = useTranslation('wizard')
  const format = useFormat()
  if (!quota) return null
  const { limit, used, needed } = quota
  const isOver = used + needed > limit
  const width = (count: number) => ({ width: `${limit === 0 ? 0 : Math.min(100, (count / limit) * 100)}%` })
  return (
    <Card title={t('review.quota')} text={t('review.quotaText', { day: format.date(quota.renewsAt) })}>
      <div className="flex h-2.5 gap-px overflow-hidden rounded-full bg-sunken" aria-hidden>
        <span className="bg-queued-fill" style={width(used)} />
        <span className={isOver ? 'bg-failed-fill' : 'bg-accent'} style={width(needed)} />
      </div>
      <dl className="mt-4 grid grid-cols-3 gap-4 text-sm">
        <Part label={t('review.quotaUsed')} value={format.number(used)} />
        <Part label={t('review.quotaNeeded')} value={format.number(needed)} />
        <Part label={t('review.quotaLeft')} value={format.number(Math.max(0, limit - used - needed))} />
      </dl>
      <p className={`mt-3 text-xs ${isOver ? 'font-medium text-danger-ink' : 'text-subtle'}`}>
        {isOver
          ? t('review.quotaOver', { count: used + needed - limit })
          : t('review.quotaLimit', { count: limit })}
      </p>
    </Card>
  )
}

function Part({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex min-w-0 flex-col">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="font-semibold tabular-nums">{value}</dd>
    </div>
  )
}
