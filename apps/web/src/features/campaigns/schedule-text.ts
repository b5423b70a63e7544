import type { Schedule } from '@siar/contract'
import { instantOf } from '@siar/domain'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'

/** Writes when a campaign starts: at once, or the wall clock of its zone. */
export function useScheduleText(): (schedule: Schedule) => string {
  const { t } = useTranslation('campaigns')
  const format = useFormat()
  return (schedule) => {
    if (schedule.kind === 'now') return t('facts.now')
    const startAtMs = instantOf(schedule.at, schedule.timeZone)
    if (startAtMs === null) return '–'
    return format.dateTimeIn(startAtMs, schedule.timeZone)
  }
}
