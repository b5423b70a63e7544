import type { Schedule } from '@siar/contract'
import { instantOf } from '@siar/domain'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { recurrenceOf } from './wizard/recurrence/recurrence-of.ts'
import { recurrenceText } from './wizard/recurrence/sentence.ts'
import { clockText, zoneShort } from './wizard/start/zones.ts'

/** Writes when a campaign starts: at once, the wall clock of its zone or of each person, or how it comes again. */
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
    if (startAtMs === null) return '–'
    const firstAt = format.dateTimeIn(startAtMs, schedule.timeZone)
    if (schedule.kind === 'at') return firstAt
    const recurrence = recurrenceOf(schedule.rule, schedule)
    if (!recurrence) return t('repeat.other', { time: firstAt, rule: schedule.rule })
    const zone = zoneShort(schedule.timeZone, format.locale)
    return recurrenceText(recurrence, `${clockText(schedule.at, format.locale)} (${zone})`, { t, format })
  }
}
