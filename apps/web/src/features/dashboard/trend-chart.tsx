import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { ChartCard } from '#ui/chart-card.tsx'
import { SeriesChart } from '#ui/charts.tsx'
import { statusStyle } from '#ui/status.ts'
import type { DashboardData } from './dashboard-data.ts'
import { splitDay } from './split-day.ts'

const figures = ['sent', 'delivered', 'read', 'replied', 'failed'] as const
/** From the bottom up: the best outcome stands on the axis. */
const parts = ['replied', 'read', 'delivered', 'sent', 'failed'] as const

/** What became of the messages of the last 14 days. */
export function TrendChart({ days }: { days: DashboardData['days'] | undefined }) {
  const { t } = useTranslation(['dashboard', 'ui'])
  const format = useFormat()
  const used = days?.some((day) => day.sent + day.failed > 0) ?? false
  return (
    <ChartCard
      title={t('dashboard:trend.title')}
      text={t('dashboard:trend.text')}
      empty={t('dashboard:trend.empty')}
      heightPx={260}
      table={
        days && {
          head: [t('dashboard:trend.day'), ...figures.map((figure) => t(`ui:status.${figure}`))],
          rows: used
            ? days.map((day) => [
                format.dayMonth(day.day),
                ...figures.map((figure) => format.number(day[figure])),
              ])
            : [],
        }
      }
    >
      <SeriesChart
        kind="stacked"
        category="day"
        data={(days ?? []).map((day) => ({ day: format.dayMonth(day.day), ...splitDay(day) }))}
        series={parts.map((key) => ({
          key,
          label: t(`ui:status.${key}`),
          color: statusStyle[key].variable,
        }))}
      />
    </ChartCard>
  )
}
