import type { Forecast, Schedule } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import { Card } from '#ui/card.tsx'
import { useScheduleText } from '../../schedule-text.ts'
import { StartTimes } from '../start/start-times.tsx'

export type ForecastStartsProps = { schedule: Schedule; forecast: Forecast }

/** The next starts of a campaign that comes again; nothing for others. */
export function ForecastStarts({ schedule, forecast }: ForecastStartsProps) {
  const { t } = useTranslation('wizard')
  const text = useScheduleText()
  if (schedule.kind !== 'recurring' || forecast.nextStarts.length === 0) return null
  return (
    <Card title={t('review.nextStarts')} text={text(schedule)}>
      <StartTimes starts={forecast.nextStarts} />
      <p className="mt-3 text-xs text-subtle">{t('review.nextStartsText')}</p>
    </Card>
  )
}
