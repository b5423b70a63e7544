import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Stat, StatRow } from '#ui/stat.tsx'
import type { DashboardData } from './dashboard-data.ts'

/** Today's messages, and whom the workspace may write to. */
export function TodayFigures({ data }: { data: DashboardData | undefined }) {
  const { t } = useTranslation(['dashboard', 'ui'])
  const format = useFormat()
  const today = data?.today
  const shareOf = (part: number, whole: number, of: 'sent' | 'delivered') =>
    whole > 0 ? t(`dashboard:today.of.${of}`, { share: format.percent(part / whole, 0) }) : undefined
  return (
    <section aria-labelledby="today">
      <h2 id="today" className="mb-3 text-sm font-semibold">
        {t('dashboard:today.title')}
      </h2>
      <StatRow columns={6}>
        <Stat label={t('ui:status.sent')} value={today?.sent} />
        <Stat
          label={t('ui:status.delivered')}
          value={today?.delivered}
          hint={today && shareOf(today.delivered, today.sent, 'sent')}
        />
        <Stat
          label={t('ui:status.read')}
          value={today?.read}
          hint={today && shareOf(today.read, today.delivered, 'delivered')}
        />
        <Stat label={t('ui:status.replied')} value={today?.replied} />
        <Stat label={t('ui:status.failed')} value={today?.failed} />
        <Stat label={t('dashboard:today.optOuts')} value={today?.optOuts} />
      </StatRow>
      {data && data.contacts > 0 && (
        <p className="mt-2.5 text-xs text-subtle">
          {t('dashboard:today.consented', {
            count: data.consented,
            contacts: format.number(data.contacts),
          })}
        </p>
      )}
    </section>
  )
}
