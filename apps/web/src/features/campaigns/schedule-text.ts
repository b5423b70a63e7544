import type { Schedule } from '@siar/contract'
import { instantOf } from '@siar/domain'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'

/** Writes when a campaign starts: at once, the wall clock of its zone, or that of each person. */
export function useScheduleText(): (schedule: Schedule) => string {
  const { t } = useTranslation('campaigns')
  const format = useFormat()
  return (schedule) => {
    if (schedule.kind === 'now') return t('facts.now')
    if (schedule.kind === 'recipient_local') {
      const localMs = instantOf(schedule.at, format.timeZone)
      return localMs === null ? '–' : t('facts.localTime', { time: format.dateTime(localMs) })
    }
    const startAtMs = instantOf(schedule.at, schedule.timeZone)
    return startAtMs === null ? '–' : format.dateTimeIn(startAtMs, schedule.timeZone)
  }
}
