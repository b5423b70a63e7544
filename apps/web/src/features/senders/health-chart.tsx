import type { Sender } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { usePreferences } from '#i18n/preferences.ts'
import { ChartCard } from '#ui/chart-card.tsx'
import { SeriesChart } from '#ui/charts.tsx'
import { statusStyle } from '#ui/status.ts'
import { fillDays, outcomeParts, splitDay } from './health-days.ts'

type Day = Sender['health']['days'][number]

const daysShown = 14

/** What became of this number's messages over 14 days. */
export function HealthChart({ days: known }: { days: readonly Day[] }) {
  const { t } = useTranslation(['senders', 'ui'])
  const format = useFormat()
  const { timeZone } = usePreferences()
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(Date.now())
  const days = fillDays(known, today, daysShown)
  const used = days.some((day) => day.accepted + day.refused + day.unknown > 0)
  const name = (day: Day) => format.dayMonth(day.day)
  return (
    <ChartCard
      title={t('senders:chart.title')}
      text={t('senders:chart.text')}
      empty={t('senders:chart.empty')}
      table={{
        head: [
          t('senders:chart.day'),
          t('ui:status.sent'),
          t('ui:status.delivered'),
          t('ui:status.read'),
          t('ui:status.failed'),
          t('senders:chart.replies'),
          t('senders:chart.optOuts'),
          t('senders:chart.blocks'),
        ],
        rows: used
          ? days.map((day) => [
              name(day),
              ...[
                day.accepted,
                day.delivered,
                day.read,
                day.refused,
                day.replies,
                day.optOuts,
                day.blocks,
              ].map(format.number),
            ])
          : [],
      }}
    >
      <SeriesChart
        kind="stacked"
        category="day"
        data={days.map((day) => ({ day: name(day), ...splitDay(day) }))}
        series={outcomeParts.map((key) => ({
          key,
          label: t(`ui:status.${key}`),
          color: statusStyle[key].variable,
        }))}
      />
    </ChartCard>
  )
}
