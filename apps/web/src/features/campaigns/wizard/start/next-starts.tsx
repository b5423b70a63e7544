import type { Forecast, Schedule } from '@siar/contract'
import { CalendarSync } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useScheduleText } from '../../schedule-text.ts'
import { StartTimes } from './start-times.tsx'

export type NextStartsProps = {
  schedule: Schedule
  /** From the forecast; undefined while it is on its way. */
  starts: Forecast['nextStarts'] | undefined
}

/** The plan as a sentence, and when it starts next. */
export function NextStarts({ schedule, starts }: NextStartsProps) {
  const { t } = useTranslation('wizard')
  const text = useScheduleText()
  return (
    <div className="rounded-lg bg-sunken px-4 py-3.5">
      <p className="flex items-start gap-2.5 font-semibold wrap-anywhere" aria-live="polite">
        <CalendarSync className="mt-0.5 size-4 shrink-0 text-accent-ink" aria-hidden />
        {text(schedule)}
      </p>
      {starts && starts.length > 0 && (
        <div className="mt-3 pl-6.5">
          <p className="mb-1.5 text-xs text-subtle">{t('repeat.next')}</p>
          <StartTimes starts={starts} />
        </div>
      )}
    </div>
  )
}
