import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { ChartCard } from '#ui/chart-card.tsx'
import { SeriesChart } from '#ui/charts.tsx'
import { statusStyle } from '#ui/status.ts'
import { soFar } from './so-far.ts'
import type { Report } from './use-report.ts'

const parts = ['sent', 'delivered', 'read'] as const
const dayMs = 86_400_000
const minutesShortMs = 15 * 60_000

/** How many messages had gone out, arrived and been read at each time, from the start to the last event. */
export function ReadChart({ timeline }: { timeline: Report['timeline'] | undefined }) {
  const { t } = useTranslation(['campaigns', 'ui'])
  const format = useFormat()
  const first = timeline?.[0]
  const last = timeline?.at(-1)
  const spanMs = first && last ? Date.parse(last.at) - Date.parse(first.at) : 0
  const name = (at: string) => {
    if (spanMs > dayMs) return `${format.dayMonth(at.slice(0, 10))} ${format.time(at)}`
    return spanMs < minutesShortMs ? format.timeWithSeconds(at) : format.time(at)
  }
  const steps = timeline && soFar(timeline)
  return (
    <ChartCard
      title={t('campaigns:chart.title')}
      text={t('campaigns:chart.text', { zone: format.timeZone })}
      empty={t('campaigns:chart.empty')}
      table={
        steps && {
          head: [t('campaigns:chart.time'), ...parts.map((part) => t(`ui:status.${part}`))],
          rows: steps.map((step) => [name(step.at), ...parts.map((part) => format.number(step[part]))]),
        }
      }
    >
      <SeriesChart
        kind="line"
        category="at"
        data={(steps ?? []).map((step) => ({
          at: name(step.at),
          sent: step.sent,
          delivered: step.delivered,
          read: step.read,
        }))}
        series={parts.map((key) => ({
          key,
          label: t(`ui:status.${key}`),
          color: statusStyle[key].variable,
        }))}
      />
    </ChartCard>
  )
}
