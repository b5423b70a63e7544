import type { Forecast } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Card } from '#ui/card.tsx'
import { Stat, StatRow } from '#ui/stat.tsx'
import { useReasonText } from '../../reason-text.ts'

/** How many get it, how many do not and why, when it starts and ends. */
export function ForecastPeople({ forecast }: { forecast: Forecast }) {
  const { t } = useTranslation('wizard')
  const format = useFormat()
  const { recipients, audience, startAt, endAt } = forecast
  const left = forecast.skipped.reduce((sum, { count }) => sum + count, 0)
  return (
    <>
      <StatRow columns={4}>
        <Stat
          label={t('review.recipients')}
          value={recipients}
          hint={t('review.ofAudience', { count: audience })}
        />
        <Stat label={t('review.skipped')} value={left} hint={t('review.skippedHint')} />
        <Stat label={t('review.starts')} value={format.time(startAt)} hint={format.date(startAt)} />
        <Stat
          label={t('review.ends')}
          value={endAt ? format.time(endAt) : '–'}
          hint={endAt ? format.date(endAt) : t('review.endUnknown')}
        />
      </StatRow>
      <Card title={t('review.who')} text={t('review.whoText')}>
        <div
          role="img"
          aria-label={t('review.share', {
            count: recipients,
            left: format.number(left),
          })}
          className="flex h-2.5 gap-px overflow-hidden rounded-full bg-sunken"
        >
          <span className="bg-accent" style={{ flexGrow: recipients }} />
          <span className="bg-skipped-fill" style={{ flexGrow: left }} />
        </div>
        <dl className="mt-4 divide-y divide-line">
          <Line label={t('review.getIt')} count={recipients} strong />
          {forecast.skipped.map((part) => (
            <SkipLine key={part.reason} {...part} />
          ))}
        </dl>
      </Card>
    </>
  )
}

function SkipLine({ reason, count }: { reason: string; count: number }) {
  const text = useReasonText()
  return <Line label={text(reason)} count={count} />
}

function Line({ label, count, strong }: { label: string; count: number; strong?: boolean }) {
  const format = useFormat()
  return (
    <div className="flex justify-between gap-6 py-2.5 first:pt-0 last:pb-0">
      <dt className={strong ? 'font-medium' : 'text-muted'}>{label}</dt>
      <dd className="font-semibold tabular-nums">{format.number(count)}</dd>
    </div>
  )
}
